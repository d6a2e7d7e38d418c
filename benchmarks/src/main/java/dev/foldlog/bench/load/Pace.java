package dev.foldlog.bench.load;

/**
 * The moments at which the calls of a steady load are meant to begin, whether or not the ones before have been
 * answered: a stall then counts for every call that it held up. Immutable.
 *
 * @param first number of the first call
 * @param beganNanos when it is due, by {@link System#nanoTime}
 * @param perSecond calls a second
 */
public record Pace(long first, long beganNanos, double perSecond) {
    private static final double NANOS_OF_SECOND = 1e9;

    public Pace {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond: " + perSecond + " (expected: > 0)");
        }
    }

    /** When a call is due. */
    public long dueNanos(long number) {
        return beganNanos + Math.round((number - first) * NANOS_OF_SECOND / perSecond);
    }
}
