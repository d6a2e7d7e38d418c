package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.moves;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_MOVED;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_POSITION_AHEAD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Requests;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checkpoints that move in the transaction of an append: exactly once for workers that derive events. */
@Needs({Capability.APPEND_CHECKPOINTS, Capability.CHECKPOINTS})
public abstract class AppendCheckpointsSuite extends ConformanceSuite {
    protected AppendCheckpointsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void events_and_checkpoints_are_stored_together() {
        long head = client().append(append(numbered("a", 4))).getPosition();
        AppendRequest.Builder request = append(event("derived"));
        IntStream.range(0, 16).forEach(it -> request.addCheckpoints(moves("worker-" + it, head - it % 4)));

        client().append(request);
        for (int i = 0; i < 16; i++) {
            assertThat(client().checkpoint("worker-" + i).getPosition()).isEqualTo(head - i % 4);
        }
        assertThat(client().partition("derived").getLastSequence()).isEqualTo(1);
    }

    @Test
    void one_that_cannot_move_refuses_the_whole_append() {
        long head = client().append(append(numbered("a", 4))).getPosition();
        client().commit(commit("worker", head - 1));

        Refusal back = Refusal.of(
                ERROR_REASON_CHECKPOINT_WENT_BACK,
                () -> client().append(derived().addCheckpoints(moves("worker", head - 2))));
        assertThat(back.metadata())
                .containsEntry("checkpoint", "worker")
                .containsEntry("position", Long.toString(head - 2))
                .containsEntry("current_position", Long.toString(head - 1));
        Refusal moved = Refusal.of(
                ERROR_REASON_CHECKPOINT_MOVED,
                () -> client().append(
                                derived().addCheckpoints(moves("worker", head).setExpectedPosition(head - 2))));
        assertThat(moved.metadata())
                .containsEntry("checkpoint", "worker")
                .containsEntry("expected_position", Long.toString(head - 2))
                .containsEntry("current_position", Long.toString(head - 1));
        Refusal.of(
                ERROR_REASON_CHECKPOINT_MOVED,
                () -> client().append(
                                derived().addCheckpoints(moves("worker", head).setExpectedPosition(0))));

        assertNothingHappened(head);
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head - 1);
    }

    @Test
    void the_head_that_may_not_be_passed_is_the_one_before_the_append() {
        long head = client().append(event("a")).getPosition();

        Refusal refusal = Refusal.of(
                ERROR_REASON_POSITION_AHEAD,
                () -> client().append(derived()
                        .setCheckpoints(0, moves("first", head))
                        .addCheckpoints(moves("second", head + 1))));
        assertThat(refusal.metadata())
                .containsEntry("field", "checkpoints[1].position")
                .containsEntry("position", Long.toString(head + 1))
                .containsEntry("head_position", Long.toString(head));
        assertNothingHappened(head);
        client().append(derived().setCheckpoints(0, moves("first", head)));
        assertThat(client().checkpoint("first").getPosition()).isEqualTo(head);
    }

    @Test
    void a_failed_precondition_moves_no_checkpoint() {
        long head = client().append(event("a")).getPosition();

        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(derived().addPreconditions(sequence("a", 9))));
        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(
                                derived().addPreconditions(sequence("a", 9)).setValidateOnly(true)));
        assertNothingHappened(head);
        client().append(derived().setValidateOnly(true));
        assertNothingHappened(head);
        client().append(derived());
        assertThat(client().checkpoint("other").getPosition()).isEqualTo(1);
    }

    @Test
    void validate_only_refuses_what_cannot_move() {
        long head = client().append(event("a"), event("a")).getPosition();
        client().commit(commit("worker", head));

        Refusal.of(
                ERROR_REASON_CHECKPOINT_WENT_BACK,
                () -> client().append(derived()
                        .addCheckpoints(moves("worker", head - 1))
                        .setValidateOnly(true)));
        assertNothingHappened(head);
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head);
    }

    @Test
    void on_a_replay_one_that_cannot_move_is_left() {
        long head = client().append(append(numbered("a", 4))).getPosition();
        AppendRequest.Builder request = append(identified("derived"))
                .addCheckpoints(moves("worker", head - 2).setExpectedPosition(0));
        AppendResponse first = client().append(request);

        assertThat(client().append(request))
                .isEqualTo(first.toBuilder().setReplayed(true).build());
        client().commit(commit("worker", head));
        assertThat(client().append(request).getReplayed()).isTrue();
        assertThat(client().append(request.clearCheckpoints().addCheckpoints(moves("worker", head - 1)))
                        .getReplayed())
                .isTrue();
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head);
    }

    @Test
    void on_a_replay_one_that_can_move_is_moved() {
        long head = client().append(append(numbered("a", 4))).getPosition();
        AppendRequest.Builder request = append(identified("derived"));
        client().append(request);
        client().commit(commit("stays", head));

        AppendResponse again = client().append(
                        request.addCheckpoints(moves("stays", head - 1)).addCheckpoints(moves("moves", head - 1)));
        assertThat(again.getReplayed()).isTrue();
        assertThat(client().checkpoint("moves").getPosition()).isEqualTo(head - 1);
        assertThat(client().checkpoint("stays").getPosition()).isEqualTo(head);
    }

    @Test
    void of_workers_under_one_name_each_step_is_derived_once() {
        int steps = 40;
        client().append(append(numbered("source", steps)));
        List<RecordedEvent> source = client().everything();
        try (Together together = new Together(fixture().patience())) {
            List<Callable<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(() -> derive(source));
            }
            assertThat(together.run(workers).stream().mapToInt(it -> it).sum()).isEqualTo(steps);
        }
        assertThat(client().events(Requests.readStream("derived")).stream()
                        .map(it -> it.getMetadataOrDefault("of", "")))
                .containsExactlyElementsOf(
                        source.stream().map(RecordedEvent::getEventId).toList());
        assertThat(client().checkpoint("deriver").getPosition())
                .isEqualTo(source.getLast().getPosition());
    }

    /** One worker: derives an event from each of the source, but for those that another was faster with. */
    private int derive(List<RecordedEvent> source) {
        int derived = 0;
        long before = 0;
        for (RecordedEvent event : source) {
            AppendRequest.Builder request = append(event("derived").putMetadata("of", event.getEventId()))
                    .addCheckpoints(moves("deriver", event.getPosition()).setExpectedPosition(before));
            try {
                client().append(request);
                derived++;
            } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isIn(Status.Code.ABORTED, Status.Code.FAILED_PRECONDITION);
            }
            before = event.getPosition();
        }
        return derived;
    }

    /** An append of one event that also makes the checkpoint 'other'. */
    private static AppendRequest.Builder derived() {
        return append(event("derived")).addCheckpoints(moves("other", 1));
    }

    private void assertNothingHappened(long head) {
        assertThat(client().head()).isEqualTo(head);
        assertThat(client().partition("derived").getLastSequence()).isZero();
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint("other"));
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint("first"));
    }
}
