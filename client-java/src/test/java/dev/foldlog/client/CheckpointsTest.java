package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.client.FailingServer.Fault;
import dev.foldlog.client.error.CheckpointMovedException;
import dev.foldlog.client.error.CheckpointWentBackException;
import dev.foldlog.client.error.OutcomeUnknownException;
import dev.foldlog.client.error.PositionAheadException;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CommitCheckpointRequest;
import io.grpc.Status;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
    private final ServedStore store = ServedStore.inProcess();
    private final FailingServer front = FailingServer.before(store.channel());
    private final Checkpoints checkpoints = store.client().checkpoints();

    @BeforeEach
    void fill() {
        store.client().append(Events.numbered("a", 10));
    }

    @AfterEach
    void stop() {
        front.close();
        store.close();
    }

    @Test
    void moves_from_where_it_is_expected_only() {
        assertThat(checkpoints.get("worker")).isEmpty();
        assertThat(checkpoints.move("worker", 0, 4).getPosition()).isEqualTo(4);
        assertThat(checkpoints.move("worker", 4, 6).getPosition()).isEqualTo(6);

        assertThatThrownBy(() -> checkpoints.move("worker", 4, 7)).isInstanceOf(CheckpointMovedException.class);
        assertThatThrownBy(() -> checkpoints.move("worker", 6, 5)).isInstanceOf(CheckpointWentBackException.class);
        assertThatThrownBy(() -> checkpoints.move("worker", 6, 11)).isInstanceOf(PositionAheadException.class);
        assertThat(checkpoints.get("worker").map(Checkpoint::getPosition)).contains(6L);
    }

    @Test
    void moves_back_when_forced() {
        checkpoints.move("worker", 0, 4);

        checkpoints.commit(CommitCheckpointRequest.newBuilder()
                .setName("worker")
                .setPosition(2)
                .setForce(true)
                .build());

        assertThat(checkpoints.get("worker").map(Checkpoint::getPosition)).contains(2L);
    }

    @Test
    void is_deleted_once() {
        checkpoints.move("worker", 0, 4);

        assertThat(checkpoints.delete("worker")).isTrue();
        assertThat(checkpoints.delete("worker")).isFalse();
        assertThat(checkpoints.get("worker")).isEmpty();
    }

    @Test
    void lists_over_pages() {
        IntStream.range(0, 1_001).forEach(it -> checkpoints.move("c%04d".formatted(it), 0, 1));

        assertThat(checkpoints.list().map(Checkpoint::getName))
                .hasSize(1_001)
                .isSorted()
                .endsWith("c1000");
    }

    /** A second try could not tell its own first from another worker's move. */
    @Test
    void a_move_whose_answer_was_lost_is_not_made_again() {
        front.failNext(Fault.answerLost());
        Checkpoints lossy = front.client(ServedStore.OPTIONS).checkpoints();

        assertThatThrownBy(() -> lossy.move("worker", 0, 4)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(front.commits()).hasSize(1);
    }

    @Test
    void a_move_that_was_refused_without_effect_is_made_again() {
        front.failNext(Fault.refused(Answers.refusal("NOT_READY", Status.Code.UNAVAILABLE)));
        Checkpoints lossy = front.client(ServedStore.OPTIONS).checkpoints();

        assertThat(lossy.move("worker", 0, 4).getPosition()).isEqualTo(4);
        assertThat(front.commits()).hasSize(2);
    }
}
