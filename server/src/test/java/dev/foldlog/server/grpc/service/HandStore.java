package dev.foldlog.server.grpc.service;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.PartitionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store that does nothing by itself: its futures are completed by hand, its reads fail as they are told.
 * Thread-safe.
 */
final class HandStore implements EventStore {
    final BlockingQueue<CompletableFuture<AppendOutcome>> appends = new LinkedBlockingQueue<>();
    final BlockingQueue<CompletableFuture<CheckpointOutcome>> moves = new LinkedBlockingQueue<>();
    final BlockingQueue<CompletableFuture<Boolean>> deletions = new LinkedBlockingQueue<>();

    final AtomicInteger reads = new AtomicInteger();

    volatile @Nullable RuntimeException failure;
    volatile boolean isServing = true;

    @Override
    public CompletableFuture<AppendOutcome> append(Append append) {
        return waiting(appends);
    }

    @Override
    public CompletableFuture<CheckpointOutcome> moveCheckpoint(CheckpointMove move) {
        return waiting(moves);
    }

    @Override
    public CompletableFuture<Boolean> deleteCheckpoint(String name) {
        return waiting(deletions);
    }

    private <T> CompletableFuture<T> waiting(BlockingQueue<CompletableFuture<T>> queue) {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        CompletableFuture<T> future = new CompletableFuture<>();
        queue.add(future);
        return future;
    }

    private RuntimeException failed() {
        reads.incrementAndGet();
        RuntimeException thrown = failure;
        return thrown == null ? new UnsupportedOperationException("not told to fail") : thrown;
    }

    @Override
    public Optional<RecordedEvent> event(EventId id) {
        throw failed();
    }

    @Override
    public PartitionState partition(String partitionKey) {
        throw failed();
    }

    @Override
    public List<PartitionState> partitions(String prefix, String afterKey, int limit) {
        throw failed();
    }

    @Override
    public Optional<Checkpoint> checkpoint(String name) {
        throw failed();
    }

    @Override
    public List<Checkpoint> checkpoints(String afterName, int limit) {
        throw failed();
    }

    @Override
    public String kind() {
        return "hand";
    }

    @Override
    public UUID storeId() {
        return new UUID(1, 2);
    }

    @Override
    public ProjectionStore projections() {
        throw new UnsupportedOperationException("no projections here");
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
    public Position head() {
        return new Position(7);
    }

    @Override
    public Registration onChange(Runnable listener) {
        return () -> {};
    }

    @Override
    public StreamSlice readStream(StreamRead read) {
        throw failed();
    }

    @Override
    public StreamSlice readStreamSince(StreamSinceRead read) {
        throw failed();
    }

    @Override
    public EventCursor readAll(LogRead read) {
        throw failed();
    }

    @Override
    public EventCursor tail(EventFilter filter, Position after) {
        throw failed();
    }

    @Override
    public Position positionBefore(Instant recordedSince) {
        throw failed();
    }

    @Override
    public void close() {}
}
