package dev.foldlog.conformance;

import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Our server over a SQLite store in a folder of its own, which is removed in the end. */
public final class SqliteFixture implements ConformanceFixture {
    private static final int SUBSCRIPTIONS = 25;

    private final ServerSettings settings;
    private FoldlogServer server;
    private ManagedChannel channel;
    private ManagedChannel otherChannel;

    private SqliteFixture(ServerSettings settings) {
        this.settings = settings;
        String name = UUID.randomUUID().toString();
        this.server = FoldlogServer.inProcess(name, settings);
        this.channel = InProcessChannelBuilder.forName(name).build();
        this.otherChannel = InProcessChannelBuilder.forName(name).build();
    }

    /** A server inside this process. */
    public static SqliteFixture inProcess() throws IOException {
        return new SqliteFixture(settings());
    }

    private static ServerSettings settings() throws IOException {
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                standard.payloadBytesMax(),
                standard.appendBytesMax(),
                standard.appendEventsMax(),
                standard.batchEventsMax(),
                standard.batchBytesMax(),
                SUBSCRIPTIONS,
                standard.timestampAheadMax());
        Path folder = Files.createTempDirectory("foldlog-conformance");
        return new ServerSettings("127.0.0.1", 0, false, Duration.ofSeconds(10), limits, SqliteSettings.of(folder));
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
        return Set.of(
                Capability.APPEND_CHECKPOINTS,
                Capability.APPEND_NO_EVENTS_MATCHING,
                Capability.PAYLOAD_DATA,
                Capability.CHECKPOINTS);
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
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(settings.store().folder())) {
            paths = walked.toList();
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
