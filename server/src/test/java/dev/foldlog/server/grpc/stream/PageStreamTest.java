package dev.foldlog.server.grpc.stream;

import static dev.foldlog.server.grpc.stream.StreamFixture.BATCH_BYTES_MAX;
import static dev.foldlog.server.grpc.stream.StreamFixture.BATCH_EVENTS_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.grpc.stream.ReadPlan.Opened;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.RecordedEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PageStreamTest {
    private static final EventFilter ONLY_RARE = new EventFilter(
            Set.of(), Set.of("rare"), Set.of(), Set.of(), Set.of(), Set.of(), null, null, Set.of(), List.of());

    private final StreamFixture fixture = new StreamFixture();
    private final ListStore store = fixture.store;
    private final HandLane lane = fixture.lane;
    private final HandObserver<ReadAllResponse> client = new HandObserver<>(ReadAllResponse.parser());
    private int ends;

    @Test
    void an_empty_log_is_one_message_without_events() {
        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(client.take()).containsExactly(ReadAllResponse.getDefaultInstance());
        assertThat(client.isCompleted()).isTrue();
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void every_event_comes_once_in_order_in_messages_of_the_largest_size() {
        append(2 * BATCH_EVENTS_MAX + 3);

        start(EventFilter.ALL, 0);
        lane.runAll();

        List<ReadAllResponse> messages = client.take();
        assertThat(messages)
                .extracting(ReadAllResponse::getEventsCount)
                .containsExactly(BATCH_EVENTS_MAX, BATCH_EVENTS_MAX, 3);
        assertThat(positions(messages)).isEqualTo(range(1, 2 * BATCH_EVENTS_MAX + 3));
        assertThat(messages).extracting(ReadAllResponse::getScannedPosition).containsExactly(10L, 20L, 23L);
        assertThat(client.isCompleted()).isTrue();
    }

    @Test
    void nothing_is_fetched_while_the_client_is_not_ready() {
        append(5 * BATCH_EVENTS_MAX);
        client.becomeBusy();

        start(EventFilter.ALL, 0);
        lane.runAll();
        assertThat(store.looks()).isZero();

        client.becomeReadyFor(2);
        lane.runAll();
        assertThat(store.looks()).isEqualTo(2);
        assertThat(client.take()).hasSize(2);
        assertThat(lane.waiting()).isZero();

        client.becomeReady();
        lane.runAll();
        assertThat(positions(client.take())).isEqualTo(range(21, 50));
        assertThat(client.isCompleted()).isTrue();
    }

    @Test
    void one_page_task_is_in_flight_at_a_time() {
        append(5 * BATCH_EVENTS_MAX);

        start(EventFilter.ALL, 0);
        for (int i = 0; i < 5; i++) {
            client.becomeReady();
            client.becomeReady();
            assertThat(lane.waiting()).isEqualTo(1);
            lane.runOne();
        }

        assertThat(store.looks()).isEqualTo(5);
    }

    @Test
    void a_limit_ends_the_read_and_its_last_message_says_where_to_go_on() {
        append(3 * BATCH_EVENTS_MAX);

        start(EventFilter.ALL, BATCH_EVENTS_MAX + 2);
        lane.runAll();

        List<ReadAllResponse> messages = client.take();
        assertThat(positions(messages)).isEqualTo(range(1, BATCH_EVENTS_MAX + 2));
        assertThat(messages.getLast().getScannedPosition()).isEqualTo(BATCH_EVENTS_MAX + 2);
        assertThat(client.isCompleted()).isTrue();
    }

    @Test
    void a_sparse_filter_says_how_far_it_has_come_though_no_events_come() {
        append(7);
        store.append(SampleEvent.of("a", "rare"));
        append(7);
        store.scanAtMost(5);

        start(ONLY_RARE, 0);
        lane.runAll();

        List<ReadAllResponse> messages = client.take();
        assertThat(messages).extracting(ReadAllResponse::getScannedPosition).containsExactly(5L, 10L, 15L);
        assertThat(positions(messages)).containsExactly(8L);
    }

    @Test
    void an_event_larger_than_a_message_goes_alone() {
        store.append(SampleEvent.of("a", "b"));
        store.append(SampleEvent.of("a", "b").withPayload(json(2 * BATCH_BYTES_MAX)));
        store.append(SampleEvent.of("a", "b"));

        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(client.take()).extracting(ReadAllResponse::getEventsCount).containsExactly(1, 1, 1);
    }

    @Test
    void a_message_stays_below_its_bytes_however_small_the_events() {
        store.append(SampleEvent.of("a", "b").withPayload(json(BATCH_BYTES_MAX / 5)), 40);

        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(positions(client.take())).isEqualTo(range(1, 40));
        assertThat(client.sizes()).allMatch(size -> size <= BATCH_BYTES_MAX);
    }

    @Test
    void a_damaged_event_ends_the_stream_after_the_good_ones_before_it() {
        append(2 * BATCH_EVENTS_MAX);
        store.damage(14);

        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(positions(client.take())).isEqualTo(range(1, 13));
        assertThat(client.failure()).isEqualTo("EVENT_UNREADABLE");
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void an_event_that_cannot_be_encoded_ends_the_stream_after_the_good_ones_before_it() {
        append(4);
        store.append(SampleEvent.of("a", SampleEvent.UNENCODABLE));
        append(4);

        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(positions(client.take())).isEqualTo(range(1, 4));
        assertThat(client.isCompleted()).isFalse();
        assertThat(client.failure()).isEqualTo("EVENT_UNREADABLE");
    }

    @Test
    void a_read_that_cannot_be_opened_fails_the_call() {
        ReadPlan plan = new ReadPlan(
                () -> {
                    throw new StoreException(ErrorCode.UNAVAILABLE, "closed");
                },
                0,
                StreamFixture.delivery());

        new PageStream(() -> plan, new Outlet(client, fixture.budget), fixture.environment, () -> ends++).start();
        lane.runAll();

        assertThat(client.failure()).isEqualTo("NOT_READY");
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void a_call_that_cannot_be_completed_ends_once() {
        client.failToComplete();

        start(EventFilter.ALL, 0);
        lane.runAll();

        assertThat(ends).isEqualTo(1);
    }

    @Test
    void a_read_of_one_partition_shows_that_it_goes_on_while_a_filter_finds_nothing() {
        append(12);
        store.append(SampleEvent.of("a", "rare"));
        append(7);
        store.scanAtMost(5);
        HandObserver<ReadStreamResponse> reader = new HandObserver<>(ReadStreamResponse.parser());
        BatchForm form = new BatchForm.OfStream(new Sequence(20), store.head());
        LogRead read = new LogRead(ONLY_RARE, Direction.FORWARD, Position.NONE, store.head());
        ReadPlan plan = new ReadPlan(() -> new Opened(store.readAll(read), form), 0, StreamFixture.delivery());

        new PageStream(() -> plan, new Outlet(reader, fixture.budget), fixture.environment, () -> ends++).start();
        lane.runAll();

        assertThat(reader.take()).extracting(ReadStreamResponse::getEventsCount).containsExactly(0, 0, 1);
        assertThat(reader.isCompleted()).isTrue();
    }

    @Test
    void a_cancelled_read_looks_no_more_and_leaves_nothing() {
        append(5 * BATCH_EVENTS_MAX);
        start(EventFilter.ALL, 0);
        lane.runOne();

        client.cancel();
        lane.runAll();

        assertThat(store.looks()).isEqualTo(1);
        assertThat(client.isEnded()).isFalse();
        assertThat(ends).isEqualTo(1);
        assertThat(lane.waiting()).isZero();
    }

    private void append(int count) {
        store.append(SampleEvent.of("a", "b"), count);
    }

    private void start(EventFilter filter, long limit) {
        Position head = store.head();
        LogRead read = new LogRead(filter, Direction.FORWARD, Position.NONE, head);
        BatchForm form = new BatchForm.OfAll(Direction.FORWARD, Position.NONE, head);
        ReadPlan plan = new ReadPlan(() -> new Opened(store.readAll(read), form), limit, StreamFixture.delivery());
        new PageStream(() -> plan, new Outlet(client, fixture.budget), fixture.environment, () -> ends++).start();
    }

    private static String json(int length) {
        return "{\"a\":\"" + "x".repeat(length) + "\"}";
    }

    private static List<Long> positions(List<ReadAllResponse> messages) {
        return messages.stream()
                .flatMap(it -> it.getEventsList().stream())
                .map(RecordedEvent::getPosition)
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
