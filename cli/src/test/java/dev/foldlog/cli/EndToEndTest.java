package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command against the real server and store. */
final class EndToEndTest {
    private static final String EXAMPLE = Path.of("..", "examples", "feedback.jsonl")
            .toAbsolutePath()
            .normalize()
            .toString();

    @TempDir
    private Path folder = Path.of("");

    private ServedStore server = ServedStore.none();

    @BeforeEach
    void serve() {
        server = ServedStore.serve(folder, "data");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_example_is_imported_once_read_followed_and_verified() {
        assertThat(ok("import", EXAMPLE).out()).startsWith("imported: 40 read, 40 stored, 0 already there");
        assertThat(ok("import", EXAMPLE).out()).startsWith("imported: 40 read, 0 stored, 40 already there");
        assertThat(ok("read", "answer-7").outLines()).hasSize(6);
        assertThat(ok("read", "answer-7", "--since", "2026-01-12T22:00:00Z", "--limit", "2")
                        .outLines())
                .hasSize(2);
        assertThat(ok("read", "answer-7", "--backward", "--limit", "1").out()).contains("\"action\":\"rank\"");
        assertThat(ok("read", "--all", "--action", "reject", "--tag", "topic:devices")
                        .outLines())
                .hasSize(3);
        assertThat(ok("read", "--all", "--any", "type=summary,action=rank", "--any", "producer=reviewer:chi")
                        .outLines())
                .hasSize(6);
        assertThat(ok("read", "--all", "--as-of", "10", "--limit", "20").outLines())
                .hasSize(10);
        assertThat(ok("read", "nobody").out()).isEmpty();
        assertThat(ok("tail", "--from-start", "--type", "summary", "--max", "9").outLines())
                .hasSize(9);
        server.close();
        assertThat(ok("verify", "--data", "data").out()).endsWith("verified: " + folder.resolve("data") + "\n");
    }

    @Test
    void numbers_and_spaces_of_payloads_survive_byte_for_byte() {
        List<String> payloads = List.of(
                "{\"n\":9007199254740993}",
                "{ \"n\" : 1e400, \"m\":1.10 }",
                "{\n  \"n\": 123456789012345678901234567890\n}",
                "{\"t\":\"\\u00e9 é 😀\\n\"}");
        for (String payload : payloads) {
            ok(
                    "append",
                    "--action",
                    "a",
                    "--producer",
                    "p",
                    "--artifact-id",
                    "x",
                    "--artifact-type",
                    "t",
                    "--payload",
                    payload);
        }
        String exported = ok("export").out();
        assertThat(exported)
                .contains("\"payload\":{\"n\":9007199254740993},")
                .contains("\"payload\":{ \"n\" : 1e400, \"m\":1.10 },")
                .contains("\"payload_text\":\"{\\n  \\\"n\\\": 123456789012345678901234567890\\n}\"")
                .contains("\"payload\":{\"t\":\"\\u00e9 é 😀\\n\"},");
        CommandRun same = server.run().input(exported);
        assertThat(same.run("import", "-")).as(same::err).isZero();
        assertThat(same.out()).startsWith("imported: 4 read, 0 stored, 4 already there");
        try (ServedStore other = ServedStore.serve(folder, "other")) {
            CommandRun first = other.run().input(exported);
            assertThat(first.run("import", "-")).as(first::err).isZero();
            CommandRun again = other.run();
            again.run("export");
            assertThat(withoutServersFields(again.out())).isEqualTo(withoutServersFields(exported));
        }
    }

    @Test
    void an_exported_store_imported_into_another_gives_equal_events() throws IOException {
        ok("import", EXAMPLE);
        ok("export", "all.jsonl.gz");
        try (ServedStore other = ServedStore.serve(folder, "other")) {
            assertThat(other.run().run("import", "all.jsonl.gz")).isZero();
            assertThat(other.run().run("export", "again.jsonl")).isZero();
        }
        assertThat(withoutServersFields(Files.readString(folder.resolve("again.jsonl"))))
                .isEqualTo(withoutServersFields(ok("export").out()));
        assertThat(ok("import", "all.jsonl.gz").out()).isNotEmpty();
    }

    @Test
    void a_failed_precondition_is_told_and_nothing_is_stored() {
        appendAction("draft-1", "create");
        CommandRun late = server.run();
        assertThat(late.run(append("draft-1", "edit", "--expect-sequence", "draft-1=0")))
                .isEqualTo(4);
        assertThat(late.err()).contains("[CONCURRENCY_CONFLICT]").contains("partition draft-1 is at sequence 1");
        assertThat(server.run().run(append("draft-1", "edit", "--expect-absent", "draft-1")))
                .isEqualTo(4);
        CommandRun taken = server.run();
        assertThat(taken.run(append("draft-2", "claim", "--expect-none", "after=0,action=create")))
                .isEqualTo(4);
        assertThat(taken.err()).contains("an event matches at position 1");
        assertThat(server.run().run(append("draft-1", "edit", "--expect-sequence", "draft-1=1")))
                .isZero();
        assertThat(ok("read", "--all").outLines()).hasSize(2);
    }

    @Test
    void a_repeated_request_is_stored_once_and_a_validated_one_never() {
        String[] arguments = append("x", "a", "--request-id", "0190b6d2-9c4a-7cc1-8f3e-3f1f5b1c0a01");
        assertThat(ok(arguments).out()).contains("\"replayed\":false");
        assertThat(ok(arguments).out()).contains("\"replayed\":true");
        CommandRun valid = ok(append("y", "a", "--validate-only"));
        assertThat(valid.out()).isEmpty();
        assertThat(valid.err()).contains("valid: 1 event, nothing was stored");
        assertThat(ok("read", "--all").outLines()).hasSize(1);
    }

    @Test
    void checkpoints_carry_a_follower_over_a_restart() {
        ok("import", EXAMPLE);
        ok("tail", "--checkpoint", "scorer", "--commit", "--max", "25");
        assertThat(ok("status", "-o", "json").out()).contains("\"checkpoints\":{\"scorer\":25}");
        server.close();
        server = ServedStore.serve(folder, "data");
        CommandRun rest = ok("tail", "--checkpoint", "scorer", "--commit", "--max", "15");
        assertThat(rest.outLines().getFirst()).startsWith("{\"position\":26,");
        assertThat(ok("status").out()).contains("checkpoint scorer").contains("  40\n");
        appendAction("derived-1", "score", "--move-checkpoint", "scorer=40..40");
        assertThat(server.run().run(append("d", "score", "--move-checkpoint", "scorer=7..40")))
                .isEqualTo(4);
    }

    @Test
    void a_line_that_the_server_refuses_is_named_by_file_and_number() throws IOException {
        String good = "{\"action\":\"a\",\"producer\":\"p\",\"artifact_id\":\"x\",\"artifact_type\":\"t\"}\n";
        Files.writeString(folder.resolve("a.jsonl"), good + "\n" + good.replace("\"p\"", "\"\"") + good);
        CommandRun field = server.run();
        assertThat(field.run("import", "a.jsonl")).isEqualTo(3);
        assertThat(field.err()).contains("a.jsonl: line 3: producer: ").contains("nothing of its batch was stored");
        Files.writeString(
                folder.resolve("b.jsonl"), good + good.replace("{", "{\"timestamp\":\"2200-01-01T00:00:00Z\","));
        CommandRun ahead = server.run();
        assertThat(ahead.run("import", "b.jsonl")).isEqualTo(3);
        assertThat(ahead.err()).contains("b.jsonl: line 2: ").contains("timestamp");
        Files.writeString(
                folder.resolve("c.jsonl"),
                good + good.replace("}", ",\"payload\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}"));
        CommandRun large = server.run();
        assertThat(large.run("import", "c.jsonl")).isEqualTo(3);
        assertThat(large.err()).contains("c.jsonl: line 2: ").contains("max_payload_bytes");
        assertThat(ok("read", "--all").out()).isEmpty();
    }

    @Test
    void what_the_server_refuses_has_its_exit_code_and_reason() {
        CommandRun ahead = server.run();
        assertThat(ahead.run("read", "--all", "--as-of", "99")).isEqualTo(3);
        assertThat(ahead.err()).contains("[POSITION_AHEAD]");
        CommandRun unknown = server.run();
        assertThat(unknown.run("read", "--id", "nothing")).isEqualTo(1);
        assertThat(unknown.err()).contains("[RESOURCE_NOT_FOUND]");
        assertThat(List.of(ahead.err(), unknown.err())).noneMatch(text -> text.contains("\tat "));
    }

    @Test
    void an_expression_chooses_events_and_an_error_in_it_is_shown_with_its_place() throws IOException {
        for (int score = 1; score <= 5; score++) {
            appendAction("answer-1", "score", "--payload", "{\"score\":" + score + "}");
        }
        Path exported = folder.resolve("high.jsonl");

        CommandRun wrong = server.run();
        int exit = wrong.run("read", "--all", "--where", "event.action == 'score' &&\n  event.paylod.score > 3");

        assertThat(ok("read", "--all", "--where", "event.payload.score > 3.5").outLines())
                .hasSize(2);
        assertThat(ok("tail", "--from-start", "--max", "1", "--where", "event.payload.score == 3")
                        .out())
                .contains("\"score\":3");
        ok("export", exported.toString(), "--where", "event.payload.score in [1, 5]");
        assertThat(Files.readAllLines(exported)).hasSize(2);
        assertThat(exit).isEqualTo(3);
        assertThat(wrong.err())
                .contains("""
                        filter.expression: 2:8: undefined field 'paylod' [INVALID_EXPRESSION]
                              event.paylod.score > 3
                                   ^
                        """);
    }

    @Test
    void status_says_what_is_in_force() {
        CommandRun table = ok("status");
        assertThat(table.out())
                .contains("health                   SERVING")
                .contains("store                    sqlite")
                .contains("durability               disk")
                .contains("head position            0")
                .contains("limit max_payload_bytes  1048576");
        assertThat(ok("status", "-o", "json").out())
                .contains("\"head_position\":0")
                .contains("\"store\":\"sqlite\"")
                .contains("\"health\":\"SERVING\"");
    }

    @Test
    void a_server_that_cannot_start_says_why_in_a_line() {
        CommandRun folderTaken = CommandRun.in(folder);
        assertThat(folderTaken.run("serve", "--listen", "127.0.0.1:0", "--data", "data"))
                .isEqualTo(1);
        assertThat(folderTaken.err()).contains("is in use by another server");
        CommandRun portTaken = CommandRun.in(folder);
        assertThat(portTaken.run("serve", "--listen", server.address().toString(), "--data", "free"))
                .isEqualTo(1);
        assertThat(portTaken.err()).contains("cannot listen on " + server.address());
        assertThat(folder.resolve("free")).doesNotExist();
        CommandRun open = CommandRun.in(folder);
        assertThat(open.run("serve", "--listen", "0.0.0.0:0", "--data", "free")).isEqualTo(2);
        assertThat(open.err()).contains("--listen: 0.0.0.0 (expected: ").contains("--allow-plaintext");
        CommandRun verify = CommandRun.in(folder);
        assertThat(verify.run("verify", "--data", "data")).isEqualTo(1);
        assertThat(verify.err()).contains("is in use by another server");
        assertThat(List.of(folderTaken.err(), portTaken.err(), open.err(), verify.err()))
                .noneMatch(text -> text.contains("\tat ") || text.contains("Exception"));
    }

    @Test
    void damage_is_found_by_verify() throws IOException {
        ok("import", EXAMPLE);
        server.close();
        flipBit("Nine petabytes");
        CommandRun verify = CommandRun.in(folder);
        assertThat(verify.run("verify", "--data", "data")).isEqualTo(6);
        assertThat(verify.out()).contains("FAILED  events").contains("damaged: ");
    }

    @Test
    void a_terminal_sees_bars_for_import_export_and_verify() {
        CommandRun importing = server.run().onTerminal();
        assertThat(importing.run("import", EXAMPLE)).isZero();
        CommandRun exporting = server.run().onTerminal();
        assertThat(exporting.run("export", "all.jsonl")).isZero();
        server.close();
        CommandRun verifying = CommandRun.in(folder).onTerminal();
        assertThat(verifying.run("verify", "--data", "data")).isZero();
        assertThat(List.of(importing.err(), exporting.err(), verifying.err()))
                .allMatch(text -> text.contains("\r") && text.contains("100%"));
    }

    @ParameterizedTest
    @ValueSource(ints = {5 << 20, 9 << 20})
    void a_line_far_over_the_limits_is_named_once(int payloadBytes) throws IOException {
        String good = "{\"action\":\"a\",\"producer\":\"p\",\"artifact_id\":\"x\",\"artifact_type\":\"t\"}\n";
        String large = good.replace("}", ",\"payload\":{\"a\":\"" + "x".repeat(payloadBytes) + "\"}}");
        Files.writeString(folder.resolve("big.jsonl"), good + large);
        CommandRun importing = server.run();
        assertThat(importing.run("import", "big.jsonl")).isEqualTo(3);
        CommandRun appending = server.run();
        assertThat(appending.run("append", "big.jsonl")).isEqualTo(3);
        assertThat(List.of(importing.err(), appending.err()))
                .allMatch(text -> text.split("big.jsonl: line 2: payload: ", -1).length == 2)
                .allMatch(text -> text.contains(" bytes (expected: at most 1048576, max_payload_bytes)"))
                .noneMatch(text -> text.contains("gRPC") || text.contains("RESOURCE_EXHAUSTED"));
        assertThat(ok("read", "--all").out()).isEmpty();
    }

    @Test
    void an_append_over_the_limit_as_a_whole_says_of_what_and_how_much() {
        String line =
                "{\"action\":\"a\",\"producer\":\"p\",\"artifact_id\":\"x\",\"artifact_type\":\"t\",\"payload\":{\"a\":\""
                        + "x".repeat(900_000) + "\"}}\n";
        CommandRun run = server.run().input(line.repeat(12));
        assertThat(run.run("append")).isEqualTo(3);
        assertThat(run.err())
                .contains("foldlog: the append: 10")
                .contains(" bytes (expected: at most 4194304, max_append_bytes)");
        CommandRun single = server.run();
        assertThat(single.run(append("x", "a", "--thread-id", "y".repeat(5_000_000))))
                .isEqualTo(3);
        assertThat(single.err()).contains("foldlog: the event: 50").contains("max_append_bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "schema", "cut"})
    void damage_that_stops_the_database_from_opening_is_found_by_verify_too(String kind) throws IOException {
        ok("import", EXAMPLE);
        server.close();
        Path database = folder.resolve("data").resolve("foldlog.db");
        byte[] bytes = Files.readAllBytes(database);
        switch (kind) {
            case "header" -> bytes[1] ^= 1;
            case "schema" -> Arrays.fill(bytes, 100, 4_000, (byte) 0x5a);
            default -> bytes = Arrays.copyOf(bytes, bytes.length - 40_000);
        }
        Files.write(database, bytes);
        CommandRun verify = CommandRun.in(folder);
        assertThat(verify.run("verify", "--data", "data")).as(verify::err).isEqualTo(6);
        assertThat(verify.out()).contains("FAILED  database").contains("damaged: ");
    }

    @Test
    void a_refusal_with_one_violation_is_printed_once_and_one_with_two_lists_both() {
        CommandRun one = server.run();
        assertThat(one.run(append("x", ""))).isEqualTo(3);
        assertThat(one.err().lines()).hasSize(1).first().asString().startsWith("foldlog: events[0].action: ");
        CommandRun two = server.run();
        assertThat(two.run(append("", ""))).isEqualTo(3);
        assertThat(two.err()).contains("  events[0].action: ").contains("  events[0].artifact_id: ");
    }

    @Test
    void a_read_of_a_damaged_event_names_the_command_that_tells_more() throws IOException {
        ok("import", EXAMPLE);
        server.close();
        flipBit("Nine petabytes");
        server = ServedStore.serve(folder, "data");
        CommandRun read = server.run();
        assertThat(read.run("read", "--all")).isEqualTo(1);
        assertThat(read.err()).contains("[EVENT_UNREADABLE]").contains("'foldlog verify' on the stopped store");
    }

    /** Damages the stored text. */
    private void flipBit(String text) throws IOException {
        Path database = folder.resolve("data").resolve("foldlog.db");
        byte[] bytes = Files.readAllBytes(database);
        int at = new String(bytes, ISO_8859_1).indexOf(text);
        assertThat(at).isPositive();
        bytes[at] ^= 1;
        Files.write(database, bytes);
    }

    private CommandRun ok(String... arguments) {
        CommandRun run = server.run();
        assertThat(run.run(arguments)).as(run::err).isZero();
        return run;
    }

    private void appendAction(String artifact, String action, String... more) {
        ok(append(artifact, action, more));
    }

    private static String[] append(String artifact, String action, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "append", "--action", action, "--producer", "p", "--artifact-id", artifact, "--artifact-type", "t"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Exported lines without what each store makes for itself. */
    private static String withoutServersFields(String lines) {
        return lines.lines()
                .map(line -> line.replaceAll("\"recorded_at\":\"[^\"]*\",", "")
                        .replaceAll("\"(transaction_)?position\":\\d+,", ""))
                .collect(Collectors.joining("\n"));
    }
}
