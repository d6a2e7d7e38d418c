package dev.foldlog.server;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.store.StoreSettings;
import java.time.Duration;

/**
 * How a server is run.
 *
 * @param host address or name to listen on; anything but loopback needs {@code isPlaintextAllowed}
 * @param port port to listen on, 0: any free one
 * @param isPlaintextAllowed whether to listen beyond loopback without TLS
 * @param shutdownGrace how long open calls may take to finish when the server stops
 * @param store which store, and how it is run
 */
public record ServerSettings(
        String host, int port, boolean isPlaintextAllowed, Duration shutdownGrace, Limits limits, StoreSettings store) {
    public ServerSettings {
        requireNonNull(host, "host");
        requireNonNull(shutdownGrace, "shutdownGrace");
        requireNonNull(limits, "limits");
        requireNonNull(store, "store");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
        }
    }

    /** A server on a loopback port with the standard limits. */
    public static ServerSettings onLoopback(int port, StoreSettings store) {
        return new ServerSettings("127.0.0.1", port, false, Duration.ofSeconds(10), Limits.standard(), store);
    }
}
