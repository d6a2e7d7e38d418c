package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.everyField;
import static dev.foldlog.conformance.wire.Events.identified;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.noEventsMatching;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.sequence;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CHECKPOINT_WENT_BACK;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_CONCURRENCY_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_REQUEST_ID_REUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.conformance.model.EventCorpus;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a restart may not change: everything but the open calls. */
@Needs(Capability.SURVIVES_RESTART)
public abstract class RestartSuite extends ConformanceSuite {
    protected RestartSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void events_identity_and_partitions_are_still_there() {
        client().append(append(EventCorpus.events(5, 150)));
        client().append(everyField(), event("a"));
        String storeId = client().info().getStoreId();
        long head = client().head();
        List<RecordedEvent> before = client().everything();

        fixture().restart();

        assertThat(client().info().getStoreId()).isEqualTo(storeId);
        assertThat(client().head()).isEqualTo(head).isPositive();
        assertThat(client().everything()).hasSize(152).isEqualTo(before);
        assertThat(client().event(before.getLast().getEventId())).isEqualTo(before.getLast());
        assertThat(client().partition("a").getLastSequence()).isEqualTo(1);
        assertThat(client().events(readStream("artifact-1")))
                .isEqualTo(before.stream()
                        .filter(it -> it.getPartitionKey().equals("artifact-1"))
                        .toList());
    }

    @Test
    void positions_sequences_and_times_go_on() {
        AppendResponse before = client().append(event("a"), event("a"), event("b"));
        for (int i = 0; i < 3; i++) {
            fixture().restart();
            AppendResponse after = client().append(event("a"), event("new-" + i));
            assertThat(after.getEvents(0).getPosition()).isGreaterThan(before.getPosition());
            assertThat(after.getEvents(0).getSequence()).isEqualTo(3 + i);
            assertThat(after.getEvents(1).getSequence()).isEqualTo(1);
            assertThat(Times.instant(after.getEvents(0).getRecordedAt()))
                    .isAfterOrEqualTo(Times.instant(
                            before.getEvents(before.getEventsCount() - 1).getRecordedAt()));
            before = after;
        }
        assertThat(Events.sequences(client().events(readStream("a")))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void ids_are_still_known() {
        AppendRequest.Builder byEventId = append(identified("a"), identified("b"));
        AppendRequest.Builder byRequestId = append(event("a"), event("c")).setRequestId(Events.uuid());
        AppendResponse first = client().append(byEventId);
        AppendResponse second = client().append(byRequestId);

        fixture().restart();

        assertThat(client().append(byEventId))
                .isEqualTo(first.toBuilder().setReplayed(true).build());
        assertThat(client().append(byRequestId))
                .isEqualTo(second.toBuilder().setReplayed(true).build());
        Refusal.of(
                ERROR_REASON_EVENT_ID_CONFLICT,
                () -> client().append(byEventId.getEvents(0).toBuilder().setAction("reject")));
        Refusal.of(
                ERROR_REASON_REQUEST_ID_REUSED,
                () -> client().append(byRequestId.clone().removeEvents(1)));
        assertThat(client().head()).isEqualTo(second.getPosition());
    }

    @Test
    void conditions_are_judged_as_before() {
        client().append(event("a"), event("a"));
        fixture().restart();

        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(append(event("a")).addPreconditions(sequence("a", 0))));
        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(append(event("a")).addPreconditions(exists("a", false))));
        assertThat(client().append(append(event("a")).addPreconditions(sequence("a", 2)))
                        .getEvents(0)
                        .getSequence())
                .isEqualTo(3);
    }

    @Test
    @Needs(Capability.APPEND_NO_EVENTS_MATCHING)
    void boundaries_are_judged_as_before() {
        long position = client().append(event("a").addTags("t")).getPosition();
        fixture().restart();

        EventFilter.Builder tagged = EventFilter.newBuilder().addTags("t");
        Refusal.of(
                ERROR_REASON_CONCURRENCY_CONFLICT,
                () -> client().append(append(event("b")).addPreconditions(noEventsMatching(tagged, 0))));
        client().append(append(event("b")).addPreconditions(noEventsMatching(tagged, position)));
        assertThat(client().everything()).hasSize(2);
    }

    @Test
    @Needs(Capability.CHECKPOINTS)
    void checkpoints_stay_where_they_are() {
        long head = client().append(event("a"), event("b"), event("c")).getPosition();
        Checkpoint before = client().commit(commit("worker", head - 1));
        fixture().restart();

        assertThat(client().checkpoint("worker")).isEqualTo(before);
        Refusal.of(ERROR_REASON_CHECKPOINT_WENT_BACK, () -> client().commit(commit("worker", head - 2)));
        try (Subscription subscription = client().subscribe(subscribe().setCheckpoint("worker"))) {
            assertThat(Events.positions(subscription.eventsUntil(KindCase.CAUGHT_UP)))
                    .containsExactly(head);
        }
    }

    @Test
    void a_subscription_ends_as_unavailable_and_resumes_where_it_was() {
        client().append(event("a"), event("b"));
        String storeId = client().info().getStoreId();
        long position;
        try (Subscription subscription = client().subscribe(subscribe())) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            position = subscription.position();
            fixture().restart();
            StatusRuntimeException end =
                    catchThrowableOfType(StatusRuntimeException.class, () -> subscription.until(it -> false));
            assertThat(end).isNotNull();
            assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }

        try (Subscription resumed =
                client().subscribe(subscribe().setAfterPosition(position).setStoreId(storeId))) {
            assertThat(resumed.eventsUntil(KindCase.CAUGHT_UP)).isEmpty();
            long next = client().append(event("a")).getPosition();
            assertThat(Events.positions(resumed.eventsThrough(next))).containsExactly(next);
        }
    }
}
