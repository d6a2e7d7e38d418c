package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids for events that have none: UUIDs (RFC 9562) that sort by the time they were made, which keeps
 * the store's index of ids fast. Thread-safe.
 */
public final class EventIds {
    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
    private static final long TIME_BITS = 0xffff_ffff_ffff_0000L;
    private static final long RANDOM_BITS_HIGH = 0x0fffL;

    private final InstantSource clock;
    private final RandomGenerator random;
    /** Milliseconds and a counter of the last id, guarded by this object's lock. */
    private long lastTick;

    public EventIds(InstantSource clock, RandomGenerator random) {
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
    }

    /** A new UUIDv7, greater than every one that this object made before, also when the clock goes back. */
    public EventId next() {
        long tick;
        long low;
        synchronized (this) {
            tick = Math.max(clock.millis() << COUNTER_BITS, lastTick + 1);
            lastTick = tick;
            low = random.nextLong();
        }
        long high = (tick >>> COUNTER_BITS << 16) | VERSION_7 | (tick & RANDOM_BITS_HIGH);
        return new EventId(new UUID(high, (low & ~VARIANT_BITS) | VARIANT).toString());
    }

    /**
     * The id of the event at this index of a request: the same for the same request id, always. Keeps the
     * time of a UUIDv7; for any other UUID the id is a UUIDv8.
     */
    public static EventId derived(UUID requestId, int index) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(ByteBuffer.allocate(Long.BYTES + Long.BYTES + Integer.BYTES)
                .putLong(requestId.getMostSignificantBits())
                .putLong(requestId.getLeastSignificantBits())
                .putInt(index)
                .array()));
        long high = digest.getLong();
        long low = (digest.getLong() & ~VARIANT_BITS) | VARIANT;
        boolean isTimeOrdered = requestId.version() == 7;
        long time = (isTimeOrdered ? requestId.getMostSignificantBits() : high) & TIME_BITS;
        long version = isTimeOrdered ? VERSION_7 : VERSION_8;
        return new EventId(new UUID(time | version | (high & RANDOM_BITS_HIGH), low).toString());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
