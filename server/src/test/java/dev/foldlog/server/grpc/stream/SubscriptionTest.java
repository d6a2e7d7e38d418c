package dev.foldlog.server.grpc.stream;

import static dev.foldlog.server.grpc.stream.StreamFixture.BATCH_EVENTS_MAX;
import static dev.foldlog.server.grpc.stream.Subscription.LIVE_LAG_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.server.grpc.stream.StartPoint.After;
import dev.foldlog.server.grpc.stream.StartPoint.AtCheckpoint;
import dev.foldlog.server.grpc.stream.StartPoint.RecordedSince;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SubscriptionTest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final EventFilter ONLY_RARE = new EventFilter(
            Set.of(), Set.of("rare"), Set.of(), Set.of(), Set.of(), Set.of(), null, null, Set.of(), List.of());

    private final StreamFixture fixture = new StreamFixture();
    private final ListStore store = fixture.store;
    private final HandLane lane = fixture.lane;
    private final HandTimers timers = fixture.timers;
    private final HandObserver<SubscribeAllResponse> client = new HandObserver<>(SubscribeAllResponse.parser());
    private final Subscriptions subscriptions = new Subscriptions(store, lane, 3);

    @Test
    void says_confirmed_then_the_past_then_caught_up() {
        append(BATCH_EVENTS_MAX + 1);

        startAfter(0);
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages))
                .containsExactly(KindCase.CONFIRMED, KindCase.BATCH, KindCase.BATCH, KindCase.CAUGHT_UP);
        assertThat(messages).extracting(SubscribeAllResponse::getPosition).containsExactly(0L, 10L, 11L, 11L);
        assertThat(messages.getFirst().getConfirmed().getStoreId())
                .isEqualTo(store.storeId().toString());
        assertThat(messages.getFirst().getConfirmed().getHeadPosition()).isEqualTo(11);
        assertThat(messages.getFirst().getConfirmed().getHeartbeatInterval().getSeconds())
                .isEqualTo(15);
        assertThat(positions(messages)).isEqualTo(range(1, 11));
    }

    @Test
    void an_empty_log_is_caught_up_at_once() {
        startAfter(0);
        lane.runAll();

        assertThat(kinds(client.take())).containsExactly(KindCase.CONFIRMED, KindCase.CAUGHT_UP);
    }

    @Test
    void delivers_live_events_after_a_commit_without_another_caught_up() {
        startAfter(0);
        lane.runAll();
        client.take();

        append(1);
        lane.runAll();
        append(2);
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages)).containsExactly(KindCase.BATCH, KindCase.BATCH);
        assertThat(positions(messages)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_commit_between_the_look_and_the_wait_is_delivered() {
        startAfter(0);
        store.atEndOfNextLook(() -> append(1));
        lane.runAll();

        assertThat(positions(client.take())).containsExactly(1L);
    }

    @Test
    void a_commit_between_the_last_look_of_the_past_and_caught_up_is_delivered() {
        append(3);
        startAfter(0);
        store.atEndOfNextLook(() -> append(2));
        lane.runAll();

        assertThat(positions(client.take())).isEqualTo(range(1, 5));
    }

    @Test
    void a_commit_before_the_first_look_wakes_it_though_it_was_not_confirmed_yet() {
        startAfter(0);
        append(1);
        lane.runAll();

        assertThat(positions(client.take())).containsExactly(1L);
    }

    @Test
    void many_commits_before_a_wake_up_are_one_batch() {
        startAfter(0);
        lane.runAll();
        client.take();

        append(1);
        append(1);
        append(1);
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages)).containsExactly(KindCase.BATCH);
        assertThat(positions(messages)).isEqualTo(range(1, 3));
    }

    @Test
    void a_wake_up_without_news_does_not_look_at_the_store() {
        append(1);
        startAfter(0);
        lane.runAll();
        int looks = store.looks();

        client.becomeReady();
        lane.runAll();

        assertThat(store.looks()).isEqualTo(looks);
    }

    @Test
    void nothing_is_fetched_or_sent_while_the_client_is_not_ready() {
        startAfter(0);
        lane.runAll();
        client.take();
        int looks = store.looks();

        client.becomeBusy();
        for (int i = 0; i < 100; i++) {
            append(BATCH_EVENTS_MAX);
            timers.pass(HEARTBEAT);
            lane.runAll();
        }
        assertThat(store.looks()).isEqualTo(looks);
        assertThat(client.take()).isEmpty();

        client.becomeReadyFor(1);
        lane.runAll();
        assertThat(store.looks()).isEqualTo(looks + 1);
        assertThat(positions(client.take())).isEqualTo(range(1, BATCH_EVENTS_MAX));

        client.becomeReady();
        lane.runAll();
        assertThat(positions(client.take())).isEqualTo(range(BATCH_EVENTS_MAX + 1, 100 * BATCH_EVENTS_MAX));
    }

    @Test
    void each_message_waits_for_readiness() {
        append(1);
        client.becomeBusy();
        startAfter(0);
        lane.runAll();
        assertThat(client.take()).isEmpty();

        for (KindCase kind : List.of(KindCase.CONFIRMED, KindCase.BATCH, KindCase.CAUGHT_UP)) {
            client.becomeReadyFor(1);
            lane.runAll();
            assertThat(kinds(client.take())).containsExactly(kind);
        }
    }

    @Test
    void a_live_subscriber_too_far_behind_is_told_and_caught_up_again() {
        startAfter(0);
        lane.runAll();
        client.take();

        client.becomeBusy();
        append((int) LIVE_LAG_MAX + 1);
        lane.runAll();
        client.becomeReady();
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(messages.getFirst().getKindCase()).isEqualTo(KindCase.FELL_BEHIND);
        assertThat(messages.getFirst().getFellBehind().getHeadPosition()).isEqualTo(LIVE_LAG_MAX + 1);
        assertThat(messages.getFirst().getPosition()).isZero();
        assertThat(messages.getLast().getKindCase()).isEqualTo(KindCase.CAUGHT_UP);
        assertThat(positions(messages)).isEqualTo(range(1, LIVE_LAG_MAX + 1));
        assertThat(kinds(messages).stream().filter(it -> it != KindCase.BATCH).toList())
                .containsExactly(KindCase.FELL_BEHIND, KindCase.CAUGHT_UP);
    }

    @Test
    void a_live_subscriber_a_little_behind_stays_live() {
        startAfter(0);
        lane.runAll();
        client.take();

        append((int) LIVE_LAG_MAX);
        lane.runAll();

        assertThat(kinds(client.take())).containsOnly(KindCase.BATCH);
    }

    @Test
    void a_heartbeat_comes_after_the_interval_without_any_message_and_only_then() {
        startAfter(0);
        lane.runAll();
        client.take();

        pass(HEARTBEAT.minusMillis(1));
        assertThat(client.take()).isEmpty();
        append(1);
        lane.runAll();
        assertThat(kinds(client.take())).containsExactly(KindCase.BATCH);

        pass(HEARTBEAT.minusMillis(1));
        assertThat(client.take()).isEmpty();
        pass(Duration.ofMillis(1));
        List<SubscribeAllResponse> first = client.take();
        assertThat(kinds(first)).containsExactly(KindCase.HEARTBEAT);
        assertThat(first.getFirst().getHeartbeat().getHeadPosition()).isEqualTo(1);
        assertThat(first.getFirst().getHeartbeat().getServerTime().getSeconds())
                .isEqualTo(timers.instant().getEpochSecond());

        pass(HEARTBEAT.multipliedBy(3));
        assertThat(kinds(client.take())).containsExactly(KindCase.HEARTBEAT);
        pass(HEARTBEAT);
        assertThat(kinds(client.take())).containsExactly(KindCase.HEARTBEAT);
    }

    @Test
    void a_heartbeat_carries_the_position_forward_over_events_that_the_filter_passes_by() {
        start(new SubscriptionPlan(
                ONLY_RARE, new After(Position.NONE), HEARTBEAT, Duration.ZERO, StreamFixture.delivery()));
        lane.runAll();
        client.take();

        append(25);
        lane.runAll();
        assertThat(client.take()).isEmpty();
        pass(HEARTBEAT);

        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages)).containsExactly(KindCase.HEARTBEAT);
        assertThat(messages.getFirst().getPosition()).isEqualTo(25);
    }

    @Test
    void a_long_search_through_the_past_beats_too() {
        append(100);
        lane.runAll();
        store.scanAtMost(10);
        start(new SubscriptionPlan(
                ONLY_RARE, new After(Position.NONE), HEARTBEAT, Duration.ZERO, StreamFixture.delivery()));
        lane.runOne();
        lane.runOne();
        lane.runOne();
        client.take();

        timers.pass(HEARTBEAT);
        lane.runOne();
        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages)).containsExactly(KindCase.HEARTBEAT);
        assertThat(messages.getFirst().getPosition()).isEqualTo(30);
    }

    @Test
    void waits_for_a_fuller_batch_when_asked_to() {
        startLingering(Duration.ofSeconds(2));
        client.take();
        append(1);
        lane.runAll();
        pass(Duration.ofMillis(1_500));
        append(1);
        lane.runAll();
        assertThat(client.take()).isEmpty();

        pass(Duration.ofMillis(500));
        List<SubscribeAllResponse> messages = client.take();
        assertThat(kinds(messages)).containsExactly(KindCase.BATCH);
        assertThat(positions(messages)).containsExactly(1L, 2L);

        append(1);
        lane.runAll();
        assertThat(client.take()).isEmpty();
        pass(Duration.ofSeconds(2));
        assertThat(positions(client.take())).containsExactly(3L);
    }

    @Test
    void a_full_batch_goes_without_waiting() {
        startLingering(Duration.ofSeconds(2));
        client.take();

        append(BATCH_EVENTS_MAX);
        lane.runAll();

        assertThat(positions(client.take())).isEqualTo(range(1, BATCH_EVENTS_MAX));
    }

    @Test
    void the_past_is_never_held_back() {
        append(3);

        startLingering(Duration.ofSeconds(2));

        assertThat(kinds(client.take())).containsExactly(KindCase.CONFIRMED, KindCase.BATCH, KindCase.CAUGHT_UP);
    }

    @Test
    void starts_after_a_position() {
        append(5);
        startAfter(3);
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(messages.getFirst().getConfirmed().getStartPosition()).isEqualTo(3);
        assertThat(positions(messages)).containsExactly(4L, 5L);
    }

    @Test
    void starts_with_the_first_event_recorded_at_or_after_a_time() {
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON));
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(10)));
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(20)));

        start(plan(new RecordedSince(SampleEvent.NOON.plusSeconds(10))));
        lane.runAll();

        assertThat(positions(client.take())).containsExactly(2L, 3L);
    }

    @Test
    void a_time_to_come_leaves_out_what_is_recorded_until_then() {
        start(plan(new RecordedSince(SampleEvent.NOON.plusSeconds(10))));
        lane.runAll();
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(9)));
        lane.runAll();
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(9)));
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(10)));
        lane.runAll();
        store.append(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(11)));
        lane.runAll();

        assertThat(positions(client.take())).containsExactly(3L, 4L);
    }

    @Test
    void starts_after_a_checkpoint_or_with_the_oldest_event_when_there_is_none() {
        append(5);
        store.setCheckpoint("worker", 4);

        start(plan(new AtCheckpoint("worker")));
        lane.runAll();
        assertThat(positions(client.take())).containsExactly(5L);

        HandObserver<SubscribeAllResponse> other = new HandObserver<>(SubscribeAllResponse.parser());
        start(plan(new AtCheckpoint("nobody")), other);
        lane.runAll();
        assertThat(positions(other.take())).isEqualTo(range(1, 5));
    }

    @Test
    void positions_never_go_back() {
        append(7);
        store.scanAtMost(3);
        startAfter(2);
        lane.runAll();
        pass(HEARTBEAT);
        append((int) LIVE_LAG_MAX + 2);
        lane.runAll();

        List<Long> positions =
                client.take().stream().map(SubscribeAllResponse::getPosition).toList();
        assertThat(positions).isSorted();
        assertThat(positions.getFirst()).isEqualTo(2);
    }

    @Test
    void cancelling_releases_everything() {
        append(1);
        startAfter(0);
        lane.runAll();
        assertThat(timers.pending()).isEqualTo(1);
        assertThat(subscriptions.count()).isEqualTo(1);

        client.cancel();
        lane.runAll();
        append(1);
        lane.runAll();

        assertThat(timers.pending()).isZero();
        assertThat(subscriptions.count()).isZero();
        assertThat(client.isEnded()).isFalse();
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void a_stopping_server_ends_even_a_stalled_subscriber() {
        startAfter(0);
        lane.runAll();
        client.becomeBusy();

        subscriptions.close();
        lane.runAll();

        assertThat(client.failure()).isEqualTo("NOT_READY");
        assertThat(subscriptions.count()).isZero();
        assertThat(timers.pending()).isZero();
        assertThat(store.listeners()).isZero();
    }

    @Test
    void a_subscriber_that_comes_while_the_server_stops_is_turned_away() {
        subscriptions.close();

        startAfter(0);
        lane.runAll();

        assertThat(client.take()).isEmpty();
        assertThat(client.failure()).isNotEmpty();
        assertThat(subscriptions.count()).isZero();
    }

    @Test
    void a_store_that_stops_serving_ends_its_subscribers() {
        startAfter(0);
        lane.runAll();

        store.fail();
        lane.runAll();

        assertThat(client.failure()).isEqualTo("NOT_READY");
        assertThat(subscriptions.count()).isZero();
    }

    @Test
    void a_damaged_event_ends_the_subscription_after_the_good_ones_before_it() {
        append(5);
        store.damage(4);

        startAfter(0);
        lane.runAll();

        List<SubscribeAllResponse> messages = client.take();
        assertThat(positions(messages)).containsExactly(1L, 2L, 3L);
        assertThat(messages.getLast().getPosition()).isEqualTo(3);
        assertThat(client.failure()).isEqualTo("EVENT_UNREADABLE");
        assertThat(subscriptions.count()).isZero();
    }

    private void append(int count) {
        store.append(SampleEvent.of("a", "b"), count);
    }

    private void pass(Duration duration) {
        timers.pass(duration);
        lane.runAll();
    }

    private void startAfter(long position) {
        start(plan(new After(new Position(position))));
    }

    private void startLingering(Duration linger) {
        start(new SubscriptionPlan(
                EventFilter.ALL, new After(Position.NONE), HEARTBEAT, linger, StreamFixture.delivery()));
        lane.runAll();
    }

    private static SubscriptionPlan plan(StartPoint start) {
        return new SubscriptionPlan(EventFilter.ALL, start, HEARTBEAT, Duration.ZERO, StreamFixture.delivery());
    }

    private void start(SubscriptionPlan plan) {
        start(plan, client);
    }

    private void start(SubscriptionPlan plan, HandObserver<SubscribeAllResponse> observer) {
        Subscription subscription =
                new Subscription(() -> plan, new Outlet(observer, fixture.budget), fixture.environment, subscriptions);
        subscriptions.add(subscription);
        subscription.start();
    }

    private static List<KindCase> kinds(List<SubscribeAllResponse> messages) {
        return messages.stream().map(SubscribeAllResponse::getKindCase).toList();
    }

    private static List<Long> positions(List<SubscribeAllResponse> messages) {
        return messages.stream()
                .flatMap(it -> it.getBatch().getEventsList().stream())
                .map(RecordedEvent::getPosition)
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
