package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.cli.client.FakeErrors;
import dev.foldlog.cli.client.FakeServer;
import dev.foldlog.v1.ErrorReason;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppendTest {
    @TempDir
    private Path folder = Path.of("");

    private final FakeServer server;

    AppendTest() throws IOException {
        server = FakeServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_event_by_options() {
        CommandRun run = run();
        assertThat(run.run(
                        "append",
                        "--action",
                        "approve",
                        "--producer",
                        "p",
                        "--artifact-id",
                        "x",
                        "--artifact-type",
                        "t",
                        "--payload",
                        "{\"n\": 1.10}",
                        "--metadata",
                        "k=v",
                        "--tag",
                        "a:b"))
                .isZero();
        assertThat(run.out()).startsWith("{\"position\":1,\"sequence\":1,").endsWith("\"replayed\":false}\n");
        CommandRun export = run();
        export.run("export");
        assertThat(export.out()).contains("\"tags\":[\"a:b\"],\"metadata\":{\"k\":\"v\"},\"payload\":{\"n\": 1.10}");
    }

    @Test
    void a_bad_line_is_named_and_nothing_is_appended() {
        CommandRun run = run().input("{\"action\":\"a\"}\n\n{\"action\":1}\n");
        assertThat(run.run("append")).isEqualTo(3);
        assertThat(run.err()).contains("standard input: line 3: action: the number 1 (expected: a text)");
        assertThat(server.events()).isZero();
    }

    @Test
    void no_event_at_all_is_bad_input() {
        assertThat(run().input("\n").run("append")).isEqualTo(3);
    }

    @Test
    void the_servers_field_violations_are_told() {
        CommandRun run = run().input("{\"producer\":\"p\"}");
        assertThat(run.run("append")).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("foldlog: 1 field is wrong [INVALID_FIELD]" + System.lineSeparator()
                        + "  events[0].action: empty (expected: 1..128 characters)" + System.lineSeparator());
    }

    @Test
    void an_overloaded_server_is_tried_again_with_the_same_request() {
        server.failAppends(FakeErrors.of(ErrorReason.ERROR_REASON_OVERLOADED, "the write queue is full"));
        CommandRun run = run().input("{\"action\":\"a\"}");
        assertThat(run.run("append")).isZero();
        assertThat(run.pauses()).hasSize(1);
        assertThat(server.events()).isEqualTo(1);
    }

    @Test
    void when_the_outcome_stays_unknown_the_request_id_to_repeat_with_is_told() {
        server.failAppends(
                Collections.nCopies(60, FakeErrors.of(ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN, "the store failed"))
                        .toArray(StatusException[]::new));
        CommandRun run = run().input("{\"action\":\"a\"}").advancingClock();
        assertThat(run.run("append", "--request-id", "0190b6d2-9c4a-7cc1-8f3e-3f1f5b1c0a01"))
                .isEqualTo(5);
        assertThat(run.err())
                .contains("the store failed [OUTCOME_UNKNOWN]")
                .contains("--request-id 0190b6d2-9c4a-7cc1-8f3e-3f1f5b1c0a01 stores them once");
    }

    @Test
    void a_permanent_error_is_not_tried_again() {
        server.failAppends(FakeErrors.of(ErrorReason.ERROR_REASON_STORAGE_FULL, "the disk is full"));
        CommandRun run = run().input("{\"action\":\"a\"}");
        assertThat(run.run("append")).isEqualTo(1);
        assertThat(run.err()).contains("the disk is full [STORAGE_FULL]");
        assertThat(run.pauses()).isEmpty();
    }

    @Test
    void a_broken_condition_is_a_wrong_command_line() {
        CommandRun run = run();
        assertThat(run.run("append", "--expect-sequence", "x")).isEqualTo(2);
        assertThat(run.err())
                .contains("x (expected: KEY=N, for example draft-1=3)")
                .contains("try 'foldlog append --help'");
        assertThat(run().run("append", "--expect-none", "tag=a")).isEqualTo(2);
        assertThat(run().run("append", "--expect-none", "after=3,colour=a")).isEqualTo(2);
        assertThat(run().run("append", "--action", "a")).isEqualTo(2);
    }

    @Test
    void a_content_type_without_opaque_bytes_is_refused() {
        CommandRun run = run();
        assertThat(run.run(
                        "append",
                        "--action",
                        "a",
                        "--producer",
                        "p",
                        "--artifact-id",
                        "x",
                        "--artifact-type",
                        "t",
                        "--content-type",
                        "a/b"))
                .isEqualTo(2);
        assertThat(run.err()).contains("--content-type: without --payload-data");
        assertThat(server.events()).isZero();
    }

    private CommandRun run() {
        return CommandRun.in(folder).server(server.address());
    }
}
