package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ListPartitionsResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client of one Foldlog server: the composition root of this module. Thread-safe; make one and share it.
 *
 * <p>Every call has a deadline ({@link ClientOptions#deadline}) and throws
 * {@link FoldlogException} when it fails. What may pass (no connection, an overloaded
 * or starting server) is tried again, with full jitter, where that is safe: for reads, and for appends, because
 * their events always have ids. An append that has answered is as durable as
 * {@code storeInfo().getDurability()} says, and every later read shows it.
 */
public final class Foldlog implements AutoCloseable {
    /** How far back {@link #loadHistory(String)} looks. */
    public static final Duration HISTORY = Duration.ofDays(30);

    private static final int ANSWER_BYTES_MAX = 64 << 20;
    private static final int PAGE = 1_000;
    private static final Duration KEEPALIVE_TIME = Duration.ofSeconds(30);
    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);

    private final Channel channel;
    private final @Nullable ManagedChannel owned;
    private final ClientOptions options;
    private final ClientEnvironment environment;
    private final UnaryCalls calls;
    private final Reads reads;
    private final EventIds ids;
    private final Transactions transactions;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    private Foldlog(Channel channel, @Nullable ManagedChannel owned, ClientOptions options) {
        this.channel = requireNonNull(channel, "channel");
        this.owned = owned;
        this.options = requireNonNull(options, "options");
        this.environment = environment(channel);
        this.calls = new UnaryCalls(channel, options, environment);
        this.reads = new Reads(channel, options, environment);
        this.ids = new EventIds(environment.clock(), environment.random());
        this.transactions = new Transactions(reads, this::append, ids, options, environment);
    }

    /**
     * A client of the server at an address such as {@code 127.0.0.1:7070}, without TLS. The first call connects.
     */
    public static Foldlog connect(String target) {
        return connect(target, InsecureChannelCredentials.create(), ClientOptions.STANDARD);
    }

    /** A client of the server at an address, over a channel with these credentials. The first call connects. */
    public static Foldlog connect(String target, ChannelCredentials credentials, ClientOptions options) {
        if (target.isBlank()) {
            throw new IllegalArgumentException("target: '" + target + "' (expected: host:port)");
        }
        ManagedChannel channel = Grpc.newChannelBuilder(target, credentials)
                .maxInboundMessageSize(ANSWER_BYTES_MAX)
                .keepAliveTime(KEEPALIVE_TIME.toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(KEEPALIVE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)
                .userAgent("foldlog-java")
                .build();
        return new Foldlog(channel, channel, options);
    }

    /** A client over a channel of the caller's, who closes it: gRPC's in-process transport, or interceptors. */
    public static Foldlog over(Channel channel, ClientOptions options) {
        return new Foldlog(channel, null, options);
    }

    private static ClientEnvironment environment(Channel channel) {
        AtomicInteger threads = new AtomicInteger();
        return new ClientEnvironment(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()),
                task -> {
                    Thread thread = new Thread(task, "foldlog-subscription-" + threads.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                failure -> {
                    if (channel instanceof ManagedChannel managed) {
                        reconnect(managed, failure);
                    }
                });
    }

    /** A connection on which nothing came may be dead without anybody knowing: the next try gets another. */
    private static void reconnect(ManagedChannel channel, FoldlogException failure) {
        if (failure.statusCode() == Status.Code.DEADLINE_EXCEEDED) {
            channel.enterIdle();
        }
        channel.resetConnectBackoff();
    }

    /** Appends events, all or none, in this order, to one or more partitions. */
    public AppendResponse append(NewEvent... events) {
        return append(List.of(events));
    }

    /** Appends events, all or none, in this order, to one or more partitions. */
    public AppendResponse append(List<NewEvent> events) {
        return append(AppendRequest.newBuilder().addAllEvents(events).build());
    }

    /**
     * Appends events if all preconditions hold, and moves checkpoints with them: all or nothing. Events without an
     * id get a UUIDv7 (unless the request has a {@code request_id}, from which the server derives them), so that
     * the client's own repeats, and the application's with the same ids, store them once.
     *
     * @throws dev.foldlog.client.error.ConcurrencyConflictException when a precondition does not hold
     * @throws dev.foldlog.client.error.CheckpointMovedException when a checkpoint is not where it was expected
     * @throws dev.foldlog.client.error.EventIdConflictException when an id is stored with other content
     * @throws dev.foldlog.client.error.OutcomeUnknownException when no try brought an answer: stored whole or not
     *     at all; its request may be sent again
     */
    public AppendResponse append(AppendRequest request) {
        return calls.answer(EventStoreGrpc.getAppendMethod(), identified(request), Repeat.WRITE_WITH_IDS);
    }

    private AppendRequest identified(AppendRequest request) {
        if (!request.getRequestId().isEmpty()) {
            return request;
        }
        AppendRequest.Builder identified = request.toBuilder();
        for (NewEvent.Builder event : identified.getEventsBuilderList()) {
            if (event.getEventId().isEmpty()) {
                event.setEventId(ids.next());
            }
        }
        return identified.build();
    }

    /** A new id for an event: a UUIDv7, for applications that want to know it before the append. */
    public String newEventId() {
        return ids.next();
    }

    /** A whole partition, in sequence order. An unknown one is empty. The first pull makes the call. */
    public EventIterator readStream(String partitionKey) {
        return readStream(ReadStreamRequest.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .build());
    }

    /** One partition as the request says: direction, place, limit, snapshot, filter. */
    public EventIterator readStream(ReadStreamRequest request) {
        return reads.stream(request);
    }

    /**
     * The recent slice of a partition: events with {@code timestamp >= since}, in sequence order. Costs what the
     * slice costs, not the partition.
     */
    public EventIterator readStreamSince(String partitionKey, Instant since) {
        return readStreamSince(ReadStreamSinceRequest.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .setSince(WireTimes.timestamp(since))
                .build());
    }

    /** The recent slice of a partition as the request says: limit (from the end), snapshot, filter. */
    public EventIterator readStreamSince(ReadStreamSinceRequest request) {
        return reads.streamSince(request);
    }

    /** The events of all partitions that match, in position order, up to the head at the first pull. */
    public EventIterator readAll(EventFilter filter) {
        return readAll(ReadAllRequest.newBuilder()
                .setFilter(requireNonNull(filter, "filter"))
                .build());
    }

    /** The events of all partitions as the request says: direction, place, limit, snapshot. */
    public EventIterator readAll(ReadAllRequest request) {
        return reads.all(request);
    }

    /** The last 30 days of a partition by the events' own timestamps, in sequence order, in memory. */
    public List<RecordedEvent> loadHistory(String partitionKey) {
        return loadHistory(partitionKey, HISTORY);
    }

    /** The recent events of a partition, back by this much of this machine's clock, in sequence order, in memory. */
    public List<RecordedEvent> loadHistory(String partitionKey, Duration window) {
        if (window.isNegative()) {
            throw new IllegalArgumentException("window: " + window + " (expected: >= 0)");
        }
        return readStreamSince(partitionKey, environment.clock().instant().minus(window))
                .toList();
    }

    /**
     * One event by its id.
     *
     * @throws dev.foldlog.client.error.ResourceNotFoundException when there is none
     */
    public RecordedEvent getEvent(String eventId) {
        return calls.answer(
                        EventStoreGrpc.getGetEventMethod(),
                        GetEventRequest.newBuilder()
                                .setEventId(requireNonNull(eventId, "eventId"))
                                .build(),
                        Repeat.READ)
                .getEvent();
    }

    /** Head and bounds of a partition; an unknown one has last sequence 0. */
    public Partition getPartition(String partitionKey) {
        return calls.answer(
                        EventStoreGrpc.getGetPartitionMethod(),
                        GetPartitionRequest.newBuilder()
                                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                                .build(),
                        Repeat.READ)
                .getPartition();
    }

    /** The partitions whose keys have a prefix, in key order (bytewise), fetched a page at a time. */
    public Stream<Partition> listPartitions(String prefix) {
        requireNonNull(prefix, "prefix");
        return Pages.stream(token -> {
            ListPartitionsResponse page = calls.answer(
                    EventStoreGrpc.getListPartitionsMethod(),
                    ListPartitionsRequest.newBuilder()
                            .setPrefix(prefix)
                            .setPageSize(PAGE)
                            .setPageToken(token)
                            .build(),
                    Repeat.READ);
            return new Pages.Page<>(page.getPartitionsList(), page.getNextPageToken());
        });
    }

    /** Identity, head, durability, limits and features of the store. The cheapest call: use it to warm the channel. */
    public GetStoreInfoResponse storeInfo() {
        return calls.answer(
                EventStoreGrpc.getGetStoreInfoMethod(), GetStoreInfoRequest.getDefaultInstance(), Repeat.READ);
    }

    /** Named checkpoints. */
    public Checkpoints checkpoints() {
        return new Checkpoints(calls);
    }

    /** Follows every event after a position (0: from the oldest), first the past, then what comes. */
    public Subscription subscribeAll(SubscriptionHandler handler, long fromPosition) {
        return subscribeAll(handler, SubscribeOptions.after(fromPosition));
    }

    /** Follows the log as the options say, on a thread of its own. Returns at once; close it, or this client. */
    public Subscription subscribeAll(SubscriptionHandler handler, SubscribeOptions subscribe) {
        SubscriptionLoop loop =
                new SubscriptionLoop(channel, subscribe, requireNonNull(handler, "handler"), options, environment);
        Subscription subscription = Subscription.start(loop, environment);
        subscriptions.removeIf(it -> !it.isRunning());
        subscriptions.add(subscription);
        return subscription;
    }

    /**
     * Runs a function that reads and appends, as if nobody else wrote meanwhile (serializable for the events read
     * through the unit; projection states read meanwhile are not covered).
     *
     * <p>Optimistic: the first read fixes a snapshot, appends are held back and seen by later reads of the unit,
     * and the commit is one append on the conditions that nothing read has changed. On a conflict the function
     * runs again, at most {@link ClientOptions#rerunsMax} times, with full jitter; on an unknown outcome the same
     * request is sent again. A function that only reads commits nothing: its reads are of one snapshot already.
     * The unit's reads may have 1,000 different conditions and its appends the limits of one append.
     *
     * @return what the function returned in the run that was committed
     * @throws X what the function throws, which ends the unit without an effect
     * @throws dev.foldlog.client.error.ConcurrencyConflictException when the last rerun met a conflict too
     * @throws dev.foldlog.client.error.OutcomeUnknownException when no try of the commit brought an answer
     */
    public <T extends @Nullable Object, X extends Exception> T withTransaction(TransactionFunction<T, X> function)
            throws X {
        return transactions.run(requireNonNull(function, "function"));
    }

    /** As {@link #withTransaction} runs them; for tests. */
    Transactions transactions() {
        return transactions;
    }

    /** Ends the subscriptions and the channel, unless it is the caller's; calls under way get a second. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        if (owned == null) {
            return;
        }
        owned.shutdown();
        try {
            owned.awaitTermination(CLOSE_GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            owned.shutdownNow();
        }
    }
}
