package dev.foldlog.core.event;

import java.time.Instant;

/**
 * Times as nanoseconds since 1970-01-01T00:00:00Z in a long, the form in which they are compared and
 * indexed. Covers 1677-09-21 to 2262-04-11; requests are held to {@link #EARLIEST} and later.
 */
public final class EpochNanos {
    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    /** The earliest time that an event may have. */
    public static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    /** The latest time that fits. */
    public static final Instant LATEST = instant(Long.MAX_VALUE);

    private EpochNanos() {}

    /**
     * The time in nanoseconds.
     *
     * @throws ArithmeticException when the time does not fit
     */
    public static long of(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_OF_SECOND), time.getNano());
    }

    /** As {@link #of}, with times that do not fit moved to the nearest that does. */
    public static long clamped(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        return time.isAfter(LATEST) ? Long.MAX_VALUE : of(time);
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_OF_SECOND), Math.floorMod(nanos, NANOS_OF_SECOND));
    }
}
