package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.json;
import static dev.foldlog.conformance.wire.Events.numbered;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** SubscribeAll once it runs: confirmation, past, live events, heartbeats, resumption. */
public abstract class SubscriptionsSuite extends ConformanceSuite {
    private static final Duration SECOND = Duration.newBuilder().setSeconds(1).build();

    protected SubscriptionsSuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void the_first_message_confirms_where_it_starts() {
        long head = client().append(event("a"), event("b")).getPosition();

        try (Subscription subscription = client().subscribe(subscribe())) {
            SubscribeAllResponse first = subscription.next();
            assertThat(first.getConfirmed())
                    .isEqualTo(Confirmed.newBuilder()
                            .setStoreId(client().info().getStoreId())
                            .setHeadPosition(head)
                            .setHeartbeatInterval(Duration.newBuilder().setSeconds(15))
                            .build());
            assertThat(first.getPosition()).isZero();
        }
        try (Subscription subscription =
                client().subscribe(subscribe().setAfterPosition(head).setHeartbeatInterval(SECOND))) {
            SubscribeAllResponse first = subscription.next();
            assertThat(first.getConfirmed().getStartPosition()).isEqualTo(head);
            assertThat(first.getConfirmed().getHeartbeatInterval()).isEqualTo(SECOND);
            assertThat(first.getPosition()).isEqualTo(head);
        }
    }

    @Test
    void the_past_comes_first_then_the_turn_to_live_then_what_is_appended() {
        client().append(append(numbered("a", 10)));
        List<RecordedEvent> past = client().everything();

        try (Subscription subscription = client().subscribe(subscribe())) {
            subscription.confirmed();
            List<SubscribeAllResponse> messages = subscription.until(it -> it.hasCaughtUp());
            assertThat(Subscription.eventsOf(messages)).isEqualTo(past);
            assertThat(messages.getLast().getCaughtUp().hasServerTime()).isTrue();
            assertThat(subscription.position()).isEqualTo(past.getLast().getPosition());
            for (int i = 0; i < 20; i++) {
                AppendResponse appended = client().append(event("a"), event("b"));
                assertThat(Events.positions(subscription.eventsThrough(appended.getPosition())))
                        .containsExactly(
                                appended.getEvents(0).getPosition(),
                                appended.getEvents(1).getPosition());
            }
            assertThat(Subscription.eventsOf(subscription.seen())).isEqualTo(client().everything());
        }
    }

    @Test
    void a_subscription_to_an_empty_store_waits_for_the_first_event() {
        try (Subscription subscription = client().subscribe(subscribe())) {
            assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).isEmpty();
            assertThat(subscription.position()).isZero();
            long position = client().append(event("a")).getPosition();
            assertThat(Events.positions(subscription.eventsThrough(position))).containsExactly(position);
        }
    }

    @Test
    void events_carry_the_position_to_resume_at() {
        client().append(append(numbered("a", 9)));

        try (Subscription subscription = client().subscribe(subscribe().setOptions(Batches.of(2)))) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            for (SubscribeAllResponse message : subscription.seen()) {
                if (message.hasBatch()) {
                    List<RecordedEvent> events = message.getBatch().getEventsList();
                    assertThat(events).hasSizeBetween(1, 2);
                    assertThat(message.getPosition()).isEqualTo(events.getLast().getPosition());
                }
            }
            assertThat(Subscription.eventsOf(subscription.seen())).hasSize(9);
        }
    }

    @Test
    void resuming_at_any_message_leaves_no_gap_and_repeats_nothing() {
        client().append(append(numbered("a", 12)));
        client().append(append(numbered("b", 5)));
        List<RecordedEvent> all = client().everything();

        for (int messages = 1; messages <= 9; messages++) {
            List<RecordedEvent> delivered = new ArrayList<>();
            long position = 0;
            for (int connection = 0; connection < 3; connection++) {
                try (Subscription subscription = client().subscribe(
                                subscribe().setAfterPosition(position).setOptions(Batches.of(3)))) {
                    for (int i = 0;
                            i < messages
                                    && subscription.position() < all.getLast().getPosition();
                            i++) {
                        subscription.next();
                    }
                    delivered.addAll(Subscription.eventsOf(subscription.seen()));
                    position = subscription.position();
                }
            }
            try (Subscription rest = client().subscribe(subscribe().setAfterPosition(position))) {
                delivered.addAll(rest.eventsUntil(KindCase.CAUGHT_UP));
            }
            assertThat(delivered).as("resumed every %s messages", messages).isEqualTo(all);
        }
    }

    @Test
    void resuming_sees_what_was_appended_meanwhile() {
        SubscribeAllRequest.Builder request = subscribe();
        List<RecordedEvent> delivered = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            try (Subscription subscription = client().subscribe(request)) {
                delivered.addAll(subscription.eventsUntil(KindCase.CAUGHT_UP));
                delivered.addAll(subscription.eventsThrough(
                        client().append(event("live")).getPosition()));
                request.setAfterPosition(subscription.position());
            }
            client().append(event("between"), event("between"));
        }
        try (Subscription subscription = client().subscribe(request)) {
            delivered.addAll(subscription.eventsUntil(KindCase.CAUGHT_UP));
        }

        assertThat(delivered).hasSize(30).isEqualTo(client().everything());
    }

    @Test
    void nothing_falls_between_the_past_and_live() {
        for (int i = 0; i < 40; i++) {
            long before = client().append(append(numbered("a", 3))).getPosition();
            try (Subscription subscription =
                    client().subscribe(subscribe().setAfterPosition(before - 1).setOptions(Batches.of(1)))) {
                subscription.confirmed();
                long first = client().append(event("b")).getPosition();
                List<RecordedEvent> events = new ArrayList<>(subscription.eventsUntil(KindCase.CAUGHT_UP));
                long second = client().append(event("b"), event("c")).getPosition();
                events.addAll(subscription.eventsThrough(second));
                assertThat(Events.positions(events))
                        .contains(before, first, second)
                        .isEqualTo(Events.positions(client().events(readAll().setAfterPosition(before - 1))));
            }
        }
    }

    @Test
    void an_idle_subscription_gets_heartbeats() {
        long head = client().append(event("a")).getPosition();

        try (Subscription subscription = client().subscribe(subscribe().setHeartbeatInterval(SECOND))) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            for (int i = 0; i < 2; i++) {
                SubscribeAllResponse beat = subscription.next();
                assertThat(beat.getKindCase()).isEqualTo(KindCase.HEARTBEAT);
                assertThat(beat.getHeartbeat().getHeadPosition()).isEqualTo(head);
                assertThat(beat.getHeartbeat().hasServerTime()).isTrue();
                assertThat(beat.getPosition()).isEqualTo(head);
            }
            long next = client().append(event("a")).getPosition();
            assertThat(Events.positions(subscription.eventsThrough(next))).containsExactly(next);
        }
    }

    @Test
    void heartbeats_carry_the_position_over_events_that_the_filter_passes_by() {
        SubscribeAllRequest.Builder request = subscribe()
                .setFilter(EventFilter.newBuilder().addActions("wanted"))
                .setHeartbeatInterval(SECOND);

        try (Subscription subscription = client().subscribe(request)) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            long passed = client().append(event("a"), event("b")).getPosition();
            assertThat(subscription.eventsThrough(passed)).isEmpty();
            assertThat(subscription.seen().getLast().getKindCase()).isEqualTo(KindCase.HEARTBEAT);
            long wanted = client().append(event("a").setAction("wanted")).getPosition();
            assertThat(Events.positions(subscription.eventsThrough(wanted))).containsExactly(wanted);
        }
    }

    @Test
    void a_subscriber_that_stalls_gets_everything_in_the_end() {
        String large = "{\"text\":\"" + "x".repeat(20_000) + "\"}";
        try (Subscription subscription = client().subscribe(subscribe())) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            long last = 0;
            for (int i = 0; i < 40; i++) {
                last = client().append(append(numbered("a", 20).stream()
                                .map(it ->
                                        it.toBuilder().setPayload(json(large)).build())
                                .toList()))
                        .getPosition();
            }
            List<RecordedEvent> delivered = subscription.eventsThrough(last);
            assertThat(Events.sequences(delivered))
                    .isEqualTo(LongStream.rangeClosed(1, 800).boxed().toList());
            boolean isLive = subscription.seen().stream()
                    .filter(it -> it.hasFellBehind() || it.hasCaughtUp())
                    .reduce((earlier, later) -> later)
                    .filter(SubscribeAllResponse::hasCaughtUp)
                    .isPresent();
            if (!isLive) {
                subscription.until(SubscribeAllResponse::hasCaughtUp);
            }
            long live = client().append(event("b")).getPosition();
            assertThat(Events.positions(subscription.eventsThrough(live))).containsExactly(live);
        }
    }

    @Test
    void lingering_delivers_everything_once() {
        SubscribeAllRequest.Builder request = subscribe().setMaxLinger(SECOND);

        try (Subscription subscription = client().subscribe(request)) {
            subscription.eventsUntil(KindCase.CAUGHT_UP);
            List<NewEvent> events = numbered("a", 30);
            long last = 0;
            for (NewEvent event : events) {
                last = client().append(append(List.of(event))).getPosition();
            }
            assertThat(Events.ids(subscription.eventsThrough(last)))
                    .isEqualTo(events.stream().map(NewEvent::getEventId).toList());
        }
    }

    @Test
    void subscriptions_side_by_side_do_not_disturb_each_other() {
        EventFilter x = EventFilter.newBuilder().addArtifactIds("x").build();
        try (Subscription all = client().subscribe(subscribe());
                Subscription onlyX = client().subscribe(subscribe().setFilter(x))) {
            all.eventsUntil(KindCase.CAUGHT_UP);
            onlyX.eventsUntil(KindCase.CAUGHT_UP);
            try (Subscription left = client().subscribe(subscribe())) {
                left.eventsUntil(KindCase.CAUGHT_UP);
                client().append(event("x"), event("y"));
            }
            long last = client().append(event("y"), event("x")).getPosition();

            assertThat(all.eventsThrough(last).stream().map(RecordedEvent::getArtifactId))
                    .containsExactly("x", "y", "y", "x");
            assertThat(onlyX.eventsThrough(last).stream().map(RecordedEvent::getArtifactId))
                    .containsExactly("x", "x");
        }
    }
}
