package dev.foldlog.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.report.Count;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Requests;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KitProgramTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final KitProgram program = new KitProgram(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void a_server_that_does_not_answer_is_not_judged() {
        assertThat(program.run("--target", "127.0.0.1:1")).isEqualTo(2);
        assertThat(printed()).startsWith("127.0.0.1:1 does not answer as a server of this API: UNAVAILABLE");
    }

    @Test
    void a_store_with_checkpoints_of_others_is_not_judged(@TempDir Path folder) {
        try (FoldlogServer server = FoldlogServer.start(ServerSettings.onLoopback(0, SqliteSettings.of(folder)))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                    .usePlaintext()
                    .build();
            StoreClient client = new StoreClient(channel, Duration.ofSeconds(30));
            client.commit(
                    Requests.commit("theirs", client.append(Events.event()).getPosition()));
            channel.shutdownNow();

            assertThat(program.run("--target", "127.0.0.1:" + server.port())).isEqualTo(2);
        }
        assertThat(printed()).contains("has a checkpoint, 'theirs'");
    }

    @Test
    void arguments_that_mean_nothing_are_answered_by_those_that_do() {
        assertThat(program.run()).isEqualTo(2);
        assertThat(program.run("--target")).isEqualTo(2);
        assertThat(program.run("--backends", "a", "b")).isEqualTo(2);
        assertThat(printed().lines()).hasSize(3).allMatch(it -> it.startsWith("usage: --target HOST:PORT"));
    }

    @Test
    void the_exit_code_is_zero_only_when_something_passed_and_nothing_failed() {
        assertThat(KitProgram.exitCode(new Count(7, 0, 3))).isZero();
        assertThat(KitProgram.exitCode(new Count(7, 1, 3))).isEqualTo(1);
        assertThat(KitProgram.exitCode(new Count(0, 0, 3))).isEqualTo(2);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
