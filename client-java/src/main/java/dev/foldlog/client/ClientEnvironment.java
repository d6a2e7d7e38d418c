package dev.foldlog.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.client.error.FoldlogException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a client needs of the machine, made by {@link Foldlog} alone. Everything in it is thread-safe.
 *
 * @param clock the time of day, for ids, histories and buffered events
 * @param nanoTime a clock that never goes back, for deadlines
 * @param random ids and jitter
 * @param pause waits between tries
 * @param threads of subscriptions
 * @param reconnect makes the channel connect at once for the next try, after this failure of the last
 */
record ClientEnvironment(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        Pause pause,
        ThreadFactory threads,
        Consumer<FoldlogException> reconnect) {
    ClientEnvironment {
        requireNonNull(clock, "clock");
        requireNonNull(nanoTime, "nanoTime");
        requireNonNull(random, "random");
        requireNonNull(pause, "pause");
        requireNonNull(threads, "threads");
        requireNonNull(reconnect, "reconnect");
    }

    Backoff backoff(RetryPolicy policy) {
        return new Backoff(policy, random);
    }

    /** Waits; false when the thread was interrupted, which it then still is. */
    boolean hasPaused(Duration duration) {
        try {
            pause.pause(duration);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
