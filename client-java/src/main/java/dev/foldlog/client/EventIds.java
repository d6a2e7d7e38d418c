package dev.foldlog.client;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids for events that have none: UUIDv7 (RFC 9562), which sort by the time they were made, as the store's index
 * of ids likes them. Thread-safe.
 */
final class EventIds {
    private static final int COUNTER_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long COUNTER_MASK = 0x0fffL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int VARIANT_BITS = 2;

    private final InstantSource clock;
    private final RandomGenerator random;
    /** Milliseconds and a counter of the last id, guarded by this object's lock. */
    private long lastTick;

    EventIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id, greater than every one that this object made before, also when the clock goes back. */
    String next() {
        long tick;
        synchronized (this) {
            tick = Math.max(clock.millis() << COUNTER_BITS, lastTick + 1);
            lastTick = tick;
        }
        long high = (tick >>> COUNTER_BITS << 16) | VERSION_7 | (tick & COUNTER_MASK);
        return new UUID(high, VARIANT | (random.nextLong() >>> VARIANT_BITS)).toString();
    }
}
