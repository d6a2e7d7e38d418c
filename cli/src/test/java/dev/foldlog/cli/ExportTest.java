package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.client.FakeServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportTest {
    @TempDir
    private Path folder = Path.of("");

    private final FakeServer server;

    ExportTest() throws IOException {
        server = FakeServer.start();
    }

    @BeforeEach
    void append_nine_events() {
        String lines = IntStream.rangeClosed(1, 9)
                .mapToObj(n -> "{\"event_id\":\"id-" + n
                        + "\",\"action\":\"a\",\"producer\":\"p\",\"artifact_id\":\"x\","
                        + "\"artifact_type\":\"t\",\"timestamp\":\"2026-01-01T00:00:0" + n + "Z\",\"tags\":[\"k:" + n
                        + "\"],\"payload\":{\"n\": " + n + ".0}}\n")
                .collect(Collectors.joining());
        assertThat(run().input(lines).run("append")).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_log_goes_to_a_file() throws IOException {
        CommandRun run = run();
        assertThat(run.run("export", "log.jsonl")).isZero();
        assertThat(Files.readAllLines(folder.resolve("log.jsonl"))).hasSize(9);
        assertThat(run.err()).contains("exported: 9 events as of position 9");
        assertThat(run.out()).isEmpty();
        assertThat(files()).containsExactly("log.jsonl");
    }

    @Test
    void a_file_with_gz_is_compressed() throws IOException {
        assertThat(run().run("export", "log.jsonl.gz")).isZero();
        byte[] bytes = Files.readAllBytes(folder.resolve("log.jsonl.gz"));
        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(9);
    }

    @Test
    void what_was_exported_can_be_imported_into_another_store_and_gives_equal_lines() throws IOException {
        CommandRun first = run();
        assertThat(first.run("export")).isZero();
        try (FakeServer other = FakeServer.start()) {
            CommandRun importing = CommandRun.in(folder).server(other.address()).input(first.out());
            assertThat(importing.run("import", "-")).isZero();
            CommandRun second = CommandRun.in(folder).server(other.address());
            assertThat(second.run("export", "-")).isZero();
            assertThat(second.out()).isEqualTo(first.out());
        }
    }

    @Test
    void a_read_that_breaks_goes_on_behind_what_was_written() throws IOException {
        server.cutReadsAfter(1, 2, 0);
        CommandRun run = run();
        assertThat(run.run("export", "log.jsonl")).isZero();
        assertThat(Files.readAllLines(folder.resolve("log.jsonl")).stream()
                        .map(line -> line.replaceAll("^\\{\"position\":(\\d+),.*", "$1")))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(run.err()).contains("the server stops [NOT_READY]; trying again in");
    }

    @Test
    void a_failed_export_leaves_the_old_file_and_nothing_else() throws IOException {
        Files.writeString(folder.resolve("log.jsonl"), "old");
        server.cutReadsAfter(1, 0);
        assertThat(run().run("export", "log.jsonl", "--retry-for", "0s")).isEqualTo(5);
        assertThat(Files.readString(folder.resolve("log.jsonl"))).isEqualTo("old");
        assertThat(files()).containsExactly("log.jsonl");
    }

    @Test
    void a_snapshot_ends_where_it_was_told_to() {
        CommandRun run = run();
        assertThat(run.run("export", "--after", "2", "--as-of", "5")).isZero();
        assertThat(run.outLines()).hasSize(3);
    }

    @Test
    void a_reader_that_went_away_is_no_failure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run().writingTo(closed).run("export")).isZero();
    }

    @Test
    void a_device_is_written_to_and_stays_a_device() {
        CommandRun full = run();
        assertThat(full.run("export", "/dev/full")).isEqualTo(1);
        assertThat(full.err()).contains("/dev/full: cannot be written: No space left on device");
        assertThat(run().run("export", "/dev/null")).isZero();
        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void a_link_is_followed() throws IOException {
        Files.writeString(folder.resolve("real.jsonl"), "old");
        Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("real.jsonl"));
        assertThat(run().run("export", "link.jsonl")).isZero();
        assertThat(folder.resolve("link.jsonl")).isSymbolicLink();
        assertThat(Files.readAllLines(folder.resolve("real.jsonl"))).hasSize(9);
    }

    @Test
    void an_unwritable_place_is_told() {
        CommandRun run = run();
        assertThat(run.run("export", "nowhere/log.jsonl")).isEqualTo(1);
        assertThat(run.err()).isEqualTo("foldlog: nowhere/log.jsonl: cannot be written: its folder does not exist\n");
        CommandRun empty = run();
        assertThat(empty.run("export", "")).isEqualTo(2);
        assertThat(empty.err()).contains("FILE: empty (expected: a file, or - for standard output)");
    }

    @Test
    void a_file_in_the_place_of_the_folder_is_told() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        CommandRun run = run();
        assertThat(run.run("export", "file/log.jsonl")).isEqualTo(1);
        assertThat(run.err()).isEqualTo("foldlog: file/log.jsonl: cannot be written: Not a directory\n");
    }

    @Test
    void an_export_never_goes_on_in_another_store() throws IOException {
        server.cutReadsAfter(2);
        server.exchangeStoreAtNextCut("restored");
        CommandRun run = run();
        assertThat(run.run("export", "log.jsonl")).isEqualTo(1);
        assertThat(run.err()).contains("store_id: restored (expected: fake, as before the connection broke");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_signal_leaves_the_old_file_and_nothing_else() throws IOException {
        Files.writeString(folder.resolve("log.jsonl"), "old");
        server.cutReadsAfter(1);
        CommandRun run = run();
        run.stopAtPause();
        assertThat(run.run("export", "log.jsonl")).isEqualTo(1);
        assertThat(run.err()).contains("foldlog: interrupted; log.jsonl is as it was before");
        assertThat(Files.readString(folder.resolve("log.jsonl"))).isEqualTo("old");
        assertThat(files()).containsExactly("log.jsonl");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private CommandRun run() {
        return CommandRun.in(folder).server(server.address());
    }
}
