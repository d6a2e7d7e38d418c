package dev.foldlog.scenarios;

import dev.foldlog.core.store.Durability;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import dev.foldlog.store.sqlite.SqliteSettings;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The real server over SQLite in a temporary folder. Confined to one thread, but for {@link #channel}. */
final class RealServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private Path folder = emptyFolder();
    private volatile Running running = Running.over(folder);

    /** A server and the way to it. */
    private record Running(FoldlogServer server, ManagedChannel channel) {
        static Running over(Path folder) {
            String name = UUID.randomUUID().toString();
            return new Running(
                    FoldlogServer.inProcess(name, settings(folder)),
                    InProcessChannelBuilder.forName(name).directExecutor().build());
        }
    }

    /** To the server as it runs now. */
    Channel channel() {
        return running.channel();
    }

    /** Stops it and starts it again over the same store. */
    void restart() {
        stop();
        running = Running.over(folder);
    }

    /** Stops it and starts it again over a new, empty store. */
    void reset() {
        stop();
        remove(folder);
        folder = emptyFolder();
        running = Running.over(folder);
    }

    private void stop() {
        running.channel().shutdownNow();
        running.server().close();
    }

    @Override
    public void close() {
        stop();
        remove(folder);
    }

    private static ServerSettings settings(Path folder) {
        SqliteSettings standard = SqliteSettings.of(folder);
        // What survives a power cut is not tested here.
        SqliteSettings store = new SqliteSettings(
                folder,
                Durability.PROCESS,
                standard.queueAppendsMax(),
                standard.queueBytesMax(),
                standard.readersMax(),
                GRACE);
        return new ServerSettings("127.0.0.1", 0, false, GRACE, Limits.standard(), store);
    }

    private static Path emptyFolder() {
        try {
            return Files.createTempDirectory("foldlog-scenarios");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> walked = Files.walk(folder)) {
            List<Path> paths = walked.toList();
            for (Path path : paths.reversed()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the store's folder could not be removed", e);
        }
    }
}
