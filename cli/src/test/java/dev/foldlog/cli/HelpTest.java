package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_help_lists_every_command_and_exit_code() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("--help")).isZero();
        assertThat(run.out())
                .contains(
                        "serve", "append", "read", "tail", "import", "export", "status", "verify", "config", "project",
                        "help")
                .contains("Exit codes:")
                .containsPattern("6 +verify found damage\\.")
                .containsPattern("128\\+N +Signal N ended it before it was done: 130 Ctrl-C")
                .contains("--config=FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"serve", "append", "read", "tail", "import", "export", "status", "verify", "config", "project"})
    void each_command_teaches_by_example_and_fits_the_width(String command) {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run(command, "--help")).isZero();
        assertThat(run.out()).startsWith("Usage: foldlog " + command).contains("Exit codes:");
        assertThat(run.outLines()).allMatch(line -> line.length() <= 104).noneMatch(line -> line.contains("@|"));
        assertThat(run.out().split("foldlog " + command, -1)).hasSizeGreaterThan(command.equals("config") ? 1 : 2);
        CommandRun same = CommandRun.in(folder);
        assertThat(same.run("help", command)).isZero();
        assertThat(same.out()).isEqualTo(run.out());
    }

    @Test
    void the_version_is_the_builds() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("--version")).isZero();
        assertThat(run.outLines().getFirst()).matches("foldlog \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void no_command_shows_the_help_and_is_a_wrong_command_line() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run()).isEqualTo(2);
        assertThat(run.err()).startsWith("Usage: foldlog");
    }

    @Test
    void arguments_that_the_locale_has_spoilt_are_refused() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("read", "answer-\uFFFD")).isEqualTo(2);
        assertThat(run.err()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void an_argument_with_an_at_sign_is_what_it_says() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("read", "@pom.xml", "--server", "127.0.0.1:1")).isEqualTo(5);
    }

    @Test
    void an_unknown_command_or_option_is_told() {
        CommandRun command = CommandRun.in(folder);
        assertThat(command.run("reed")).isEqualTo(2);
        assertThat(command.err())
                .contains("foldlog: reed: unknown command (expected: one of serve, append, read, tail, import,")
                .contains("try 'foldlog --help'");
        CommandRun rootOption = CommandRun.in(folder);
        assertThat(rootOption.run("--al")).isEqualTo(2);
        assertThat(rootOption.err()).contains("Unknown option: '--al'");
        CommandRun option = CommandRun.in(folder);
        assertThat(option.run("read", "--al")).isEqualTo(2);
        assertThat(option.err()).contains("--al").contains("try 'foldlog read --help'");
        assertThat(CommandRun.in(folder).run("read")).isEqualTo(2);
        assertThat(CommandRun.in(folder).run("read", "a", "--all")).isEqualTo(2);
    }

    @Test
    void an_empty_partition_is_not_the_whole_log() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("read", "", "--server", "127.0.0.1:1")).isEqualTo(2);
        assertThat(run.err()).contains("PARTITION: missing (expected: a partition's key");
    }
}
