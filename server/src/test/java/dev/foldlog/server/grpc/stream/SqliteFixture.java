package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.expressions.CelExpressions;
import dev.foldlog.server.Limits;
import dev.foldlog.server.grpc.codec.ProposedEnvelope;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.codec.ProtoTimes;
import dev.foldlog.server.grpc.error.StatusMapper;
import dev.foldlog.server.grpc.validation.FilterExpressions;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.EventStoreGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The streaming calls over a real store and a real transport; events are put into the store directly. */
final class SqliteFixture implements AutoCloseable {
    private static final int READERS_MAX = 4;
    private static final Instant HAPPENED = Instant.parse("2026-03-01T12:00:00Z");

    private final ExecutorService reading = Executors.newFixedThreadPool(READERS_MAX);
    private final ScheduledExecutorService timing = Executors.newSingleThreadScheduledExecutor();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final SqliteEventStore store;
    private final EventStreams streams;
    private final Server server;

    SqliteFixture(Path folder, ServerInterceptor interceptor) throws IOException {
        this(folder, interceptor, Limits.standard());
    }

    SqliteFixture(Path folder, ServerInterceptor interceptor, Limits limits) throws IOException {
        ProtoEventCodec codec = new ProtoEventCodec();
        store = SqliteEventStore.open(SqliteSettings.of(folder), codec, InstantSource.system());
        streams = new EventStreams(new StreamEnvironment(
                store,
                codec,
                new OpenLane(reading),
                new ScheduledTimers(timing, System::nanoTime),
                InstantSource.system(),
                limits,
                new StatusMapper(new Random(1)),
                new FilterExpressions(CelExpressions.standard())));
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .addService(ServerInterceptors.intercept(
                        streams.serviceWith(new EventStoreGrpc.EventStoreImplBase() {}), interceptor))
                .build()
                .start();
    }

    /** A connection of its own, whose streams take so many bytes that nobody has asked for. */
    ManagedChannel connect(int windowBytes) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .flowControlWindow(windowBytes)
                .build();
        channels.add(channel);
        return channel;
    }

    CompletableFuture<AppendOutcome> append(List<NewEvent> events) {
        return store.append(new Append(events, List.of(), List.of(), false));
    }

    static NewEvent event(String id, String partition, String payload, List<String> tags) {
        dev.foldlog.v1.NewEvent proposed = dev.foldlog.v1.NewEvent.newBuilder()
                .setEventId(id)
                .setAction("approve")
                .setProducer("test")
                .setArtifactId(partition)
                .setArtifactType("sample")
                .setTimestamp(ProtoTimes.timestamp(HAPPENED))
                .addAllTags(tags)
                .build();
        EventId eventId = new EventId(id);
        EventFacts facts = new EventFacts(eventId, partition, "approve", "test", partition, "sample", "", 1, tags);
        return new NewEvent(
                facts,
                IdOrigin.CLIENT,
                HAPPENED,
                ProposedEnvelope.encode(proposed, facts),
                payload.getBytes(StandardCharsets.UTF_8),
                PayloadForm.JSON);
    }

    @Override
    public void close() {
        streams.close();
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        timing.shutdownNow();
        reading.close();
        store.close();
    }

    private record OpenLane(ExecutorService threads) implements ReadLane {
        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }
    }
}
