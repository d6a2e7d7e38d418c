package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What the function of {@link Foldlog#withTransaction} reads and writes through. The first read fixes a snapshot,
 * and every read is as of it, plus the events that this unit appended before: those come last, with position and
 * sequence 0 (not given yet), and with the client's time where they had none. Nothing is stored before the
 * function has returned.
 *
 * <p>The events of a read are held in memory. An event without {@code partition_key} is taken to be in the
 * partition of its artifact: give the key where a rule of the artifact's type makes another. Confined to one
 * thread; of no use after the function has returned.
 */
public final class UnitOfWork {
    private final UnitReads reads;
    private final BufferedEvents buffered;
    private final List<CheckpointUpdate> checkpoints = new ArrayList<>();
    private boolean isOver;

    UnitOfWork(UnitReads reads, BufferedEvents buffered) {
        this.reads = reads;
        this.buffered = buffered;
    }

    /** A whole partition, in sequence order. */
    public List<RecordedEvent> readStream(String partitionKey) {
        return readStream(ReadStreamRequest.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .build());
    }

    /**
     * A partition as the request says.
     *
     * @throws IllegalStateException when its filter has an expression and the unit has appended
     * @throws IllegalArgumentException when it names a snapshot of its own
     */
    public List<RecordedEvent> readStream(ReadStreamRequest request) {
        requireOpen();
        return reads.stream(request);
    }

    /** The recent events of a partition: those with {@code timestamp >= since}, in sequence order. */
    public List<RecordedEvent> readStreamSince(String partitionKey, Instant since) {
        return readStreamSince(ReadStreamSinceRequest.newBuilder()
                .setPartitionKey(requireNonNull(partitionKey, "partitionKey"))
                .setSince(WireTimes.timestamp(since))
                .build());
    }

    /** The recent events of a partition as the request says; refused as {@link #readStream(ReadStreamRequest)}. */
    public List<RecordedEvent> readStreamSince(ReadStreamSinceRequest request) {
        requireOpen();
        return reads.streamSince(request);
    }

    /** The events of all partitions that match, in position order. */
    public List<RecordedEvent> readAll(EventFilter filter) {
        return readAll(ReadAllRequest.newBuilder()
                .setFilter(requireNonNull(filter, "filter"))
                .build());
    }

    /** The events of all partitions as the request says; refused as {@link #readStream(ReadStreamRequest)}. */
    public List<RecordedEvent> readAll(ReadAllRequest request) {
        requireOpen();
        return reads.all(request);
    }

    /** Appends events when the unit commits. Later reads of this unit see them. */
    public void append(NewEvent... events) {
        append(List.of(events));
    }

    /** Appends events when the unit commits. Later reads of this unit see them. */
    public void append(List<NewEvent> events) {
        requireOpen();
        events.forEach(buffered::add);
    }

    /**
     * Moves a checkpoint when the unit commits, with the events appended; a unit that appends none cannot.
     *
     * @param from where it must be then; 0: nowhere yet. If it is elsewhere the unit fails with
     *     {@link dev.foldlog.client.error.CheckpointMovedException} and does not run again
     * @param to processed through here
     */
    public void moveCheckpoint(String name, long from, long to) {
        requireOpen();
        checkpoints.add(CheckpointUpdate.newBuilder()
                .setName(requireNonNull(name, "name"))
                .setExpectedPosition(from)
                .setPosition(to)
                .build());
    }

    /** The snapshot; empty before the first read. Projection states are not covered by it. */
    public OptionalLong asOfPosition() {
        return reads.snapshot();
    }

    /** No more use of it. */
    void end() {
        isOver = true;
    }

    /** Whether there is something to commit. */
    boolean hasWrites() {
        if (buffered.isEmpty() && !checkpoints.isEmpty()) {
            throw new IllegalStateException("checkpoints: moved without an event (expected: an append beside them)");
        }
        return !buffered.isEmpty();
    }

    /** The append that commits it; {@code derived} passes on the preconditions that its reads make. */
    AppendRequest commit(UnaryOperator<List<Precondition>> derived) {
        return AppendRequest.newBuilder()
                .addAllEvents(buffered.proposed())
                .addAllPreconditions(derived.apply(reads.preconditions()))
                .addAllCheckpoints(checkpoints)
                .build();
    }

    private void requireOpen() {
        if (isOver) {
            throw new IllegalStateException("the unit of work is over (expected: used inside its function only)");
        }
    }
}
