package dev.foldlog.conformance;

import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Set;

/**
 * One server under test over an empty store of its own, and what its maker declares about it. Suites call
 * it from one thread; the channel is used from many.
 */
public interface ConformanceFixture extends AutoCloseable {
    /** Opens fixtures, each over a new empty store. */
    @FunctionalInterface
    interface Factory {
        /** A running server over a new empty store. */
        ConformanceFixture open() throws Exception;
    }

    /** A channel to the server as it runs now: ask again after {@link #restart}. */
    Channel channel();

    /** What the server must be able to do; what is not here must be refused. */
    Set<Capability> capabilities();

    /** The limits that {@code GetStoreInfo} must state and requests are held to. */
    StoreLimits limits();

    /** How far ahead of the server's clock an event's timestamp may be. */
    default Duration timestampAheadMax() {
        return Duration.ofHours(24);
    }

    /** How long one answer may take before the kit calls it missing: a bound on failure, never a wait. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** Stops the server and starts it again over the same store. */
    void restart();

    /** Stops the server and removes its store. */
    @Override
    void close();
}
