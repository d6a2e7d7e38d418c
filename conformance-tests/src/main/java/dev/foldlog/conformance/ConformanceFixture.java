package dev.foldlog.conformance;

import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Set;

/**
 * One server under test over a store that looks empty, and what its maker declares about it. Suites call
 * it from one thread; the channel is used from many.
 */
public interface ConformanceFixture extends AutoCloseable {
    /** Opens fixtures, each over a store that looks empty. */
    @FunctionalInterface
    interface Factory {
        /** A running server over a store in which a test sees nothing yet. */
        ConformanceFixture open() throws Exception;
    }

    /** A channel to the server as it runs now: ask again after {@link #restart}. */
    Channel channel();

    /** A second connection, where the transport knows connections. It is used until the fixture is closed. */
    default Channel otherChannel() {
        return channel();
    }

    /** {@link #channel} without anything between it and the test, which must then use names that nobody else has used. */
    default Channel wire() {
        return channel();
    }

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

    /** Ends what was opened for the test, and removes what it left where others would see it. */
    @Override
    void close();
}
