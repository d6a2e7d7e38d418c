package dev.foldlog.conformance;

import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.memory.MemorySettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our server inside this process over a store of its own, of which nothing is left in the end. */
public final class InProcessFixture implements ConformanceFixture {
    private static final int SUBSCRIPTIONS = 25;

    private final ServerSettings settings;
    private final @Nullable Path folder;
    private FoldlogServer server;
    private ManagedChannel channel;
    private ManagedChannel otherChannel;

    private InProcessFixture(StoreSettings store, @Nullable Path folder) {
        this.settings = settings(store);
        this.folder = folder;
        String name = UUID.randomUUID().toString();
        this.server = FoldlogServer.inProcess(name, settings);
        this.channel = InProcessChannelBuilder.forName(name).build();
        this.otherChannel = InProcessChannelBuilder.forName(name).build();
    }

    /** Over SQLite in a temporary folder. */
    public static InProcessFixture sqlite() throws IOException {
        Path folder = Files.createTempDirectory("foldlog-conformance");
        return new InProcessFixture(SqliteSettings.of(folder), folder);
    }

    /** Over a store in memory: a restart loses everything, as it declares. */
    public static InProcessFixture memory() {
        return new InProcessFixture(MemorySettings.standard(), null);
    }

    private static ServerSettings settings(StoreSettings store) {
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                standard.payloadBytesMax(),
                standard.appendBytesMax(),
                standard.appendEventsMax(),
                standard.batchEventsMax(),
                standard.batchBytesMax(),
                SUBSCRIPTIONS,
                standard.timestampAheadMax());
        return new ServerSettings("127.0.0.1", 0, false, Duration.ofSeconds(10), limits, store);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Channel otherChannel() {
        return otherChannel;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(
                Capability.APPEND_CHECKPOINTS,
                Capability.APPEND_NO_EVENTS_MATCHING,
                Capability.FILTER_EXPRESSION,
                Capability.PAYLOAD_DATA,
                Capability.CHECKPOINTS);
        if (folder != null) {
            capabilities.add(Capability.SURVIVES_RESTART);
        }
        return Set.copyOf(capabilities);
    }

    @Override
    public StoreLimits limits() {
        Limits limits = settings.limits();
        return StoreLimits.newBuilder()
                .setMaxPayloadBytes(limits.payloadBytesMax())
                .setMaxAppendBytes(limits.appendBytesMax())
                .setMaxAppendEvents(limits.appendEventsMax())
                .setMaxBatchEvents(limits.batchEventsMax())
                .setMaxBatchBytes(limits.batchBytesMax())
                .setMaxSubscriptions(limits.subscriptionsMax())
                .build();
    }

    @Override
    public void restart() {
        stop();
        String name = UUID.randomUUID().toString();
        server = FoldlogServer.inProcess(name, settings);
        channel = InProcessChannelBuilder.forName(name).build();
        otherChannel = InProcessChannelBuilder.forName(name).build();
    }

    @Override
    public void close() {
        stop();
        if (folder != null) {
            remove(folder);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> walked = Files.walk(folder)) {
            List<Path> paths = walked.toList();
            for (Path path : paths.reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError("the store's folder could not be removed", e);
        }
    }

    private void stop() {
        server.close();
        channel.shutdownNow();
        otherChannel.shutdownNow();
    }
}
