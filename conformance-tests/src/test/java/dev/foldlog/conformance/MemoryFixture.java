package dev.foldlog.conformance;

import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Our server over a store in memory, inside this process: a restart loses everything, as it declares. */
public final class MemoryFixture implements ConformanceFixture {
    private static final int SUBSCRIPTIONS = 25;

    private FoldlogServer server;
    private ManagedChannel channel;

    private MemoryFixture(String name) {
        server = serve(name);
        channel = InProcessChannelBuilder.forName(name).build();
    }

    /** A server inside this process. */
    public static MemoryFixture inProcess() {
        return new MemoryFixture(UUID.randomUUID().toString());
    }

    private static FoldlogServer serve(String name) {
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                standard.payloadBytesMax(),
                standard.appendBytesMax(),
                standard.appendEventsMax(),
                standard.batchEventsMax(),
                standard.batchBytesMax(),
                SUBSCRIPTIONS,
                standard.timestampAheadMax());
        return FoldlogServer.inProcess(
                name,
                new ServerSettings("127.0.0.1", 0, false, Duration.ofSeconds(10), limits, MemorySettings.standard()));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.APPEND_CHECKPOINTS,
                Capability.APPEND_NO_EVENTS_MATCHING,
                Capability.PAYLOAD_DATA,
                Capability.CHECKPOINTS);
    }

    @Override
    public StoreLimits limits() {
        Limits standard = Limits.standard();
        return StoreLimits.newBuilder()
                .setMaxPayloadBytes(standard.payloadBytesMax())
                .setMaxAppendBytes(standard.appendBytesMax())
                .setMaxAppendEvents(standard.appendEventsMax())
                .setMaxBatchEvents(standard.batchEventsMax())
                .setMaxBatchBytes(standard.batchBytesMax())
                .setMaxSubscriptions(SUBSCRIPTIONS)
                .build();
    }

    @Override
    public void restart() {
        close();
        String name = UUID.randomUUID().toString();
        server = serve(name);
        channel = InProcessChannelBuilder.forName(name).build();
    }

    @Override
    public void close() {
        server.close();
        channel.shutdownNow();
    }
}
