package dev.foldlog.server.grpc.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Timers on a scheduled executor. Tasks of an executor that was shut down never run. */
public final class ScheduledTimers implements Timers {
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanos;

    public ScheduledTimers(ScheduledExecutorService scheduler, LongSupplier nanos) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.nanos = requireNonNull(nanos, "nanos");
    }

    @Override
    public long nanos() {
        return nanos.getAsLong();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (scheduler.isShutdown()) {
            return () -> {};
        }
        Future<?> scheduled = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
