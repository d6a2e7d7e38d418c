package dev.foldlog.client;

import dev.foldlog.core.store.Durability;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real server over a store in a folder of its own, which is removed in the end, as are the clients made here. */
final class ServedStore implements AutoCloseable {
    /** Patient, with short pauses. */
    static final ClientOptions OPTIONS =
            ClientOptions.STANDARD.withRetry(new RetryPolicy(20, Duration.ofMillis(20), Duration.ofMillis(200)));

    private final Path folder;
    private final @Nullable String name;
    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
    private final List<Foldlog> clients = new CopyOnWriteArrayList<>();
    private int port;
    private @Nullable FoldlogServer server;

    private ServedStore(Path folder, @Nullable String name) {
        this.folder = folder;
        this.name = name;
        start();
    }

    /** Inside this process. */
    static ServedStore inProcess() {
        return new ServedStore(folder(), UUID.randomUUID().toString());
    }

    /** On a loopback port, which it keeps over restarts. */
    static ServedStore onLoopback() {
        return new ServedStore(folder(), null);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("foldlog-client");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void start() {
        // What survives a power cut is not tested here.
        SqliteSettings store =
                new SqliteSettings(folder, Durability.PROCESS, 10_000, 64L << 20, 4, Duration.ofSeconds(10));
        ServerSettings settings =
                new ServerSettings("127.0.0.1", port, false, Duration.ofSeconds(1), Limits.standard(), store);
        FoldlogServer started = name == null ? FoldlogServer.start(settings) : FoldlogServer.inProcess(name, settings);
        port = Math.max(0, started.port());
        server = started;
    }

    void stop() {
        if (server != null) {
            server.close();
        }
    }

    void restart() {
        stop();
        start();
    }

    int port() {
        return port;
    }

    ManagedChannel channel() {
        if (name == null) {
            throw new IllegalStateException("listens on a port (expected: inside this process)");
        }
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        channels.add(channel);
        return channel;
    }

    Foldlog client() {
        return client(OPTIONS);
    }

    Foldlog client(ClientOptions options) {
        Foldlog client = name == null
                ? Foldlog.connect("127.0.0.1:" + port, InsecureChannelCredentials.create(), options)
                : Foldlog.over(channel(), options);
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(Foldlog::close);
        channels.forEach(ManagedChannel::shutdownNow);
        stop();
        try (Stream<Path> walked = Files.walk(folder)) {
            List<Path> paths = walked.toList();
            for (Path path : paths.reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError("the store's folder could not be removed", e);
        }
    }
}
