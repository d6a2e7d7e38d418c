package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldlog.cli.client.FakeErrors;
import dev.foldlog.cli.client.FakeServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TailTest {
    @TempDir
    private Path folder = Path.of("");

    private final FakeServer server;

    TailTest() throws IOException {
        server = FakeServer.start();
    }

    @BeforeEach
    void append_ten_events() {
        String lines = IntStream.rangeClosed(1, 10)
                .mapToObj(n -> "{\"event_id\":\"id-" + n + "\",\"action\":\"a\",\"payload\":{\"n\":" + n + "}}\n")
                .collect(Collectors.joining());
        assertThat(run().input(lines).run("append")).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void from_the_start_up_to_a_number_of_events() {
        CommandRun run = run();
        assertThat(run.run("tail", "--from-start", "--max", "4")).isZero();
        assertThat(run.outLines()).hasSize(4).first().asString().startsWith("{\"position\":1,\"sequence\":1,");
    }

    @Test
    void after_a_position() {
        CommandRun run = run();
        assertThat(run.run("tail", "--after", "8", "--max", "2")).isZero();
        assertThat(positions(run)).isEqualTo("9 10");
    }

    @Test
    void a_broken_connection_is_made_again_and_nothing_is_missing_or_double() {
        server.cutSubscriptionsAfter(3, 0, 2, 4);
        CommandRun run = run();
        assertThat(run.run("tail", "--from-start", "--max", "10")).isZero();
        assertThat(positions(run)).isEqualTo("1 2 3 4 5 6 7 8 9 10");
        assertThat(run.err()).contains("trying again in").contains("connected again, going on after position 3");
        assertThat(run.pauses()).hasSize(4);
        assertThat(server.subscriptionStoreIds()).containsExactly("", "fake", "fake", "fake", "fake");
    }

    @Test
    void the_checkpoint_moves_over_what_was_written() {
        CommandRun first = run();
        assertThat(first.run("tail", "--checkpoint", "scorer", "--commit", "--max", "4"))
                .isZero();
        assertThat(server.checkpoints()).containsEntry("scorer", 4L);
        CommandRun second = run();
        assertThat(second.run("tail", "--checkpoint", "scorer", "--commit", "--max", "6"))
                .isZero();
        assertThat(positions(second)).isEqualTo("5 6 7 8 9 10");
        assertThat(server.checkpoints()).containsEntry("scorer", 10L);
    }

    @Test
    void without_commit_the_checkpoint_stays() {
        assertThat(run().run("tail", "--checkpoint", "scorer", "--max", "4")).isZero();
        assertThat(server.checkpoints()).isEmpty();
    }

    @Test
    void a_commit_whose_answer_was_lost_counts() {
        server.loseCommitAnswers(FakeErrors.unavailable());
        assertThat(run().run("tail", "--checkpoint", "scorer", "--commit", "--max", "2"))
                .isZero();
        assertThat(server.checkpoints()).containsEntry("scorer", 2L);
    }

    @Test
    void a_checkpoint_that_somebody_else_moved_ends_the_run() {
        server.moveCheckpointAtNextCommit("scorer", 9);
        CommandRun run = run();
        assertThat(run.run("tail", "--checkpoint", "scorer", "--commit", "--max", "5"))
                .isEqualTo(4);
        assertThat(run.err()).contains("the checkpoint was moved [CHECKPOINT_MOVED]");
    }

    @Test
    void a_checkpoint_that_somebody_else_moved_to_the_same_position_ends_the_run_too() {
        server.moveCheckpointAtNextCommit("scorer", 1);
        CommandRun run = run();
        assertThat(run.run("tail", "--checkpoint", "scorer", "--commit", "--max", "5"))
                .isEqualTo(4);
        assertThat(run.err()).contains("the checkpoint was moved [CHECKPOINT_MOVED]");
    }

    @Test
    void the_checkpoint_does_not_move_over_what_could_not_be_written() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        CommandRun run = run().writingTo(full);
        assertThat(run.run("tail", "--checkpoint", "scorer", "--commit", "--max", "5"))
                .isEqualTo(1);
        assertThat(run.err()).contains("standard output: cannot be written: No space left on device");
        assertThat(server.checkpoints()).isEmpty();
    }

    @Test
    void a_reader_that_went_away_is_no_failure() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CommandRun run = run().writingTo(closed);
        assertThat(run.run("tail", "--from-start")).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_signal_ends_it_cleanly() {
        CommandRun run = run();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Integer> exit =
                    CompletableFuture.supplyAsync(() -> run.run("tail", "--from-start"), executor);
            await().until(() -> run.isStoppable() && run.outLines().size() == 10);
            run.stop();
            assertThat(exit.join()).isZero();
        }
        assertThat(positions(run)).isEqualTo("1 2 3 4 5 6 7 8 9 10");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void without_a_server_the_exit_code_is_5() {
        server.close();
        CommandRun run = run();
        assertThat(run.run("tail")).isEqualTo(5);
        assertThat(run.err()).contains("no server at");
    }

    @Test
    void starts_exclude_each_other() {
        assertThat(run().run("tail", "--from-start", "--after", "3")).isEqualTo(2);
        assertThat(run().run("tail", "--commit")).isEqualTo(2);
    }

    private CommandRun run() {
        return CommandRun.in(folder).server(server.address());
    }

    private static String positions(CommandRun run) {
        return run.outLines().stream()
                .map(line -> line.replaceAll("^\\{\"position\":(\\d+),.*", "$1"))
                .collect(Collectors.joining(" "));
    }
}
