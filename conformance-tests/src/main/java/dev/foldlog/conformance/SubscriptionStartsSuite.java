package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Events.uuid;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_POSITION_AHEAD;
import static dev.foldlog.v1.ErrorReason.ERROR_REASON_STORE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.conformance.wire.Refusal;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.conformance.wire.Times;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a subscription starts, and what it refuses to start at. */
public abstract class SubscriptionStartsSuite extends ConformanceSuite {
    protected SubscriptionStartsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void unset_starts_at_the_oldest_event() {
        List<RecordedEvent> all = log();

        assertStartsAt(subscribe(), 0, all);
        assertStartsAt(subscribe().setAfterPosition(0), 0, all);
        assertStartsAt(subscribe().setLiveOnly(false), 0, all);
    }

    @Test
    void after_position_starts_behind_it() {
        List<RecordedEvent> all = log();

        for (int i = 0; i < all.size(); i++) {
            long position = all.get(i).getPosition();
            assertStartsAt(subscribe().setAfterPosition(position), position, all.subList(i + 1, all.size()));
        }
    }

    @Test
    void live_only_starts_at_the_head() {
        List<RecordedEvent> all = log();

        assertStartsAt(subscribe().setLiveOnly(true), all.getLast().getPosition(), List.of());
    }

    @Test
    void recorded_since_starts_at_the_first_event_recorded_then_or_later() {
        List<RecordedEvent> all = log();

        for (RecordedEvent event : all) {
            Instant since = Times.instant(event.getRecordedAt());
            List<RecordedEvent> wanted = all.stream()
                    .filter(it -> !Times.instant(it.getRecordedAt()).isBefore(since))
                    .toList();
            assertDelivers(subscribe().setRecordedSince(event.getRecordedAt()), wanted);
            assertDelivers(
                    subscribe().setRecordedSince(Times.timestamp(since.plusNanos(1))),
                    all.stream()
                            .filter(it -> Times.instant(it.getRecordedAt()).isAfter(since))
                            .toList());
        }
        assertDelivers(subscribe().setRecordedSince(Times.time("2000-01-01T00:00:00Z")), all);
    }

    @Test
    @Needs(Capability.CHECKPOINTS)
    void a_checkpoint_starts_behind_its_position() {
        List<RecordedEvent> all = log();
        long position = all.get(3).getPosition();
        client().commit(commit("worker", position));

        assertStartsAt(subscribe().setCheckpoint("worker"), position, all.subList(4, all.size()));
        assertStartsAt(subscribe().setCheckpoint("unknown"), 0, all);
        assertThat(client().checkpoint("worker").getPosition()).isEqualTo(position);
    }

    @Test
    void a_position_past_the_head_is_refused() {
        long head = log().getLast().getPosition();

        Refusal refusal = refused(ERROR_REASON_POSITION_AHEAD, subscribe().setAfterPosition(head + 1));
        assertThat(refusal.metadata())
                .containsEntry("field", "after_position")
                .containsEntry("position", Long.toString(head + 1))
                .containsEntry("head_position", Long.toString(head));
        refused(ERROR_REASON_POSITION_AHEAD, subscribe().setAfterPosition(Long.MAX_VALUE));
    }

    @Test
    void another_stores_id_is_refused_and_its_own_is_taken() {
        List<RecordedEvent> all = log();
        String storeId = client().info().getStoreId();

        refused(ERROR_REASON_STORE_MISMATCH, subscribe().setStoreId(uuid()));
        refused(ERROR_REASON_STORE_MISMATCH, subscribe().setStoreId(uuid()).setLiveOnly(true));
        refused(
                ERROR_REASON_STORE_MISMATCH,
                subscribe().setStoreId(uuid()).setAfterPosition(all.getLast().getPosition() + 10));
        assertStartsAt(subscribe().setStoreId(storeId), 0, all);
    }

    private List<RecordedEvent> log() {
        client().append(append(numbered("a", 3)));
        client().append(event("b"));
        client().append(append(numbered("a", 2)));
        client().append(event("c"));
        List<RecordedEvent> all = client().everything();
        assertThat(all).hasSize(7);
        return all;
    }

    private Refusal refused(ErrorReason reason, SubscribeAllRequest.Builder request) {
        return Refusal.of(reason, () -> {
            try (Subscription subscription = client().subscribe(request)) {
                subscription.next();
            }
        });
    }

    private void assertStartsAt(SubscribeAllRequest.Builder request, long start, List<RecordedEvent> past) {
        try (Subscription subscription = client().subscribe(request)) {
            assertThat(subscription.confirmed().getStartPosition()).isEqualTo(start);
            assertThat(subscription.position()).isEqualTo(start);
            assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).isEqualTo(past);
        }
    }

    /** The past that a subscription delivers. */
    private void assertDelivers(SubscribeAllRequest.Builder request, List<RecordedEvent> past) {
        try (Subscription subscription = client().subscribe(request)) {
            assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).isEqualTo(past);
        }
    }
}
