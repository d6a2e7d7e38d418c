package dev.foldlog.store.sqlite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a test sets, and with which it can hold the writer: the store asks for the time once in
 * each group commit, after it took the group. Thread-safe.
 */
final class TestClock implements InstantSource {
    static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final long HELD_SECONDS_MAX = 60;

    private volatile Instant now = START;
    private volatile @Nullable Hold hold;

    void set(Instant time) {
        now = time;
    }

    void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Holds the next that asks, until released: what is sent to the store meanwhile is one group. */
    Hold hold() {
        Hold next = new Hold();
        hold = next;
        return next;
    }

    @Override
    public Instant instant() {
        Hold met = hold;
        if (met != null) {
            hold = null;
            met.entered.countDown();
            await(met.released);
        }
        return now;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(HELD_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited " + HELD_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Somebody waiting in the clock. */
    static final class Hold {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitEntered() {
            await(entered);
        }

        void release() {
            released.countDown();
        }
    }
}
