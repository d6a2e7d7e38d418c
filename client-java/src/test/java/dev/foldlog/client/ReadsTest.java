package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.client.error.PositionAheadException;
import dev.foldlog.client.error.ResourceNotFoundException;
import dev.foldlog.client.error.TransportException;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadsTest {
    private static final int EVENTS = 60;
    private static final ReadOptions SMALL_BATCHES =
            ReadOptions.newBuilder().setMaxBatchEvents(5).build();
    private static final Instant OLD = Instant.parse("2024-01-01T00:00:00Z");

    private final ServedStore store = ServedStore.inProcess();
    private final FailingServer front = FailingServer.before(store.channel());
    private final Foldlog client = store.client();

    /** The partitions a and b in turn, one event a second by their producers. */
    @BeforeEach
    void fill() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(Events.draft(i % 2 == 0 ? "a" : "b")
                    .setTimestamp(WireTimes.timestamp(OLD.plusSeconds(i)))
                    .build());
        }
        client.append(events);
    }

    @AfterEach
    void stop() {
        front.close();
        store.close();
    }

    @Test
    void reads_a_partition_forward_and_backward() {
        assertThat(Events.sequences(client.readStream("a").toList())).isEqualTo(upTo(30));
        assertThat(Events.sequences(client.readStream(ReadStreamRequest.newBuilder()
                                .setPartitionKey("a")
                                .setDirection(Direction.DIRECTION_BACKWARD)
                                .setLimit(2)
                                .build())
                        .toList()))
                .containsExactly(30L, 29L);
    }

    @Test
    void tells_the_snapshot_and_the_last_sequence_also_of_what_is_empty() {
        try (EventIterator events = client.readStream("nobody")) {
            assertThat(events.asOfPosition()).isEqualTo(EVENTS);
            assertThat(events.lastSequence()).isZero();
            assertThat(events.hasNext()).isFalse();
            assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
        }
        try (EventIterator events = client.readStream("b")) {
            assertThat(events.lastSequence()).isEqualTo(30);
            assertThat(events.next().getSequence()).isEqualTo(1);
        }
    }

    @Test
    void reads_the_recent_slice_of_a_partition() {
        Instant since = OLD.plusSeconds(50);

        assertThat(Events.sequences(client.readStreamSince("a", since).toList()))
                .containsExactly(26L, 27L, 28L, 29L, 30L);
        try (EventIterator newest = client.readStreamSince(ReadStreamSinceRequest.newBuilder()
                .setPartitionKey("a")
                .setSince(WireTimes.timestamp(since))
                .setLimit(2)
                .build())) {
            assertThat(newest.isTruncated()).isTrue();
            assertThat(Events.sequences(newest.toList())).containsExactly(29L, 30L);
        }
    }

    @Test
    void loads_the_history_of_thirty_days_unless_told_otherwise() {
        Instant now = Instant.now();
        client.append(
                Events.draft("h")
                        .setTimestamp(WireTimes.timestamp(now.minus(Duration.ofDays(31))))
                        .build(),
                Events.draft("h")
                        .setTimestamp(WireTimes.timestamp(now.minus(Duration.ofDays(29))))
                        .build(),
                Events.event("h"));

        assertThat(Events.sequences(client.loadHistory("h"))).containsExactly(2L, 3L);
        assertThat(Events.sequences(client.loadHistory("h", Duration.ofDays(32))))
                .containsExactly(1L, 2L, 3L);
        assertThat(Events.sequences(client.loadHistory("h", Duration.ofDays(1))))
                .containsExactly(3L);
    }

    @Test
    void reads_across_partitions_as_a_stream_that_can_be_left() {
        try (Stream<RecordedEvent> events = client.readAll(Events.everything()).stream()) {
            assertThat(events.filter(it -> it.getPartitionKey().equals("b"))
                            .limit(3)
                            .map(RecordedEvent::getPosition))
                    .containsExactly(2L, 4L, 6L);
        }
    }

    @Test
    void a_snapshot_hides_what_came_later() {
        long position = client.storeInfo().getHeadPosition();
        client.append(Events.event("a"));

        List<RecordedEvent> events = client.readAll(
                        ReadAllRequest.newBuilder().setAsOfPosition(position).build())
                .toList();

        assertThat(events).hasSize(EVENTS);
    }

    @Test
    void a_read_that_breaks_goes_on_where_it_was() {
        List<Function<Foldlog, EventIterator>> reads = List.of(
                it -> it.readStream(stream(Direction.DIRECTION_FORWARD, 0)),
                it -> it.readStream(stream(Direction.DIRECTION_FORWARD, 23)),
                it -> it.readStream(stream(Direction.DIRECTION_BACKWARD, 0)),
                it -> it.readStream(stream(Direction.DIRECTION_BACKWARD, 23)),
                it -> it.readStreamSince(since(0)),
                it -> it.readStreamSince(since(17)),
                it -> it.readAll(all(Direction.DIRECTION_FORWARD, 0)),
                it -> it.readAll(all(Direction.DIRECTION_FORWARD, 33)),
                it -> it.readAll(all(Direction.DIRECTION_BACKWARD, 0)),
                it -> it.readAll(all(Direction.DIRECTION_BACKWARD, 33)));
        Foldlog cut = front.client(ServedStore.OPTIONS);

        for (Function<Foldlog, EventIterator> read : reads) {
            List<RecordedEvent> whole = read.apply(client).toList();
            int before = front.reads().size();
            front.cutNextReadsAfter(2, 0, 1, 1);
            List<RecordedEvent> resumed = read.apply(cut).toList();

            assertThat(resumed).as("%s", front.reads().get(before)).isEqualTo(whole);
            assertThat(front.reads()).hasSize(before + 5);
        }
    }

    /** As of 0 means the head at the call, which is not what an empty snapshot is. */
    @Test
    void a_read_of_an_empty_store_that_breaks_stays_empty() {
        try (ServedStore empty = ServedStore.inProcess();
                FailingServer cutting = FailingServer.before(empty.channel())) {
            cutting.cutNextReadsAfter(1);
            EventIterator events = cutting.client(ServedStore.OPTIONS).readAll(Events.everything());
            assertThat(events.asOfPosition()).isZero();
            empty.client().append(Events.event("a"));

            assertThat(events.toList()).isEmpty();
        }
    }

    @Test
    void a_read_that_keeps_breaking_is_given_up() {
        front.cutNextReadsAfter(0, 0, 0);
        Foldlog impatient = front.client(
                ServedStore.OPTIONS.withRetry(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1))));

        assertThatThrownBy(() -> impatient.readStream("a").hasNext()).isInstanceOf(TransportException.class);
        assertThat(front.reads()).hasSize(3);
    }

    @Test
    void a_read_that_is_refused_is_not_repeated() {
        PositionAheadException ahead = catchThrowableOfType(
                PositionAheadException.class,
                () -> front.client(ServedStore.OPTIONS)
                        .readAll(ReadAllRequest.newBuilder()
                                .setAsOfPosition(1_000)
                                .build())
                        .toList());

        assertThat(ahead.position()).isEqualTo(1_000);
        assertThat(ahead.headPosition()).isEqualTo(EVENTS);
        assertThat(front.reads()).hasSize(1);
    }

    @Test
    void a_closed_read_ends() {
        EventIterator events = client.readAll(all(Direction.DIRECTION_FORWARD, 0));
        events.next();

        events.close();

        assertThat(Stream.iterate(0, it -> events.hasNext(), it -> it + 1)
                        .map(it -> events.next().getPosition()))
                .hasSizeLessThan(EVENTS - 1);
    }

    @Test
    void finds_events_and_partitions() {
        RecordedEvent first = client.readStream("a").next();

        assertThat(client.getEvent(first.getEventId())).isEqualTo(first);
        assertThatThrownBy(() -> client.getEvent("nobody")).isInstanceOf(ResourceNotFoundException.class);
        assertThat(client.getPartition("a").getLastSequence()).isEqualTo(30);
        assertThat(client.getPartition("nobody").getLastSequence()).isZero();
    }

    @Test
    void lists_partitions_over_pages() {
        List<NewEvent> events = IntStream.range(0, 1_000)
                .mapToObj(it -> Events.event("p%04d".formatted(it)))
                .toList();
        client.append(events);
        client.append(Events.event("p1000"));

        assertThat(client.listPartitions("p").map(Partition::getPartitionKey))
                .hasSize(1_001)
                .isSorted()
                .startsWith("p0000")
                .endsWith("p1000");
        assertThat(client.listPartitions("nobody")).isEmpty();
        assertThat(client.listPartitions("")).hasSize(1_003);
    }

    private static ReadStreamRequest stream(Direction direction, long limit) {
        return ReadStreamRequest.newBuilder()
                .setPartitionKey("a")
                .setDirection(direction)
                .setLimit(limit)
                .setOptions(SMALL_BATCHES)
                .build();
    }

    private static ReadStreamSinceRequest since(long limit) {
        return ReadStreamSinceRequest.newBuilder()
                .setPartitionKey("a")
                .setSince(WireTimes.timestamp(OLD.plusSeconds(1)))
                .setLimit(limit)
                .setOptions(SMALL_BATCHES)
                .build();
    }

    private static ReadAllRequest all(Direction direction, long limit) {
        return ReadAllRequest.newBuilder()
                .setDirection(direction)
                .setLimit(limit)
                .setOptions(SMALL_BATCHES)
                .build();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
