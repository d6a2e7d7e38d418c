package dev.foldlog.server.grpc.stream;

import static dev.foldlog.server.grpc.stream.StreamFixture.BATCH_BYTES_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.server.grpc.stream.ReadPlan.Opened;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.SubscribeAllResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thousand clients that take one message and then nothing, and one that takes everything. */
final class StalledStreamsTest {
    private static final int STALLED = 1_000;
    private static final int EVENTS = 5;
    private static final long RESERVE = 3L * BATCH_BYTES_MAX;
    private static final long BYTES_MAX = 16L * BATCH_BYTES_MAX;
    private static final long CONFIRMED_BYTES_MAX = 100;

    private final StreamFixture fixture = new StreamFixture();
    private final DeliveryBudget budget = new DeliveryBudget(BYTES_MAX, RESERVE, fixture.timers);
    private final Subscriptions subscriptions = new Subscriptions(fixture.store, fixture.lane, STALLED + 1);
    private final List<HandObserver<?>> stalled = new ArrayList<>();
    private int openReads;

    @Test
    void subscribers_hold_no_more_than_the_budget_and_a_bystander_goes_on() {
        append();
        HandObserver<ReadAllResponse> bystander = new HandObserver<>(ReadAllResponse.parser());
        bystander.becomeReadyFor(1);
        read(bystander);
        fixture.lane.runAll();
        for (int i = 0; i < STALLED; i++) {
            subscribe();
        }
        fixture.lane.runAll();

        assertThat(heldBytes()).isBetween(BYTES_MAX / 2, BYTES_MAX + STALLED * CONFIRMED_BYTES_MAX);
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(BYTES_MAX);
        assertGoesOn(bystander);
    }

    @Test
    void reads_hold_no_more_than_the_budget_and_a_bystander_goes_on() {
        append();
        HandObserver<ReadAllResponse> bystander = new HandObserver<>(ReadAllResponse.parser());
        bystander.becomeReadyFor(1);
        read(bystander);
        fixture.lane.runAll();
        for (int i = 0; i < STALLED; i++) {
            HandObserver<ReadAllResponse> client = new HandObserver<>(ReadAllResponse.parser());
            client.becomeReadyFor(1);
            stalled.add(client);
            read(client);
        }
        fixture.lane.runAll();

        assertThat(heldBytes()).isBetween(BYTES_MAX / 2, BYTES_MAX);
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(BYTES_MAX);
        assertGoesOn(bystander);
    }

    @Test
    void the_last_message_of_a_read_counts_until_the_client_took_it() {
        fixture.store.append(SampleEvent.of("a", "b").withPayload(json(BATCH_BYTES_MAX - 500)));
        HandObserver<ReadAllResponse> client = new HandObserver<>(ReadAllResponse.parser());
        client.becomeReadyFor(1);
        read(client);
        fixture.lane.runAll();

        assertThat(client.sizes()).hasSize(1);
        assertThat(client.isCompleted()).isFalse();
        assertThat(openReads).isOne();
        assertThat(budget.usedBytes()).isEqualTo(client.sizes().getFirst().longValue());
        client.becomeReady();
        fixture.lane.runAll();
        assertThat(client.isCompleted()).isTrue();
        assertThat(openReads).isZero();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void streams_whose_clients_take_everything_leave_nothing_behind() {
        append();
        HandObserver<ReadAllResponse> reader = new HandObserver<>(ReadAllResponse.parser());
        HandObserver<SubscribeAllResponse> subscriber = new HandObserver<>(SubscribeAllResponse.parser());
        read(reader);
        subscribe(subscriber);
        fixture.lane.runAll();

        assertThat(reader.isCompleted()).isTrue();
        assertThat(budget.usedBytes()).isZero();
        subscriber.cancel();
        fixture.lane.runAll();
        assertThat(budget.usedBytes()).isZero();
    }

    /** One that took a message before goes on at once, a newcomer when the patience with others is over. */
    private void assertGoesOn(HandObserver<ReadAllResponse> bystander) {
        bystander.becomeReady();
        fixture.lane.runAll();
        assertThat(bystander.isCompleted()).isTrue();
        assertThat(bystander.take()).hasSize(EVENTS);

        HandObserver<ReadAllResponse> newcomer = new HandObserver<>(ReadAllResponse.parser());
        read(newcomer);
        fixture.lane.runAll();
        assertThat(newcomer.sizes()).isEmpty();
        for (int i = 0; i < STALLED && !newcomer.isCompleted(); i++) {
            fixture.timers.pass(DeliveryBudget.PATIENCE.plusSeconds(1));
            fixture.lane.runAll();
            assertThat(heldBytes()).isLessThanOrEqualTo(BYTES_MAX + STALLED * CONFIRMED_BYTES_MAX);
        }
        assertThat(newcomer.isCompleted()).isTrue();
        assertThat(newcomer.take()).hasSize(EVENTS);
    }

    /** What the transport of calls that are still open was handed. */
    private long heldBytes() {
        return stalled.stream()
                .filter(it -> !it.isCancelled())
                .flatMap(it -> it.sizes().stream())
                .mapToLong(Integer::longValue)
                .sum();
    }

    private void append() {
        for (int i = 0; i < EVENTS; i++) {
            fixture.store.append(SampleEvent.of("a", "b").withPayload(json(BATCH_BYTES_MAX - 500)));
        }
    }

    private void subscribe() {
        HandObserver<SubscribeAllResponse> client = new HandObserver<>(SubscribeAllResponse.parser());
        client.becomeReadyFor(2);
        stalled.add(client);
        subscribe(client);
    }

    private void subscribe(HandObserver<SubscribeAllResponse> client) {
        SubscriptionPlan plan = new SubscriptionPlan(
                EventFilter.ALL,
                new StartPoint.After(Position.NONE),
                Duration.ofMinutes(5),
                Duration.ZERO,
                StreamFixture.delivery());
        Subscription subscription =
                new Subscription(() -> plan, new Outlet(client, budget), fixture.environment, subscriptions);
        subscriptions.add(subscription);
        subscription.start();
    }

    private void read(HandObserver<ReadAllResponse> client) {
        Position head = fixture.store.head();
        LogRead read = new LogRead(EventFilter.ALL, Direction.FORWARD, Position.NONE, head);
        BatchForm form = new BatchForm.OfAll(Direction.FORWARD, Position.NONE, head);
        ReadPlan plan = new ReadPlan(() -> new Opened(fixture.store.readAll(read), form), 0, StreamFixture.delivery());
        openReads++;
        PageStream stream =
                new PageStream(() -> plan, new Outlet(client, budget), fixture.environment, () -> openReads--);
        stream.start();
    }

    private static String json(int length) {
        return "{\"a\":\"" + "x".repeat(length) + "\"}";
    }
}
