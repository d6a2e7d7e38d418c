package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void without_anything_every_value_is_a_default() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config")).isZero();
        assertThat(run.outLines())
                .hasSize(Settings.NAMES.size() + 1)
                .first()
                .asString()
                .matches("SETTING +VALUE +ORIGIN");
        assertThat(run.outLines().stream().skip(1)).allMatch(line -> line.endsWith("  default"));
        assertThat(row(run, "listen")).isEqualTo("listen 127.0.0.1:7070 default");
        assertThat(row(run, "durability")).isEqualTo("durability disk default");
        assertThat(row(run, "log-level")).isEqualTo("log-level info default");
        assertThat(row(run, "server")).isEqualTo("server 127.0.0.1:7070 default");
    }

    @Test
    void a_flag_stands_over_the_environment_over_the_file_over_the_default() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), """
                listen = 127.0.0.1:1
                data = from-file
                readers = 2
                """);
        CommandRun run = CommandRun.in(folder)
                .environment("FOLDLOG_LISTEN", "127.0.0.1:2")
                .environment("FOLDLOG_DATA", "from-environment");
        assertThat(run.run("config", "--listen", "127.0.0.1:3")).isZero();
        assertThat(row(run, "listen")).isEqualTo("listen 127.0.0.1:3 flag");
        assertThat(row(run, "data")).isEqualTo("data from-environment environment FOLDLOG_DATA");
        assertThat(row(run, "readers")).isEqualTo("readers 2 file foldlog.properties");
        assertThat(row(run, "queue-bytes")).isEqualTo("queue-bytes 64MiB default");
    }

    @Test
    void a_file_that_is_named_is_read_instead() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "readers = 2");
        Files.writeString(folder.resolve("other.properties"), "readers = 3");
        Files.writeString(folder.resolve("third.properties"), "readers = 5");
        CommandRun variable = CommandRun.in(folder).environment("FOLDLOG_CONFIG", "other.properties");
        assertThat(variable.run("config")).isZero();
        assertThat(row(variable, "readers")).isEqualTo("readers 3 file other.properties");
        CommandRun flag = CommandRun.in(folder).environment("FOLDLOG_CONFIG", "other.properties");
        assertThat(flag.run("config", "--config", "third.properties")).isZero();
        assertThat(row(flag, "readers")).isEqualTo("readers 5 file third.properties");
    }

    @Test
    void a_file_that_is_named_must_be_there() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config", "--config=none.properties")).isEqualTo(2);
        assertThat(run.err()).contains("none.properties: no readable configuration file");
    }

    @Test
    void an_unknown_key_is_an_error_that_names_it() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "reader = 2");
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("status")).isEqualTo(2);
        assertThat(run.err()).contains("foldlog.properties: reader: unknown key (expected: one of listen, store, data");
    }

    @Test
    void a_wrong_value_is_told_with_its_origin() {
        CommandRun run = CommandRun.in(folder).environment("FOLDLOG_DURABILITY", "paper");
        assertThat(run.run("config")).isEqualTo(2);
        assertThat(run.err()).contains("paper").contains("(environment FOLDLOG_DURABILITY)");
        CommandRun range = CommandRun.in(folder);
        assertThat(range.run("config", "--readers", "0")).isEqualTo(2);
        assertThat(range.err()).contains("--readers: 0 (expected: >= 1)");
    }

    @Test
    void the_store_is_a_setting_and_what_it_does_not_use_says_so() {
        CommandRun run = CommandRun.in(folder)
                .environment("FOLDLOG_STORE", "memory")
                .environment("FOLDLOG_DATA", "from-environment");
        assertThat(run.run("config", "--readers", "2")).isZero();
        assertThat(row(run, "store")).isEqualTo("store memory environment FOLDLOG_STORE");
        assertThat(row(run, "data")).isEqualTo("data - not used by this store");
        assertThat(row(run, "durability")).isEqualTo("durability - not used by this store");
        assertThat(row(run, "queue-appends")).isEqualTo("queue-appends - not used by this store");
        assertThat(row(run, "readers")).isEqualTo("readers 2 flag");
        CommandRun flag = CommandRun.in(folder).environment("FOLDLOG_STORE", "memory");
        assertThat(flag.run("config", "--store", "sqlite", "--data", "here")).isZero();
        assertThat(row(flag, "store")).isEqualTo("store sqlite flag");
        assertThat(row(flag, "data")).isEqualTo("data here flag");
    }

    @Test
    void the_store_is_a_key_of_the_file_too() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "store = memory");
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config")).isZero();
        assertThat(row(run, "store")).isEqualTo("store memory file foldlog.properties");
    }

    @ParameterizedTest
    @CsvSource({"--data,here", "--durability,disk", "--queue-appends,1", "--queue-bytes,1MiB"})
    void what_memory_does_not_use_is_refused_on_the_command_line(String option, String value) {
        for (String command : List.of("config", "serve")) {
            CommandRun run = CommandRun.in(folder);
            assertThat(run.run(command, "--store", "memory", option, value)).isEqualTo(2);
            assertThat(run.err()).contains(option + ": given (expected: not with the store memory");
        }
    }

    @Test
    void an_unknown_store_is_told() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config", "--store", "paper")).isEqualTo(2);
        assertThat(run.err()).contains("paper").contains("sqlite").contains("memory");
    }

    @Test
    void switches_are_configured_too() {
        CommandRun run = CommandRun.in(folder).environment("FOLDLOG_ALLOW_PLAINTEXT", "true");
        assertThat(run.run("config")).isZero();
        assertThat(row(run, "allow-plaintext")).isEqualTo("allow-plaintext true environment FOLDLOG_ALLOW_PLAINTEXT");
        CommandRun flag = CommandRun.in(folder);
        assertThat(flag.run("config", "--allow-plaintext")).isZero();
        assertThat(row(flag, "allow-plaintext")).isEqualTo("allow-plaintext true flag");
    }

    @Test
    void the_server_of_client_commands_is_configured() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "server = 127.0.0.1:1");
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("status")).isEqualTo(5);
        assertThat(run.err()).contains("no server at 127.0.0.1:1 (connection refused)");
    }

    @Test
    void json_is_one_object_a_line() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config", "-o", "json")).isZero();
        assertThat(run.outLines())
                .hasSize(Settings.NAMES.size())
                .contains("{\"name\":\"max-payload-bytes\",\"value\":\"1MiB\",\"origin\":\"default\"}");
    }

    @Test
    void an_empty_data_folder_is_not_the_working_directory() throws IOException {
        for (String command : List.of("serve", "verify", "config")) {
            // Should it be taken after all, this keeps the server from serving.
            CommandRun flag = CommandRun.in(folder).environment("FOLDLOG_LISTEN", "0.0.0.0:0");
            assertThat(flag.run(command, "--data", "")).isEqualTo(2);
            assertThat(flag.err()).contains("'--data'").contains("empty (expected: a folder)");
        }
        Files.writeString(folder.resolve("foldlog.properties"), "data =");
        CommandRun file = CommandRun.in(folder).environment("FOLDLOG_LISTEN", "0.0.0.0:0");
        assertThat(file.run("serve")).isEqualTo(2);
        assertThat(file.err()).contains("empty (expected: a folder)");
        assertThat(folder.resolve("foldlog.db")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--max-payload-bytes, -1",
        "--max-payload-bytes, 10GiB",
        "--max-append-bytes, 10GiB",
        "--max-append-bytes, 0",
        "--max-append-events, 0",
        "--max-batch-events, 0",
        "--max-batch-bytes, 10GiB",
        "--max-subscriptions, 0",
        "--queue-appends, 0",
        "--queue-bytes, 0",
        "--queue-bytes, 1MB",
        "--readers, 0",
        "--readers, 4.5",
        "--readers, abc",
        "--max-timestamp-ahead, 5",
        "--listen, 127.0.0.1"
    })
    void a_wrong_setting_is_told_by_its_name_and_value_in_plain_words(String option, String value) throws IOException {
        CommandRun flag = CommandRun.in(folder);
        assertThat(flag.run("config", option, value)).isEqualTo(2);
        Files.writeString(folder.resolve("foldlog.properties"), option.substring(2) + " = " + value);
        CommandRun file = CommandRun.in(folder);
        assertThat(file.run("config")).isEqualTo(2);
        assertThat(List.of(flag.err(), file.err()))
                .allMatch(text -> text.contains(option) && text.contains("(expected: "))
                .noneMatch(text -> text.contains("java.") || text.contains("Max:") || text.contains("overflow"));
    }

    @Test
    void numbers_of_client_commands_are_told_in_plain_words() {
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("read", "--all", "--limit", "abc")).isEqualTo(2);
        assertThat(run.err()).contains("'--limit'").contains("abc (expected: a whole number)");
    }

    @Test
    void a_key_that_stands_twice_is_an_error_that_names_it() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "readers = 2\ndata = x\nreaders = 2\n");
        CommandRun run = CommandRun.in(folder);
        assertThat(run.run("config")).isEqualTo(2);
        assertThat(run.err()).contains("foldlog.properties: readers: more than once (expected: each key once)");
    }

    @Test
    void a_bad_escape_or_encoding_is_told_as_what_it_is() throws IOException {
        Files.writeString(folder.resolve("foldlog.properties"), "data = C:\\users\n");
        CommandRun escape = CommandRun.in(folder);
        assertThat(escape.run("config")).isEqualTo(2);
        assertThat(escape.err()).contains("foldlog.properties: a wrong \\u escape (expected: ");
        Files.write(folder.resolve("foldlog.properties"), new byte[] {'#', (byte) 0xff});
        CommandRun encoding = CommandRun.in(folder);
        assertThat(encoding.run("config")).isEqualTo(2);
        assertThat(encoding.err()).contains("foldlog.properties: no valid UTF-8");
    }

    private static String row(CommandRun run, String name) {
        return run.outLines().stream()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> line.replaceAll(" +", " "))
                .findFirst()
                .orElse("no row of " + name);
    }
}
