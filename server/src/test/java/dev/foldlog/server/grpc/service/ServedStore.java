package dev.foldlog.server.grpc.service;

import dev.foldlog.core.store.EventStore;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.EventIds;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.EventStoreGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The calls over a store, served inside this process, and a client of them. The clock stands still. */
final class ServedStore implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final EventStore store;
    private final Server server;
    private final ManagedChannel channel;

    private ServedStore(EventStore store, Executor reads, Executor checks) {
        String name = UUID.randomUUID().toString();
        InstantSource clock = InstantSource.fixed(NOW);
        CallEnvironment environment = new CallEnvironment(
                store,
                reads,
                checks,
                clock,
                new EventIds(clock, new Random(1)),
                Limits.standard(),
                new StatusMapper(new Random(2)),
                new FilterExpressions(CelExpressions.standard()));
        this.store = store;
        this.server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(new EventStoreCalls(environment))
                .addService(new CheckpointsService(environment))
                .build();
        this.channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    /** Everything runs on the caller's thread, but for what the store does on its own. */
    static ServedStore over(EventStore store) {
        return with(store, Runnable::run, Runnable::run);
    }

    static ServedStore with(EventStore store, Executor reads, Executor checks) {
        ServedStore served = new ServedStore(store, reads, checks);
        try {
            served.server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return served;
    }

    EventStore store() {
        return store;
    }

    EventStoreGrpc.EventStoreBlockingStub events() {
        return EventStoreGrpc.newBlockingStub(channel);
    }

    EventStoreGrpc.EventStoreFutureStub eventsAsync() {
        return EventStoreGrpc.newFutureStub(channel);
    }

    CheckpointsGrpc.CheckpointsBlockingStub checkpoints() {
        return CheckpointsGrpc.newBlockingStub(channel);
    }

    CheckpointsGrpc.CheckpointsFutureStub checkpointsAsync() {
        return CheckpointsGrpc.newFutureStub(channel);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        store.close();
    }
}
