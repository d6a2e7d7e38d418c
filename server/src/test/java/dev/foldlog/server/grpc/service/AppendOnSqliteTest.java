package dev.foldlog.server.grpc.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foldlog.core.event.Position;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.NewEvent;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends through to the files of a store, each outcome as a client sees it. */
final class AppendOnSqliteTest {
    private static final String REQUEST_ID = "019b7700-1234-7abc-8def-0123456789ab";

    @TempDir
    private Path folder;

    private ServedStore served;

    @BeforeEach
    void open() {
        served = ServedStore.over(SqliteEventStore.open(
                SqliteSettings.of(folder), new ProtoEventCodec(), InstantSource.fixed(ServedStore.NOW)));
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void answers_where_each_event_went() {
        NewEvent own =
                Requests.event("e2", "a").toBuilder().setPartitionKey("p").build();

        AppendResponse answer = append(Requests.append(Requests.event("e1", "a"), own, Requests.event("", "a")));

        assertThat(answer.getReplayed()).isFalse();
        assertThat(answer.getPosition()).isEqualTo(answer.getEvents(2).getPosition());
        assertThat(answer.getEventsList())
                .extracting(AppendedEvent::getPartitionKey)
                .containsExactly("a", "p", "a");
        assertThat(answer.getEventsList())
                .extracting(AppendedEvent::getSequence)
                .containsExactly(1L, 1L, 2L);
        assertThat(answer.getEvents(0).getEventId()).isEqualTo("e1");
        assertThat(answer.getEvents(2).getEventId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
        assertThat(answer.getEvents(0).getRecordedAt().getSeconds()).isEqualTo(ServedStore.NOW.getEpochSecond());
        assertThat(served.store().head()).isEqualTo(new Position(answer.getPosition()));
    }

    @Test
    void a_repeat_is_answered_as_a_replay_whatever_its_preconditions() {
        AppendRequest request = Requests.append(Requests.event("e1", "a"), Requests.event("e2", "b")).toBuilder()
                .addPreconditions(Requests.at("a", 0))
                .build();
        AppendResponse first = append(request);

        AppendResponse again = append(request);

        assertThat(again.getReplayed()).isTrue();
        assertThat(again.toBuilder().setReplayed(false).build()).isEqualTo(first);
    }

    @Test
    void a_repeat_by_request_id_is_a_replay_and_with_other_events_refused() {
        AppendRequest request = Requests.append(Requests.event("", "a"), Requests.event("", "b")).toBuilder()
                .setRequestId(REQUEST_ID)
                .build();
        AppendResponse first = append(request);

        assertThat(append(request).getEventsList()).isEqualTo(first.getEventsList());
        for (AppendRequest other : new AppendRequest[] {
            request.toBuilder().removeEvents(1).build(),
            request.toBuilder().addEvents(Requests.event("", "c")).build(),
            request.toBuilder().setEvents(1, Requests.event("", "c")).build()
        }) {
            Throwable answer = refused(other);
            assertThat(Answers.info(answer).getReason()).isEqualTo("REQUEST_ID_REUSED");
            assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        }
    }

    @Test
    void a_stored_id_with_other_content_or_half_of_an_append_is_refused() {
        long position = append(Requests.append(Requests.event("e1", "a"))).getPosition();

        Throwable other = refused(Requests.append(Requests.event("e1", "b")));
        Throwable half = refused(Requests.append(Requests.event("e1", "a"), Requests.event("e2", "a")));

        for (Throwable answer : new Throwable[] {other, half}) {
            assertThat(Answers.info(answer).getReason()).isEqualTo("EVENT_ID_CONFLICT");
            assertThat(Answers.info(answer).getMetadataMap())
                    .containsEntry("event_id", "e1")
                    .containsEntry("position", Long.toString(position));
        }
        assertThat(served.store().head()).isEqualTo(new Position(position));
    }

    @Test
    void a_conflict_says_which_preconditions_failed_and_how_it_is() {
        long position = append(Requests.append(Requests.event("e1", "a"))).getPosition();

        Throwable answer = refused(Requests.append(Requests.event("e2", "a")).toBuilder()
                .addPreconditions(Requests.at("a", 0))
                .addPreconditions(Requests.at("a", 1))
                .addPreconditions(Requests.noEventsAfter(0))
                .build());

        assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(Answers.info(answer).getReason()).isEqualTo("CONCURRENCY_CONFLICT");
        assertThat(answer)
                .hasMessageContaining(
                        "preconditions[0]: \"a\" is at sequence 1 (expected: 0) (and 1 more); read again");
        assertThat(Answers.detail(answer, AppendConflict.class))
                .isEqualTo(AppendConflict.newBuilder()
                        .setViolationCount(2)
                        .addViolations(AppendConflict.Violation.newBuilder()
                                .setIndex(0)
                                .setPartitionKey("a")
                                .setActualSequence(1))
                        .addViolations(AppendConflict.Violation.newBuilder()
                                .setIndex(2)
                                .setMatchingPosition(position))
                        .build());
    }

    @Test
    void a_conflict_of_many_is_cut_to_fit_and_counted_in_full() {
        AppendRequest.Builder request = Requests.append(Requests.event("e", "a")).toBuilder();
        IntStream.range(0, 1_000).forEach(i -> request.addPreconditions(Requests.at("p".repeat(500) + i, 1)));

        Throwable answer = refused(request.build());

        AppendConflict conflict = Answers.detail(answer, AppendConflict.class);
        assertThat(conflict.getViolationCount()).isEqualTo(1_000);
        assertThat(conflict.getViolationsList()).isNotEmpty();
        assertThat(Answers.details(answer).getSerializedSize()).isLessThanOrEqualTo(4_096);
    }

    @Test
    void a_condition_past_the_head_names_its_field() {
        Throwable answer = refused(Requests.append(Requests.event("e", "a")).toBuilder()
                .addPreconditions(Requests.at("a", 0))
                .addPreconditions(Requests.noEventsAfter(99))
                .build());

        assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
        assertThat(Answers.info(answer).getReason()).isEqualTo("POSITION_AHEAD");
        assertThat(Answers.info(answer).getMetadataMap())
                .containsEntry("field", "preconditions[1].no_events_matching.after_position")
                .containsEntry("position", "99")
                .containsEntry("head_position", "0");
    }

    @Test
    void checkpoints_move_with_the_events_or_nothing_happens() {
        append(Requests.append(Requests.event("e1", "a")));
        append(moving(Requests.event("e2", "a"), checkpoint("c", 1)));
        assertThat(served.checkpoints()
                        .getCheckpoint(
                                GetCheckpointRequest.newBuilder().setName("c").build())
                        .getCheckpoint()
                        .getPosition())
                .isEqualTo(1);

        Throwable back = refused(moving(Requests.event("e3", "a"), checkpoint("c", 0)));
        Throwable moved = refused(moving(
                Requests.event("e3", "a"),
                checkpoint("c", 2).toBuilder().setExpectedPosition(0).build()));
        Throwable ahead = refused(moving(Requests.event("e3", "a"), checkpoint("x", 0), checkpoint("c", 9)));

        assertThat(Answers.info(back).getReason()).isEqualTo("CHECKPOINT_WENT_BACK");
        assertThat(Answers.info(back).getMetadataMap())
                .containsEntry("checkpoint", "c")
                .containsEntry("position", "0")
                .containsEntry("current_position", "1");
        assertThat(Answers.info(moved).getReason()).isEqualTo("CHECKPOINT_MOVED");
        assertThat(Answers.info(moved).getMetadataMap())
                .containsEntry("checkpoint", "c")
                .containsEntry("expected_position", "0")
                .containsEntry("current_position", "1");
        assertThat(Answers.info(ahead).getReason()).isEqualTo("POSITION_AHEAD");
        assertThat(Answers.info(ahead).getMetadataMap())
                .containsEntry("field", "checkpoints[1].position")
                .containsEntry("position", "9")
                .containsEntry("head_position", "2");
        assertThat(served.store().head()).isEqualTo(new Position(2));
    }

    @Test
    void validation_only_stores_nothing_and_finds_what_an_append_would() {
        AppendRequest request = Requests.append(Requests.event("e1", "a")).toBuilder()
                .setValidateOnly(true)
                .build();

        assertThat(append(request)).isEqualTo(AppendResponse.getDefaultInstance());
        assertThat(served.store().head()).isEqualTo(Position.NONE);
        assertThat(Answers.info(refused(request.toBuilder()
                                .addPreconditions(Requests.at("a", 1))
                                .build()))
                        .getReason())
                .isEqualTo("CONCURRENCY_CONFLICT");

        append(request.toBuilder().setValidateOnly(false).build());
        assertThat(append(request).getReplayed()).isTrue();
    }

    private static AppendRequest moving(NewEvent event, CheckpointUpdate... checkpoints) {
        AppendRequest.Builder request = Requests.append(event).toBuilder();
        for (CheckpointUpdate checkpoint : checkpoints) {
            request.addCheckpoints(checkpoint);
        }
        return request.build();
    }

    private static CheckpointUpdate checkpoint(String name, long position) {
        return CheckpointUpdate.newBuilder().setName(name).setPosition(position).build();
    }

    private AppendResponse append(AppendRequest request) {
        return served.events().append(request);
    }

    private Throwable refused(AppendRequest request) {
        return catchThrowable(() -> append(request));
    }
}
