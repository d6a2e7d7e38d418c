package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing pauses with full jitter, as {@link RetryPolicy} says. Confined to one thread. */
final class Backoff {
    private final RetryPolicy policy;
    private final RandomGenerator random;
    private Duration bound;

    Backoff(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
        this.bound = policy.firstPauseMax();
    }

    /** The pause after a failure: what the server asks for, and a random part. */
    Duration after(FoldlogException failure) {
        return failure.retryDelay().orElse(Duration.ZERO).plus(next());
    }

    /** The next pause. */
    Duration next() {
        Duration drawn = Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
        Duration doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(policy.pauseMax()) > 0 ? policy.pauseMax() : doubled;
        return drawn;
    }

    /** Starts anew with short pauses. */
    void reset() {
        bound = policy.firstPauseMax();
    }
}
