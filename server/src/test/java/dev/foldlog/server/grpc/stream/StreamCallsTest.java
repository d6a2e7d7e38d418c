package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streaming calls as a client sees them, over a store that nothing is appended to meanwhile. */
final class StreamCallsTest {
    private static final int SUBSCRIPTIONS_MAX = 2;

    private final ListStore store = new ListStore();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final SwitchLane lane = new SwitchLane(thread);
    private final HandTimers timers = new HandTimers();
    private final String name = UUID.randomUUID().toString();
    private EventStreams streams;
    private Server server;
    private ManagedChannel channel;
    private EventStoreGrpc.EventStoreBlockingStub client;

    @BeforeEach
    void start() throws IOException {
        Limits limits =
                new Limits(1 << 20, 4 << 20, 1_000, 10, 4_000, SUBSCRIPTIONS_MAX, java.time.Duration.ofHours(24));
        streams = new EventStreams(new StreamEnvironment(
                store,
                new dev.foldlog.server.grpc.codec.ProtoEventCodec(),
                lane,
                timers,
                timers,
                limits,
                new StatusMapper(new Random(1)),
                new FilterExpressions(CelExpressions.standard())));
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(streams.serviceWith(new EventStoreGrpc.EventStoreImplBase() {}))
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).build();
        client = EventStoreGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        thread.shutdown();
    }

    @Test
    void reads_a_partition_forward_and_backward_with_its_last_sequence_and_the_snapshot() {
        add("a", 3);
        add("b", 2);
        ReadStreamRequest forward =
                ReadStreamRequest.newBuilder().setPartitionKey("a").build();

        List<ReadStreamResponse> messages = all(client.readStream(forward));
        assertThat(sequences(messages)).containsExactly(1L, 2L, 3L);
        assertThat(messages.getFirst().getLastSequence()).isEqualTo(3);
        assertThat(messages.getFirst().getAsOfPosition()).isEqualTo(5);

        assertThat(sequences(all(client.readStream(forward.toBuilder()
                        .setDirection(Direction.DIRECTION_BACKWARD)
                        .build()))))
                .containsExactly(3L, 2L, 1L);
        assertThat(sequences(all(client.readStream(forward.toBuilder()
                        .setDirection(Direction.DIRECTION_BACKWARD)
                        .setAfterSequence(3)
                        .setLimit(1)
                        .build()))))
                .containsExactly(2L);
        assertThat(sequences(all(
                        client.readStream(forward.toBuilder().setAsOfPosition(2).build()))))
                .containsExactly(1L, 2L);
    }

    @Test
    void an_unknown_partition_is_one_batch_without_events() {
        add("a", 3);

        List<ReadStreamResponse> messages = all(client.readStream(
                ReadStreamRequest.newBuilder().setPartitionKey("nobody").build()));

        assertThat(messages)
                .containsExactly(
                        ReadStreamResponse.newBuilder().setAsOfPosition(3).build());
    }

    @Test
    void the_slice_since_a_time_says_from_the_first_message_on_whether_it_was_cut() {
        for (int i = 0; i < 25; i++) {
            store.add(SampleEvent.of("a", "b").at(SampleEvent.NOON.plusSeconds(i)));
        }
        ReadStreamSinceRequest request = ReadStreamSinceRequest.newBuilder()
                .setPartitionKey("a")
                .setSince(Timestamp.newBuilder().setSeconds(SampleEvent.NOON.getEpochSecond() + 2))
                .build();

        List<ReadStreamSinceResponse> whole = all(client.readStreamSince(request));
        assertThat(whole).hasSize(3).noneMatch(ReadStreamSinceResponse::getTruncated);
        assertThat(whole.getFirst().getEvents(0).getSequence()).isEqualTo(3);

        List<ReadStreamSinceResponse> cut =
                all(client.readStreamSince(request.toBuilder().setLimit(12).build()));
        assertThat(cut).hasSize(2).allMatch(ReadStreamSinceResponse::getTruncated);
        assertThat(cut.getFirst().getEvents(0).getSequence()).isEqualTo(14);
    }

    @Test
    void reads_the_log_as_of_a_position_in_both_directions() {
        add("a", 5);

        assertThat(positions(ReadAllRequest.newBuilder().setAsOfPosition(3))).containsExactly(1L, 2L, 3L);
        assertThat(positions(ReadAllRequest.newBuilder().setAfterPosition(2))).containsExactly(3L, 4L, 5L);
        assertThat(positions(ReadAllRequest.newBuilder()
                        .setDirection(Direction.DIRECTION_BACKWARD)
                        .setAfterPosition(3)))
                .containsExactly(2L, 1L);
    }

    @Test
    void a_message_holds_no_more_events_than_asked_for() {
        add("a", 5);

        assertThat(all(client.readAll(ReadAllRequest.newBuilder()
                        .setOptions(ReadOptions.newBuilder().setMaxBatchEvents(2))
                        .build())))
                .extracting(ReadAllResponse::getEventsCount)
                .containsExactly(2, 2, 1);
    }

    @Test
    void headers_only_leaves_payloads_out() {
        add("a", 1);

        ReadAllResponse whole =
                client.readAll(ReadAllRequest.getDefaultInstance()).next();
        ReadAllResponse headers = client.readAll(ReadAllRequest.newBuilder()
                        .setOptions(ReadOptions.newBuilder().setHeadersOnly(true))
                        .build())
                .next();

        assertThat(whole.getEvents(0).getPayload().getJson()).isEqualTo("{}");
        assertThat(headers.getEvents(0).hasPayload()).isFalse();
        assertThat(headers.getEvents(0).getPosition()).isEqualTo(1);
    }

    @Test
    void all_violations_of_a_request_are_reported_together() {
        ErrorInfo info = refused(
                it -> it.readStream(ReadStreamRequest.newBuilder()
                        .setAfterSequence(-1)
                        .setLimit(-1)
                        .setAsOfPosition(-1)
                        .setDirectionValue(9)
                        .setOptions(
                                ReadOptions.newBuilder().setMaxBatchEvents(-1).setPayloadFormValue(9))
                        .build()),
                Status.Code.INVALID_ARGUMENT);

        assertThat(info.getReason()).isEqualTo("INVALID_FIELD");
        assertThat(info.getMetadataOrThrow("violation_count")).isEqualTo("7");
        assertThat(store.looks()).isZero();
    }

    @Test
    void a_slice_needs_a_time_and_an_expression_a_meaning() {
        assertThat(refused(
                                it -> it.readStreamSince(ReadStreamSinceRequest.newBuilder()
                                        .setPartitionKey("a")
                                        .build()),
                                Status.Code.INVALID_ARGUMENT)
                        .getReason())
                .isEqualTo("INVALID_FIELD");
        assertThat(refused(
                                it -> it.readAll(ReadAllRequest.newBuilder()
                                        .setFilter(EventFilter.newBuilder().setExpression("event.acton == 'x'"))
                                        .build()),
                                Status.Code.INVALID_ARGUMENT)
                        .getReason())
                .isEqualTo("INVALID_EXPRESSION");
    }

    @Test
    void positions_past_the_head_are_named() {
        add("a", 2);

        ErrorInfo snapshot = refused(
                it -> it.readAll(ReadAllRequest.newBuilder().setAsOfPosition(3).build()), Status.Code.OUT_OF_RANGE);
        ErrorInfo start = refused(
                it -> it.subscribeAll(
                        SubscribeAllRequest.newBuilder().setAfterPosition(3).build()),
                Status.Code.OUT_OF_RANGE);

        assertThat(snapshot.getReason()).isEqualTo("POSITION_AHEAD");
        assertThat(snapshot.getMetadataMap())
                .containsEntry("field", "as_of_position")
                .containsEntry("position", "3")
                .containsEntry("head_position", "2");
        assertThat(start.getMetadataMap()).containsEntry("field", "after_position");
    }

    @Test
    void a_foreign_store_id_is_a_mismatch_and_the_own_one_is_not() {
        SubscribeAllRequest own = SubscribeAllRequest.newBuilder()
                .setStoreId(store.storeId().toString())
                .build();

        assertThat(client.subscribeAll(own).next().hasConfirmed()).isTrue();
        assertThat(refused(
                                it -> it.subscribeAll(own.toBuilder()
                                        .setStoreId(UUID.randomUUID().toString())
                                        .setAfterPosition(99)
                                        .build()),
                                Status.Code.FAILED_PRECONDITION)
                        .getReason())
                .isEqualTo("STORE_MISMATCH");
    }

    @Test
    void intervals_out_of_range_are_refused() {
        for (long seconds : new long[] {-1, 0, 301}) {
            assertThat(refusedSubscription(SubscribeAllRequest.newBuilder()
                            .setHeartbeatInterval(Duration.newBuilder().setSeconds(seconds))))
                    .isEqualTo("INVALID_FIELD");
        }
        assertThat(refusedSubscription(SubscribeAllRequest.newBuilder()
                        .setMaxLinger(Duration.newBuilder().setSeconds(10).setNanos(1))))
                .isEqualTo("INVALID_FIELD");
        assertThat(refusedSubscription(SubscribeAllRequest.newBuilder().setCheckpoint("no spaces")))
                .isEqualTo("INVALID_FIELD");
    }

    @Test
    void live_only_starts_at_the_head_and_false_is_as_unset() {
        add("a", 3);

        SubscribeAllResponse live = client.subscribeAll(
                        SubscribeAllRequest.newBuilder().setLiveOnly(true).build())
                .next();
        SubscribeAllResponse past = client.subscribeAll(
                        SubscribeAllRequest.newBuilder().setLiveOnly(false).build())
                .next();

        assertThat(live.getConfirmed().getStartPosition()).isEqualTo(3);
        assertThat(past.getConfirmed().getStartPosition()).isZero();
        assertThat(past.getConfirmed().getHeartbeatInterval().getSeconds()).isEqualTo(15);
    }

    @Test
    void more_subscriptions_than_allowed_are_turned_away_until_one_ends() {
        Context.CancellableContext first = Context.current().withCancellation();
        first.run(() ->
                client.subscribeAll(SubscribeAllRequest.getDefaultInstance()).next());
        for (int i = 1; i < SUBSCRIPTIONS_MAX; i++) {
            client.subscribeAll(SubscribeAllRequest.getDefaultInstance()).next();
        }

        assertThat(refused(
                                it -> it.subscribeAll(SubscribeAllRequest.getDefaultInstance()),
                                Status.Code.RESOURCE_EXHAUSTED)
                        .getReason())
                .isEqualTo("OVERLOADED");

        first.cancel(null);
        await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(() -> client.subscribeAll(SubscribeAllRequest.getDefaultInstance())
                        .next()
                        .hasConfirmed());
    }

    @Test
    void new_calls_are_turned_away_while_the_lane_is_full() {
        lane.isFull = true;

        for (Function<EventStoreGrpc.EventStoreBlockingStub, Iterator<?>> call :
                List.<Function<EventStoreGrpc.EventStoreBlockingStub, Iterator<?>>>of(
                        it -> it.readAll(ReadAllRequest.getDefaultInstance()),
                        it -> it.subscribeAll(SubscribeAllRequest.getDefaultInstance()))) {
            assertThat(refused(call, Status.Code.RESOURCE_EXHAUSTED).getReason())
                    .isEqualTo("OVERLOADED");
        }
    }

    @Test
    void closing_ends_a_subscriber_with_not_ready() {
        Iterator<SubscribeAllResponse> subscriber = client.subscribeAll(SubscribeAllRequest.getDefaultInstance());
        subscriber.next();
        subscriber.next();

        streams.close();

        assertThat(refused(it -> subscriber, Status.Code.UNAVAILABLE).getReason())
                .isEqualTo("NOT_READY");
    }

    private void add(String partition, int count) {
        for (int i = 0; i < count; i++) {
            store.add(SampleEvent.of(partition, "b"));
        }
    }

    private String refusedSubscription(SubscribeAllRequest.Builder request) {
        return refused(it -> it.subscribeAll(request.build()), Status.Code.INVALID_ARGUMENT)
                .getReason();
    }

    private ErrorInfo refused(Function<EventStoreGrpc.EventStoreBlockingStub, Iterator<?>> call, Status.Code expected) {
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> call.apply(client).next());
        assertThat(failure).isNotNull();
        assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(expected);
        return Reasons.infoOf(failure);
    }

    private List<Long> positions(ReadAllRequest.Builder request) {
        return all(client.readAll(request.build())).stream()
                .flatMap(it -> it.getEventsList().stream())
                .map(RecordedEvent::getPosition)
                .toList();
    }

    private static List<Long> sequences(List<ReadStreamResponse> messages) {
        return messages.stream()
                .flatMap(it -> it.getEventsList().stream())
                .map(RecordedEvent::getSequence)
                .toList();
    }

    private static <T> List<T> all(Iterator<T> messages) {
        List<T> all = new ArrayList<>();
        messages.forEachRemaining(all::add);
        return all;
    }

    private static final class SwitchLane implements ReadLane {
        private final ExecutorService thread;
        private volatile boolean isFull;

        SwitchLane(ExecutorService thread) {
            this.thread = thread;
        }

        @Override
        public boolean isFull() {
            return isFull;
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }
    }
}
