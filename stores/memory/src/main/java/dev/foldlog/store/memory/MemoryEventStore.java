package dev.foldlog.store.memory;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.PartitionState;
import dev.foldlog.core.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The store in memory: what a store must do, in the plainest form. One lock, plain collections, reads that
 * look along the log; each store is new and empty, and what it holds is gone with it
 * ({@link Durability#MEMORY}). Thread-safe.
 *
 * <p>An append is judged and stored on the caller's thread before {@link #append} returns, so nothing waits
 * in a queue and nothing is OVERLOADED; callers wait for each other as long as one append or one page takes.
 * An append that would need more memory than the settings allow is STORAGE_FULL. There is no disk that could
 * fail, so an outcome is never unknown and no event is found damaged.
 */
public final class MemoryEventStore implements EventStore {
    private final MemorySettings settings;
    private final EventCodec codec;
    private final InstantSource clock;
    private final UUID storeId;
    private final LockedContents contents = new LockedContents();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Position head = Position.NONE;
    private volatile boolean isServing = true;

    private MemoryEventStore(MemorySettings settings, EventCodec codec, InstantSource clock, UUID storeId) {
        this.settings = requireNonNull(settings, "settings");
        this.codec = requireNonNull(codec, "codec");
        this.clock = requireNonNull(clock, "clock");
        this.storeId = storeId;
    }

    /** Makes a new, empty store. */
    public static MemoryEventStore open(MemorySettings settings, EventCodec codec, InstantSource clock) {
        return new MemoryEventStore(settings, codec, clock, UUID.randomUUID());
    }

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    @Override
    public Durability durability() {
        return Durability.MEMORY;
    }

    @Override
    public boolean isServing() {
        return isServing;
    }

    @Override
    public Registration onChange(Runnable listener) {
        Runnable registered = () -> listener.run(); // its own identity, so that one may register twice
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Append append) {
        return change(it -> new AppendJudge(it, codec, settings.bytesMax(), clock.instant()).judge(append));
    }

    @Override
    public CompletableFuture<CheckpointOutcome> moveCheckpoint(CheckpointMove move) {
        return change(it -> new CheckpointJudge(it, clock.instant()).judge(move));
    }

    @Override
    public CompletableFuture<Boolean> deleteCheckpoint(String name) {
        return change(it -> it.checkpoints().remove(name) != null);
    }

    @Override
    public Position head() {
        return head;
    }

    @Override
    public StreamSlice readStream(StreamRead read) {
        Sequence last = contents.with(it -> it.partition(read.partitionKey()).lastAsOf(read.asOf()));
        Function<Contents, Scan.Range> range = it ->
                new Scan.Range(it.partition(read.partitionKey()).entries().subList(0, (int) last.value()), read.asOf());
        Scan.Start start = new Scan.Start(read.direction(), read.after().value());
        return new StreamSlice(last, false, new Scan(contents, range, read.filter(), start));
    }

    @Override
    public StreamSlice readStreamSince(StreamSinceRead read) {
        return contents.with(it -> {
            Partition partition = it.partition(read.partitionKey());
            List<Entry> slice = partition.since(read.since()).stream()
                    .filter(entry -> !entry.position().isAfter(read.asOf()))
                    .toList();
            int cut = cutOff(slice, read);
            Scan.Range newest = new Scan.Range(slice.subList(cut, slice.size()), read.asOf());
            Scan scan = new Scan(contents, _ -> newest, read.filter(), new Scan.Start(Direction.FORWARD, 0));
            return new StreamSlice(partition.lastAsOf(read.asOf()), cut > 0, scan);
        });
    }

    /** How many entries of the slice, from its start, the limit cuts off: up to the newest that matches beyond it. */
    private static int cutOff(List<Entry> slice, StreamSinceRead read) {
        long left = read.limit();
        for (int i = slice.size(); read.limit() > 0 && i > 0; i--) {
            if (slice.get(i - 1).matches(read.filter()) && left-- == 0) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public EventCursor readAll(LogRead read) {
        Function<Contents, Scan.Range> range = it -> through(it, read.asOf());
        return new Scan(
                contents,
                range,
                read.filter(),
                new Scan.Start(read.direction(), read.after().value()));
    }

    @Override
    public EventCursor tail(EventFilter filter, Position after) {
        Function<Contents, Scan.Range> range = it -> through(it, it.last());
        return new Scan(contents, range, filter, new Scan.Start(Direction.FORWARD, after.value()));
    }

    @Override
    public Position positionBefore(Instant recordedSince) {
        return contents.with(it -> new Position(it.log().stream()
                .takeWhile(entry -> entry.recordedAt().isBefore(recordedSince))
                .count()));
    }

    @Override
    public Optional<RecordedEvent> event(EventId id) {
        return contents.with(it -> Optional.ofNullable(it.find(id)).map(Entry::event));
    }

    @Override
    public PartitionState partition(String partitionKey) {
        return contents.with(it -> it.partition(partitionKey).state());
    }

    @Override
    public List<PartitionState> partitions(String prefix, String afterKey, int limit) {
        return contents.with(it -> it.partitions(prefix, afterKey, limit).stream()
                .map(Partition::state)
                .toList());
    }

    @Override
    public Optional<Checkpoint> checkpoint(String name) {
        return contents.with(it -> Optional.ofNullable(it.checkpoints().get(name)));
    }

    @Override
    public List<Checkpoint> checkpoints(String afterName, int limit) {
        return contents.with(it -> it.checkpoints().tailMap(afterName, false).values().stream()
                .limit(limit)
                .toList());
    }

    @Override
    public void close() {
        isServing = false;
        if (contents.close()) {
            tell();
        }
    }

    private static Scan.Range through(Contents contents, Position end) {
        return new Scan.Range(
                contents.log()
                        .subList(0, (int) Math.min(end.value(), contents.log().size())),
                end);
    }

    /** Changes the contents, moves the head while nobody else looks, and tells of it afterwards. */
    private <T> CompletableFuture<T> change(Function<Contents, T> change) {
        Position before = head;
        T outcome;
        try {
            outcome = contents.with(it -> {
                T made = change.apply(it);
                head = it.last();
                return made;
            });
        } catch (StoreException | EvaluationException e) {
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new StoreException(ErrorCode.DEFECT, "the change failed", e));
        }
        if (head.isAfter(before)) {
            tell();
        }
        return CompletableFuture.completedFuture(outcome);
    }

    /** One that fails is this thread's affair: neither the others nor the append notice. */
    private void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}
