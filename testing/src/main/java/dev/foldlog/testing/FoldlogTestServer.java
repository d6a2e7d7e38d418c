package dev.foldlog.testing;

import dev.foldlog.client.ClientOptions;
import dev.foldlog.client.Foldlog;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerSettings;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running Foldlog server over a new, empty store, with a client and a channel to it: the real services, limits and
 * errors, in this process. Closing it ends the channel and the server, removes the store, and returns when
 * nothing is left. Thread-safe; any number can run at the same time.
 *
 * <pre>{@code
 * try (FoldlogTestServer foldlog = FoldlogTestServer.inMemory()) {
 *     foldlog.client().append(event);
 * }
 * }</pre>
 */
public final class FoldlogTestServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration END_MAX = Duration.ofSeconds(10);
    private static final int NO_PORT = -1;

    private final ServedStore store;
    private final FoldlogServer server;
    private final ManagedChannel channel;
    private final Foldlog client;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private FoldlogTestServer(ServedStore store, FoldlogServer server, ManagedChannel channel) {
        this.store = store;
        this.server = server;
        this.channel = channel;
        this.client = Foldlog.over(channel, ClientOptions.STANDARD);
    }

    /** A store in memory, reached inside this process: the fastest. */
    public static FoldlogTestServer inMemory() {
        return TestServerPlan.IN_MEMORY.start();
    }

    /** SQLite in a temporary folder, reached inside this process. */
    public static FoldlogTestServer onSqlite() {
        return TestServerPlan.ON_SQLITE.start();
    }

    /** A store in memory behind a port of 127.0.0.1 that was free, for clients that need an address: {@link #target}. */
    public static FoldlogTestServer listening() {
        return TestServerPlan.IN_MEMORY.onPort().start();
    }

    static FoldlogTestServer start(ServedStore store, boolean isListening) {
        try {
            ServerSettings settings =
                    new ServerSettings(LOOPBACK, 0, false, END_MAX, Limits.standard(), store.settings());
            return isListening ? onPort(store, settings) : inProcess(store, settings);
        } catch (RuntimeException e) {
            store.remove();
            throw e;
        }
    }

    private static FoldlogTestServer onPort(ServedStore store, ServerSettings settings) {
        FoldlogServer server = FoldlogServer.start(settings);
        return new FoldlogTestServer(
                store,
                server,
                NettyChannelBuilder.forAddress(LOOPBACK, server.port())
                        .usePlaintext()
                        .build());
    }

    private static FoldlogTestServer inProcess(ServedStore store, ServerSettings settings) {
        String name = "foldlog-test-" + UUID.randomUUID();
        return new FoldlogTestServer(
                store,
                FoldlogServer.inProcess(name, settings),
                InProcessChannelBuilder.forName(name).build());
    }

    /** A client of the server; the server closes it. */
    public Foldlog client() {
        return client;
    }

    /** A channel to the server, for stubs; the server closes it. */
    public ManagedChannel channel() {
        return channel;
    }

    /**
     * Where the server listens: {@code 127.0.0.1:PORT}.
     *
     * @throws IllegalStateException when it was not told to listen: then there is only {@link #channel}
     */
    public String target() {
        if (server.port() == NO_PORT) {
            throw new IllegalStateException("target: none (expected: a server that is listening())");
        }
        return LOOPBACK + ':' + server.port();
    }

    /** Ends calls that are still open, then the server, and removes the store. Safe to repeat. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            client.close();
            endChannel();
        } finally {
            try {
                server.close();
            } finally {
                store.remove();
            }
        }
    }

    private void endChannel() {
        channel.shutdownNow();
        try {
            if (!channel.awaitTermination(END_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("the channel did not end in " + END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
