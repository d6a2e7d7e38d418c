package dev.foldlog.bench.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Callers that each wait for an answer before they call again: what is measured is what the server can do for
 * so many, and how long each of them waits. The next call begins on the thread that brought the answer.
 */
public final class ClosedLoop {
    private static final int DRAIN_SECONDS = 120;

    private final Operation operation;
    private final int callers;
    private final LongAdder events = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch open;
    private final Stop stop;

    private ClosedLoop(Operation operation, int callers, Stop stop) {
        this.operation = operation;
        this.callers = callers;
        this.stop = stop;
        this.open = new CountDownLatch(callers);
    }

    /** Runs for so long, and until the last answer is there. */
    public static LoadResult run(Operation operation, int callers, Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        return new ClosedLoop(operation, callers, () -> System.nanoTime() - end >= 0).run(duration.toSeconds());
    }

    /** Runs until so many calls were begun, and until the last answer is there. */
    public static LoadResult count(Operation operation, int callers, long calls) throws InterruptedException {
        AtomicLong left = new AtomicLong(calls);
        return new ClosedLoop(operation, callers, () -> left.getAndDecrement() <= 0).run(TimeUnit.HOURS.toSeconds(1));
    }

    private LoadResult run(long secondsAtMost) throws InterruptedException {
        long began = System.nanoTime();
        for (int caller = 0; caller < callers; caller++) {
            new Caller(caller).next();
        }
        if (!open.await(secondsAtMost + DRAIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("load: " + open.getCount() + " callers without answer (expected: 0)");
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("load: a call failed: " + cause, cause);
        }
        return new LoadResult(events.sum(), (System.nanoTime() - began) / 1e9, latencies);
    }

    private final class Caller implements Operation.Answer {
        private final int number;
        private long began;

        Caller(int number) {
            this.number = number;
        }

        void next() {
            if (stop.isNow() || failure.get() != null) {
                open.countDown();
                return;
            }
            began = System.nanoTime();
            operation.begin(number, this);
        }

        @Override
        public void done(long count) {
            latencies.record(System.nanoTime() - began);
            events.add(count);
            next();
        }

        @Override
        public void failed(Throwable cause) {
            failure.compareAndSet(null, cause);
            next();
        }
    }

    private interface Stop {
        boolean isNow();
    }
}
