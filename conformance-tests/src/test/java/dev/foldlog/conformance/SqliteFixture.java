package dev.foldlog.conformance;

import dev.foldlog.core.store.StoreSettings;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
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

    private final Transport transport;
    private final ServerSettings settings;
    private final Path folder;
    private FoldlogServer server;
    private ManagedChannel channel;

    private SqliteFixture(Transport transport) throws IOException {
        this.transport = transport;
        this.folder = Files.createTempDirectory("foldlog-conformance");
        this.settings = settings(SqliteSettings.of(folder));
        Served served = transport.serve(settings);
        this.server = served.server;
        this.channel = served.channel;
    }

    /** How the server is reached. */
    private enum Transport {
        IN_PROCESS {
            @Override
            Served serve(ServerSettings settings) {
                String name = UUID.randomUUID().toString();
                return new Served(
                        FoldlogServer.inProcess(name, settings),
                        InProcessChannelBuilder.forName(name).build());
            }
        },
        NETTY {
            @Override
            Served serve(ServerSettings settings) {
                FoldlogServer server = FoldlogServer.start(settings);
                return new Served(
                        server,
                        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                                .usePlaintext()
                                .build());
            }
        };

        abstract Served serve(ServerSettings settings);
    }

    private record Served(FoldlogServer server, ManagedChannel channel) {}

    /** A server inside this process. */
    public static SqliteFixture inProcess() throws IOException {
        return new SqliteFixture(Transport.IN_PROCESS);
    }

    /** A server on a loopback port. */
    public static SqliteFixture onLoopback() throws IOException {
        return new SqliteFixture(Transport.NETTY);
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
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.APPEND_CHECKPOINTS,
                Capability.APPEND_NO_EVENTS_MATCHING,
                Capability.PAYLOAD_DATA,
                Capability.CHECKPOINTS,
                Capability.SURVIVES_RESTART);
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
        Served served = transport.serve(settings);
        server = served.server;
        channel = served.channel;
    }

    @Override
    public void close() {
        stop();
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(folder)) {
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
    }
}
