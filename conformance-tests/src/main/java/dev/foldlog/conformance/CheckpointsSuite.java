package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_MOVED;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_POSITION_AHEAD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Together;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Named checkpoints on their own: they move forward, by compare-and-set when asked. */
@Needs(Capability.CHECKPOINTS)
public abstract class CheckpointsSuite extends ConformanceSuite {
    protected CheckpointsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void a_checkpoint_is_made_and_moved_forward() {
        client().append(append(numbered("a", 5)));
        List<Long> positions = Events.positions(client().everything());

        for (long position : positions) {
            Checkpoint moved = client().commit(commit("worker/1", position));
            assertThat(moved.getName()).isEqualTo("worker/1");
            assertThat(moved.getPosition()).isEqualTo(position);
            assertThat(moved.getUpdatedAt().getSeconds()).isPositive();
            assertThat(client().checkpoint("worker/1")).isEqualTo(moved);
        }
        assertThat(client().commit(commit("worker/1", positions.getLast())).getPosition())
                .isEqualTo(positions.getLast());
    }

    @Test
    void checkpoints_do_not_touch_each_other_or_the_log() {
        long head = client().append(event("a"), event("a")).getPosition();
        client().commit(commit("one", head));
        client().commit(commit("two", head - 1));

        assertThat(client().checkpoint("one").getPosition()).isEqualTo(head);
        assertThat(client().checkpoint("two").getPosition()).isEqualTo(head - 1);
        assertThat(client().head()).isEqualTo(head);
        assertThat(client().everything()).hasSize(2);
    }

    @Test
    void going_back_is_refused_unless_forced() {
        long head = client().append(append(numbered("a", 5))).getPosition();
        client().commit(commit("worker", head));

        Refusal refusal =
                Refusal.of(ERROR_REASON_CHECKPOINT_WENT_BACK, () -> client().commit(commit("worker", head - 2)));
        assertThat(refusal.metadata())
                .containsEntry("checkpoint", "worker")
                .containsEntry("position", Long.toString(head - 2))
                .containsEntry("current_position", Long.toString(head));
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head);
        assertThat(client().commit(commit("worker", head - 2).setForce(true)).getPosition())
                .isEqualTo(head - 2);
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head - 2);
    }

    @Test
    void passing_the_head_is_refused_also_by_force() {
        long head = client().append(event("a")).getPosition();

        for (CommitCheckpointRequest.Builder request :
                List.of(commit("worker", head + 1), commit("worker", head + 1).setForce(true))) {
            Refusal refusal = Refusal.of(ERROR_REASON_POSITION_AHEAD, () -> client().commit(request));
            assertThat(refusal.metadata())
                    .containsEntry("field", "position")
                    .containsEntry("position", Long.toString(head + 1))
                    .containsEntry("head_position", Long.toString(head));
        }
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint("worker"));
    }

    @Test
    void an_expected_position_must_be_the_current_one() {
        long head = client().append(append(numbered("a", 5))).getPosition();

        assertMoved(commit("worker", head - 3).setExpectedPosition(head - 4), head - 4, 0);
        client().commit(commit("worker", head - 3).setExpectedPosition(0));
        assertMoved(commit("worker", head - 1).setExpectedPosition(0), 0, head - 3);
        assertMoved(commit("worker", head - 1).setExpectedPosition(head), head, head - 3);
        assertMoved(commit("worker", head - 1).setExpectedPosition(head - 4).setForce(true), head - 4, head - 3);
        client().commit(commit("worker", head - 1).setExpectedPosition(head - 3));
        client().commit(commit("worker", head));
        client().commit(commit("worker", head - 4).setExpectedPosition(head).setForce(true));

        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head - 4);
    }

    @Test
    void of_workers_that_move_one_checkpoint_only_one_gets_through() {
        long head = client().append(append(numbered("a", 60))).getPosition();
        assertThat(head).isGreaterThanOrEqualTo(60);
        try (Together together = new Together(fixture().patience())) {
            for (long expected = 0; expected < head; expected++) {
                CommitCheckpointRequest.Builder request =
                        commit("worker", expected + 1).setExpectedPosition(expected);
                StoreClient client = client();
                Callable<Status.Code> task = () -> codeOf(client, request);
                assertThat(Collections.frequency(together.run(Collections.nCopies(6, task)), Status.Code.OK))
                        .isEqualTo(1);
            }
        }
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(head);
    }

    @Test
    void an_unknown_checkpoint_is_not_found() {
        client().append(event("a"));

        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint("worker"));
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> delete("worker"));
    }

    @Test
    void a_deleted_checkpoint_is_gone_and_can_be_made_anew() {
        long head = client().append(append(numbered("a", 3))).getPosition();
        client().commit(commit("worker", head));
        client().commit(commit("stays", head));

        assertThat(delete("worker")).isEqualTo(DeleteCheckpointResponse.getDefaultInstance());
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> client().checkpoint("worker"));
        Refusal.of(ERROR_REASON_RESOURCE_NOT_FOUND, () -> delete("worker"));
        assertThat(names(list(0, ""))).containsExactly("stays");
        assertThat(client().commit(commit("worker", head - 2).setExpectedPosition(0))
                        .getPosition())
                .isEqualTo(head - 2);
    }

    @Test
    void they_are_listed_bytewise_in_name_order_a_page_at_a_time() {
        long head = client().append(event("a")).getPosition();
        List<String> names = List.of("-", ".", "/a", "0", "9", ":", "A", "Z", "_", "a", "a-b", "a/b", "aa", "b", "z");
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(3));
        shuffled.forEach(it -> client().commit(commit(it, head)));

        assertThat(names(list(0, ""))).isEqualTo(names);
        assertThat(list(0, "").getNextPageToken()).isEmpty();
        for (int size : List.of(1, 2, 4, 15, 16)) {
            assertThat(inPages(size)).as("pages of %s", size).isEqualTo(names);
        }
        assertThat(list(1, "").getCheckpoints(0)).isEqualTo(client().checkpoint("-"));
    }

    @Test
    void an_empty_list_has_no_next_page() {
        assertThat(list(10, "")).isEqualTo(ListCheckpointsResponse.getDefaultInstance());
        client().commit(commit("only", client().append(event("a")).getPosition()));
        assertThat(names(list(10, ""))).containsExactly("only");
    }

    @Test
    void a_page_has_a_hundred_by_default_and_a_thousand_at_most() {
        long head = client().append(event("a")).getPosition();
        List<Callable<Checkpoint>> commits = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            CommitCheckpointRequest.Builder request = commit("worker-" + i, head);
            commits.add(() -> client().commit(request));
        }
        try (Together together = new Together(fixture().patience())) {
            together.runInGroups(50, commits);
        }

        assertThat(list(0, "").getCheckpointsCount()).isEqualTo(100);
        assertThat(list(1000, "").getCheckpointsCount()).isEqualTo(1000);
        assertThat(list(5000, "").getCheckpointsCount()).isEqualTo(1000);
        assertThat(inPages(0)).hasSize(1001).doesNotHaveDuplicates();
    }

    private void assertMoved(CommitCheckpointRequest.Builder request, long expected, long current) {
        Refusal refusal = Refusal.of(ERROR_REASON_CHECKPOINT_MOVED, () -> client().commit(request));
        assertThat(refusal.metadata())
                .containsAllEntriesOf(Map.of(
                        "checkpoint", request.getName(),
                        "expected_position", Long.toString(expected),
                        "current_position", Long.toString(current)));
    }

    private static Status.Code codeOf(StoreClient client, CommitCheckpointRequest.Builder request) {
        try {
            client.commit(request);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
            return e.getStatus().getCode();
        }
    }

    private List<String> inPages(int size) {
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            ListCheckpointsResponse page = list(size, token);
            assertThat(page.getCheckpointsCount()).isPositive();
            names.addAll(names(page));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return names;
    }

    private DeleteCheckpointResponse delete(String name) {
        return client().checkpoints()
                .deleteCheckpoint(
                        DeleteCheckpointRequest.newBuilder().setName(name).build());
    }

    private ListCheckpointsResponse list(int size, String token) {
        return client().checkpoints()
                .listCheckpoints(ListCheckpointsRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static List<String> names(ListCheckpointsResponse page) {
        return page.getCheckpointsList().stream().map(Checkpoint::getName).toList();
    }
}
