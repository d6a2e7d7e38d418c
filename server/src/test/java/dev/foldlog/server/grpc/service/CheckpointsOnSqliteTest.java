package dev.foldlog.server.grpc.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointsOnSqliteTest {
    @TempDir
    private Path folder;

    private ServedStore served;

    @BeforeEach
    void open() {
        served = ServedStore.over(SqliteEventStore.open(
                SqliteSettings.of(folder), new ProtoEventCodec(), InstantSource.fixed(ServedStore.NOW)));
        for (int i = 1; i <= 5; i++) {
            served.events().append(Requests.append(Requests.event("e" + i, "a")));
        }
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void makes_moves_and_gives_back_a_checkpoint() {
        Checkpoint made = commit(move("team/w:1", 2).build());
        Checkpoint moved = commit(move("team/w:1", 4).build());

        assertThat(made.getPosition()).isEqualTo(2);
        assertThat(moved.getName()).isEqualTo("team/w:1");
        assertThat(moved.getPosition()).isEqualTo(4);
        assertThat(moved.getUpdatedAt().getSeconds()).isEqualTo(ServedStore.NOW.getEpochSecond());
        assertThat(get("team/w:1")).isEqualTo(moved);
    }

    @Test
    void goes_back_only_by_force_and_never_past_the_head() {
        commit(move("c", 4).build());

        Throwable back = catchThrowable(() -> commit(move("c", 3).build()));
        Throwable ahead =
                catchThrowable(() -> commit(move("c", 6).setForce(true).build()));

        assertThat(Answers.info(back).getReason()).isEqualTo("CHECKPOINT_WENT_BACK");
        assertThat(Status.fromThrowable(back).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(Answers.info(ahead).getReason()).isEqualTo("POSITION_AHEAD");
        assertThat(Answers.info(ahead).getMetadataMap())
                .containsEntry("field", "position")
                .containsEntry("position", "6")
                .containsEntry("head_position", "5");
        assertThat(commit(move("c", 1).setForce(true).build()).getPosition()).isEqualTo(1);
        assertThat(commit(move("c", 5).build()).getPosition()).isEqualTo(5);
    }

    @Test
    void moves_only_from_where_it_is_expected() {
        assertThat(commit(move("c", 1).setExpectedPosition(0).build()).getPosition())
                .isEqualTo(1);

        Throwable moved =
                catchThrowable(() -> commit(move("c", 2).setExpectedPosition(0).build()));

        assertThat(Answers.info(moved).getReason()).isEqualTo("CHECKPOINT_MOVED");
        assertThat(Status.fromThrowable(moved).getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(commit(move("c", 2).setExpectedPosition(1).build()).getPosition())
                .isEqualTo(2);
    }

    @Test
    void an_unknown_one_is_not_found() {
        Throwable get = catchThrowable(() -> get("nobody"));
        Throwable delete = catchThrowable(() -> delete("nobody"));

        for (Throwable answer : new Throwable[] {get, delete}) {
            assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(Answers.info(answer).getReason()).isEqualTo("RESOURCE_NOT_FOUND");
        }
    }

    @Test
    void a_deleted_one_is_gone() {
        commit(move("c", 1).build());

        delete("c");

        Throwable answer = catchThrowable(() -> get("c"));
        assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(answer).hasMessageContaining("name: \"c\"");
    }

    @Test
    void comes_a_page_at_a_time_in_the_order_of_names() {
        List<String> names = List.of("-", ".", "/", "1", ":", "A", "_", "a", "ab", "b");
        names.reversed().forEach(it -> commit(move(it, 1).build()));

        for (int pageSize : new int[] {1, 3, 10, 1_000_000}) {
            assertThat(listed(pageSize)).containsExactlyElementsOf(names);
        }
    }

    private List<String> listed(int pageSize) {
        List<String> names = new ArrayList<>();
        ListCheckpointsRequest.Builder request =
                ListCheckpointsRequest.newBuilder().setPageSize(pageSize);
        do {
            ListCheckpointsResponse page = served.checkpoints().listCheckpoints(request.build());
            assertThat(page.getCheckpointsCount()).isLessThanOrEqualTo(pageSize);
            page.getCheckpointsList().forEach(it -> names.add(it.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return names;
    }

    @Test
    void refuses_malformed_requests() {
        assertMalformed("name", () -> commit(move("a b", 1).build()));
        assertMalformed("name", () -> commit(move("", 1).build()));
        assertMalformed("position", () -> commit(move("c", -1).build()));
        assertMalformed("position", () -> commit(move("c", 0).setForce(true).build()));
        assertMalformed(
                "expected_position",
                () -> commit(move("c", 1).setExpectedPosition(-1).build()));
        assertMalformed("name", () -> get(""));
        assertMalformed("name", () -> delete("\u0000"));
        assertMalformed("page_size", () -> listed(-1));
        assertMalformed(
                "page_token",
                () -> served.checkpoints()
                        .listCheckpoints(ListCheckpointsRequest.newBuilder()
                                .setPageToken("x")
                                .build()));
    }

    private static void assertMalformed(String field, Runnable call) {
        Throwable answer = catchThrowable(call::run);
        assertThat(Answers.info(answer).getReason()).isEqualTo("INVALID_FIELD");
        assertThat(answer).hasMessageContaining(field + ":");
    }

    private static CommitCheckpointRequest.Builder move(String name, long position) {
        return CommitCheckpointRequest.newBuilder().setName(name).setPosition(position);
    }

    private Checkpoint commit(CommitCheckpointRequest request) {
        return served.checkpoints().commitCheckpoint(request).getCheckpoint();
    }

    private Checkpoint get(String name) {
        return served.checkpoints()
                .getCheckpoint(GetCheckpointRequest.newBuilder().setName(name).build())
                .getCheckpoint();
    }

    private void delete(String name) {
        served.checkpoints()
                .deleteCheckpoint(
                        DeleteCheckpointRequest.newBuilder().setName(name).build());
    }
}
