package dev.foldlog.conformance.shared;

import dev.foldlog.conformance.Capability;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Set;

/**
 * A running server with one store for many tests, and what its maker declares about it. Nobody else may write
 * to the store meanwhile. Used by one test at a time.
 */
public interface SharedServer {
    /** A channel to the server as it runs now: ask again after {@link #restart}. */
    Channel channel();

    /** A second connection to it. */
    Channel otherChannel();

    /** What the server must be able to do; what is not here must be refused. */
    Set<Capability> capabilities();

    /** The limits that {@code GetStoreInfo} must state and requests are held to. */
    StoreLimits limits();

    /** How far ahead of the server's clock an event's timestamp may be. */
    default Duration timestampAheadMax() {
        return Duration.ofHours(24);
    }

    /** Stops the server and starts it again over the same store. */
    void restart();
}
