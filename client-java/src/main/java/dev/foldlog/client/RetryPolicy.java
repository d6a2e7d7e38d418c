package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often a call that failed is made again, and how long it waits in between: at random between nothing and a
 * bound that starts with {@code firstPauseMax} and doubles up to {@code pauseMax} (full jitter), so that clients
 * do not come back all at once. When the server asks for a pause, that comes on top.
 *
 * @param triesMax how often a call is made at most, the first time included; 1: never again
 * @param firstPauseMax bound of the first pause
 * @param pauseMax bound of any pause
 */
public record RetryPolicy(int triesMax, Duration firstPauseMax, Duration pauseMax) {
    /** Five tries, pauses of up to 100 ms, 200 ms, 400 ms and 800 ms. */
    public static final RetryPolicy STANDARD = new RetryPolicy(5, Duration.ofMillis(100), Duration.ofSeconds(5));

    /** One try. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(5));

    public RetryPolicy {
        requireNonNull(firstPauseMax, "firstPauseMax");
        requireNonNull(pauseMax, "pauseMax");
        if (triesMax < 1) {
            throw new IllegalArgumentException("triesMax: " + triesMax + " (expected: >= 1)");
        }
        if (firstPauseMax.isNegative() || firstPauseMax.isZero()) {
            throw new IllegalArgumentException("firstPauseMax: " + firstPauseMax + " (expected: > 0)");
        }
        if (pauseMax.compareTo(firstPauseMax) < 0) {
            throw new IllegalArgumentException("pauseMax: " + pauseMax + " (expected: >= " + firstPauseMax + ')');
        }
    }

    /** The same with another number of tries. */
    public RetryPolicy withTriesMax(int tries) {
        return new RetryPolicy(tries, firstPauseMax, pauseMax);
    }
}
