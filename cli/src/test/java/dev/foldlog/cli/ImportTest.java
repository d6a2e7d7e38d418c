package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.client.FakeErrors;
import dev.foldlog.cli.client.FakeServer;
import dev.foldlog.v1.ErrorReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {
    @TempDir
    private Path folder = Path.of("");

    private FakeServer server;

    ImportTest() throws IOException {
        server = FakeServer.start();
    }

    @BeforeEach
    void nothing_is_stored() {
        assertThat(server.events()).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_file_is_imported_in_batches_of_500() throws IOException {
        write("a.jsonl", lines(1, 1_234));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isZero();
        assertThat(run.out()).startsWith("imported: 1234 read, 1234 stored, 0 already there");
        assertThat(server.events()).isEqualTo(1_234);
        assertThat(server.appends()).isEqualTo(3);
    }

    @Test
    void the_same_import_again_changes_nothing() throws IOException {
        write("a.jsonl", lines(1, 700));
        run().run("import", "a.jsonl");
        CommandRun again = run();
        assertThat(again.run("import", "a.jsonl")).isZero();
        assertThat(again.out()).startsWith("imported: 700 read, 0 stored, 700 already there");
        assertThat(server.events()).isEqualTo(700);
    }

    @Test
    void lines_without_ids_get_the_same_ids_from_a_file_its_compressed_form_and_standard_input() throws IOException {
        String text = lines(1, 900, ImportTest::withoutId);
        write("a.jsonl", text);
        Files.write(folder.resolve("b.jsonl.gz"), gzip(text));
        assertThat(run().run("import", "a.jsonl")).isZero();
        assertThat(server.events()).isEqualTo(900);
        CommandRun compressed = run();
        assertThat(compressed.run("import", "b.jsonl.gz")).isZero();
        assertThat(compressed.out()).contains("0 stored, 900 already there");
        CommandRun piped = run().input(gzip(text));
        assertThat(piped.run("import", "-")).isZero();
        assertThat(piped.out()).contains("0 stored, 900 already there");
        assertThat(server.events()).isEqualTo(900);
    }

    @Test
    void standard_input_gives_the_same_ids_when_the_first_line_without_one_comes_late() throws IOException {
        String text = lines(1, 4_000) + lines(4_001, 4_010, ImportTest::withoutId) + lines(4_011, 9_000);
        write("a.jsonl", text);
        assertThat(run().input(text).run("import", "-")).isZero();
        CommandRun file = run();
        assertThat(file.run("import", "a.jsonl")).isZero();
        assertThat(file.out()).startsWith("imported: 9000 read, 0 stored, 9000 already there");
    }

    @Test
    void two_files_with_equal_first_lines_are_two_events() throws IOException {
        write("a.jsonl", withoutId(1) + "\n");
        write("b.jsonl", withoutId(1) + "\n" + withoutId(2) + "\n");
        assertThat(run().run("import", "a.jsonl", "b.jsonl")).isZero();
        assertThat(server.events()).isEqualTo(3);
    }

    @Test
    void a_compressed_file_of_several_members_is_read_to_its_end() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(gzip(lines(1, 10)));
        both.write(gzip(lines(11, 30)));
        Files.write(folder.resolve("a.jsonl.gz"), both.toByteArray());
        assertThat(run().run("import", "a.jsonl.gz")).isZero();
        assertThat(server.events()).isEqualTo(30);
    }

    @Test
    void a_bad_line_is_named_and_nothing_of_its_batch_is_stored() throws IOException {
        write("a.jsonl", lines(1, 720) + "{\"actoin\":\"x\"}\n" + lines(721, 800));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isEqualTo(3);
        assertThat(run.err())
                .contains("foldlog: a.jsonl: line 721: actoin: unknown field (did you mean action?)")
                .contains("nothing of its batch was stored")
                .contains("before it: 500 stored, 0 already there")
                .doesNotContain("event_id");
        assertThat(server.events()).isEqualTo(500);
    }

    @Test
    void where_ids_are_derived_the_message_says_from_where_to_import_a_changed_file() throws IOException {
        write("a.jsonl", lines(1, 720, ImportTest::withoutId) + "nonsense\n");
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isEqualTo(3);
        assertThat(run.err()).contains("of this file import only what follows line 500");
    }

    @Test
    void a_line_that_the_server_refuses_is_named_by_its_number() throws IOException {
        write("a.jsonl", lines(1, 10) + "\n\n" + line(11).replace("\"approve\"", "\"\"") + "\n" + lines(12, 20));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isEqualTo(3);
        assertThat(run.err()).contains("a.jsonl: line 13: action: empty (expected: 1..128 characters)");
        assertThat(server.events()).isZero();
    }

    @Test
    void after_mending_the_line_the_same_import_goes_on() throws IOException {
        write("a.jsonl", lines(1, 720) + "nonsense\n" + lines(722, 800));
        run().run("import", "a.jsonl");
        write("a.jsonl", lines(1, 800));
        CommandRun again = run();
        assertThat(again.run("import", "a.jsonl")).isZero();
        assertThat(again.out()).startsWith("imported: 800 read, 300 stored, 500 already there");
        assertThat(server.events()).isEqualTo(800);
    }

    @Test
    void of_a_batch_that_is_partly_stored_only_the_rest_is_appended() throws IOException {
        write("some.jsonl", line(3) + "\n" + line(77) + "\n" + lines(200, 210));
        write("all.jsonl", lines(1, 400));
        assertThat(run().run("import", "some.jsonl")).isZero();
        CommandRun all = run();
        assertThat(all.run("import", "all.jsonl")).isZero();
        assertThat(all.out()).startsWith("imported: 400 read, 387 stored, 13 already there");
        assertThat(server.events()).isEqualTo(400);
    }

    @Test
    void an_id_that_is_stored_with_other_content_is_named_and_nothing_of_the_batch_is_stored() throws IOException {
        write("old.jsonl", line(5) + "\n");
        run().run("import", "old.jsonl");
        write("new.jsonl", lines(1, 4) + line(5).replace("approve", "reject") + "\n" + lines(6, 50));
        CommandRun run = run();
        assertThat(run.run("import", "new.jsonl")).isEqualTo(4);
        assertThat(run.err())
                .contains("new.jsonl: line 5: event_id: id-5 is stored at position 1 with other content (action)");
        assertThat(server.events()).isEqualTo(1);
    }

    @Test
    void what_a_store_exported_is_there_already_though_the_server_had_filled_in_partition_and_version()
            throws IOException {
        write("a.jsonl", lines(1, 30));
        run().run("import", "a.jsonl");
        CommandRun export = run();
        export.run("export");
        CommandRun again = run().input(export.out());
        assertThat(again.run("import", "-")).as(again::err).isZero();
        assertThat(again.out()).startsWith("imported: 30 read, 0 stored, 30 already there");
    }

    @Test
    void a_line_that_stands_twice_is_one_event() throws IOException {
        write("a.jsonl", lines(1, 5) + lines(1, 5));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isZero();
        assertThat(run.out()).startsWith("imported: 10 read, 5 stored, 5 already there");
    }

    @Test
    void an_id_that_stands_twice_with_other_content_is_a_bad_line() throws IOException {
        write("a.jsonl", lines(1, 5) + line(2).replace("approve", "reject") + "\n");
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isEqualTo(3);
        assertThat(run.err()).contains("a.jsonl: line 6: event_id: id-2 stands in line 2 with other content");
        assertThat(server.events()).isZero();
    }

    @Test
    void a_server_that_is_away_or_overloaded_for_a_while_is_waited_for() throws IOException {
        write("a.jsonl", lines(1, 1_200));
        server.failAppends(
                FakeErrors.unavailable(),
                FakeErrors.of(ErrorReason.ERROR_REASON_OVERLOADED, "the write queue is full"),
                FakeErrors.of(ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, "the store failed"));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isZero();
        assertThat(run.pauses()).hasSize(3);
        assertThat(run.err()).contains("the write queue is full [OVERLOADED]; trying again in");
        assertThat(server.events()).isEqualTo(1_200);
    }

    @Test
    void patience_ends() throws IOException {
        write("a.jsonl", lines(1, 2));
        server.failAppends(FakeErrors.unavailable());
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl", "--retry-for", "0s")).isEqualTo(5);
        assertThat(run.err()).contains("the server stops [NOT_READY]").doesNotContain("nothing of its batch");
        assertThat(server.events()).isZero();
    }

    @Test
    void batches_stay_below_the_servers_limits() throws IOException {
        try (FakeServer small = FakeServer.start(100, 4_096)) {
            write("a.jsonl", lines(1, 250));
            CommandRun run = CommandRun.in(folder).server(small.address());
            assertThat(run.run("import", "a.jsonl")).isZero();
            assertThat(small.events()).isEqualTo(250);
            assertThat(small.appends()).isBetween(4L, 20L);
            assertThat(small.largestAppendBytes()).isBetween(3_000, 4_096);
        }
    }

    @Test
    void a_missing_file_is_told_before_anything_is_imported() throws IOException {
        write("a.jsonl", lines(1, 2));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl", "b.jsonl")).isEqualTo(3);
        assertThat(run.err()).contains("b.jsonl: no readable file");
        assertThat(server.events()).isZero();
    }

    @Test
    void a_compressed_file_that_was_cut_off_is_told() throws IOException {
        byte[] whole = gzip(lines(1, 5_000));
        Files.write(folder.resolve("a.jsonl.gz"), Arrays.copyOf(whole, whole.length / 2));
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl.gz")).isEqualTo(3);
        assertThat(run.err()).contains("a.jsonl.gz: cannot be read on");
    }

    @Test
    void without_a_server_the_exit_code_is_5() throws IOException {
        write("a.jsonl", lines(1, 2));
        server.close();
        CommandRun run = run();
        assertThat(run.run("import", "a.jsonl")).isEqualTo(5);
        assertThat(run.err()).contains("no server at " + server.address()).contains("foldlog serve");
    }

    @Test
    void a_terminal_shows_a_bar_and_a_pipe_does_not() throws IOException {
        write("a.jsonl", lines(1, 2_000));
        CommandRun terminal = run().onTerminal();
        assertThat(terminal.run("import", "a.jsonl")).isZero();
        assertThat(terminal.err()).contains("\r").contains("100%").contains("2,000 read");
        CommandRun pipe = run();
        assertThat(pipe.run("import", "a.jsonl")).isZero();
        assertThat(pipe.err()).doesNotContain("\r");
    }

    @Test
    void a_signal_tells_what_was_imported_so_far() {
        CommandRun run = run();
        run.input(new ByteArrayInputStream(lines(1, 1_200).getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                int n = super.read(bytes, offset, length);
                if (n < 0) {
                    run.stop();
                }
                return n;
            }
        });
        assertThat(run.run("import", "-")).isZero();
        assertThat(run.err())
                .contains("foldlog: interrupted: 500 read, 500 stored, 0 already there; the same import run again");
    }

    @Test
    void standard_input_can_be_read_once() {
        CommandRun run = run().input(lines(1, 2));
        assertThat(run.run("import", "-", "-")).isEqualTo(2);
        assertThat(run.err()).contains("-: more than once (expected: standard input once)");
        assertThat(server.events()).isZero();
    }

    private CommandRun run() {
        return CommandRun.in(folder).server(server.address());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String lines(int from, int to) {
        return lines(from, to, ImportTest::line);
    }

    private static String lines(int from, int to, IntFunction<String> form) {
        return IntStream.rangeClosed(from, to).mapToObj(form).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(int n) {
        return "{\"event_id\":\"id-" + n + "\"," + withoutId(n).substring(1);
    }

    private static String withoutId(int n) {
        return "{\"action\":\"approve\",\"producer\":\"p\",\"artifact_type\":\"answer\",\"artifact_id\":\"a" + n % 7
                + "\",\"payload\":{\"n\":" + n + "}}";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
