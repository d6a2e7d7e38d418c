package dev.foldlog.store.sqlite;

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
import dev.foldlog.core.projection.ProjectionStore;
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
import dev.foldlog.store.sqlite.WriteCommand.AppendEvents;
import dev.foldlog.store.sqlite.WriteCommand.DeleteCheckpoint;
import dev.foldlog.store.sqlite.WriteCommand.MoveCheckpoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The embedded default store: one folder with one SQLite database in WAL mode. One writer thread owns the
 * only writing connection and commits what waits in groups; readers use connections of their own and
 * never wait for it. Thread-safe.
 *
 * <p>With {@link Durability#DISK} an answered append has been synced (synchronous=FULL). After a failed
 * sync the store stops serving: {@link #isServing} is false until it is opened anew, which recovers from
 * the file.
 */
public final class SqliteEventStore implements EventStore {
    private static final String CLOSED = "the store is closed";

    private final SqliteSettings settings;
    private final EventCodec codec;
    private final UUID storeId;
    private final DataFolder folder;
    private final StoreState state;
    private final Readers readers;
    private final LogReads reads;
    private final WriteQueue queue;
    private final Thread writer;
    private final Thread moving;
    private final ConditionReaders conditions;
    private final SqliteProjections projections;

    SqliteEventStore(SqliteSettings settings, EventCodec codec, StoreParts parts) {
        this.settings = settings;
        this.codec = codec;
        this.storeId = parts.storeId();
        this.folder = parts.folder();
        this.state = parts.state();
        this.readers = parts.readers();
        this.reads = new LogReads(readers, codec);
        this.queue = parts.queue();
        this.writer = parts.writer();
        this.projections = new SqliteProjections(readers, parts.participants(), this::enqueue);
        this.moving = parts.moving();
        this.conditions = new ConditionReaders(parts.conditions(), parts.queue(), codec);
    }

    /**
     * Opens the store in a folder, making or migrating its database as needed.
     *
     * @throws StoreException when the folder is in use, cannot be written, or holds what is no Foldlog
     *     database of this or an earlier version
     */
    public static SqliteEventStore open(SqliteSettings settings, EventCodec codec, InstantSource clock) {
        return StoreOpening.open(
                settings, codec, new StoreOpening.Ground(clock, new SqliteFaults(), Connections::writing));
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public UUID storeId() {
        return storeId;
    }

    @Override
    public Durability durability() {
        return settings.durability();
    }

    @Override
    public ProjectionStore projections() {
        return projections;
    }

    @Override
    public boolean isServing() {
        return state.isServing();
    }

    @Override
    public Registration onChange(Runnable listener) {
        return state.onChange(listener);
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Append append) {
        CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
        if (!ConditionFindings.areNeededFor(append.preconditions())) {
            enqueue(new AppendEvents(append, ConditionFindings.NONE, append.sizeBytes(), answer));
            return answer;
        }
        long sizeBytes = append.sizeBytes();
        WriteQueue.Admission admission = queue.reserve(sizeBytes);
        if (admission == WriteQueue.Admission.ACCEPTED) {
            conditions.take(append, sizeBytes, answer, this);
        }
        answer(admission, answer);
        return answer;
    }

    @Override
    public CompletableFuture<CheckpointOutcome> moveCheckpoint(CheckpointMove move) {
        CompletableFuture<CheckpointOutcome> answer = new CompletableFuture<>();
        enqueue(new MoveCheckpoint(move, answer));
        return answer;
    }

    @Override
    public CompletableFuture<Boolean> deleteCheckpoint(String name) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        enqueue(new DeleteCheckpoint(name, answer));
        return answer;
    }

    @Override
    public Position head() {
        return state.head();
    }

    @Override
    public StreamSlice readStream(StreamRead read) {
        Sequence last = readers.read(connection ->
                PartitionLookup.of(connection, read.partitionKey()).lastAsOf(read.asOf()));
        return new StreamSlice(last, false, Cursors.stream(readers, codec, read, last));
    }

    @Override
    public StreamSlice readStreamSince(StreamSinceRead read) {
        return new SinceReads(readers, codec, read).open();
    }

    @Override
    public EventCursor readAll(LogRead read) {
        return Cursors.log(readers, codec, read);
    }

    @Override
    public EventCursor tail(EventFilter filter, Position after) {
        return Cursors.tail(readers, new Cursors.Across(codec, filter, true, this::head), after);
    }

    @Override
    public Position positionBefore(Instant recordedSince) {
        return reads.before(recordedSince, head());
    }

    @Override
    public Optional<RecordedEvent> event(EventId id) {
        return reads.event(id, head());
    }

    @Override
    public PartitionState partition(String partitionKey) {
        return reads.partition(partitionKey, head());
    }

    @Override
    public List<PartitionState> partitions(String prefix, String afterKey, int limit) {
        return reads.partitions(prefix, afterKey, limit, head());
    }

    @Override
    public Optional<Checkpoint> checkpoint(String name) {
        return readers.read(connection -> CheckpointRows.find(Sql.on(connection), name));
    }

    @Override
    public List<Checkpoint> checkpoints(String afterName, int limit) {
        return readers.read(connection -> CheckpointRows.after(Sql.on(connection), afterName, limit));
    }

    @Override
    public void close() {
        conditions.stop();
        queue.close();
        try {
            join(writer); // which ends the other
            join(moving);
        } finally {
            state.stop();
            readers.close();
            if (!writer.isAlive() && !moving.isAlive()) {
                WalKeeper.removeEmptied(folder.database());
                folder.close();
            } // else it still has the files: nobody else may, until this is called again or the process ends
        }
    }

    private void enqueue(WriteCommand command) {
        answer(queue.offer(command), command.answer());
    }

    private static void answer(WriteQueue.Admission admission, CompletableFuture<?> answer) {
        switch (admission) {
            case ACCEPTED -> {}
            case FULL ->
                answer.completeExceptionally(new StoreException(ErrorCode.OVERLOADED, "the write queue is full"));
            case CLOSED -> answer.completeExceptionally(new StoreException(ErrorCode.UNAVAILABLE, CLOSED));
        }
    }

    private void join(Thread thread) {
        boolean isInterrupted = Thread.interrupted();
        try {
            if (!thread.join(settings.closeTimeout())) {
                throw new StoreException(
                        ErrorCode.UNAVAILABLE, "the writer did not finish in " + settings.closeTimeout());
            }
        } catch (InterruptedException e) {
            isInterrupted = true;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
