package dev.foldlog.server.grpc.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One time to be woken at. Confined to one stream's steps; the task runs on the timers' thread. */
final class Alarm {
    private final Timers timers;
    private final Runnable task;
    private Timers.@Nullable Timer timer;
    private long dueNanos;

    Alarm(Timers timers, Runnable task) {
        this.timers = timers;
        this.task = task;
    }

    /** Sets the time, in place of an earlier one. */
    void arm(Duration delay) {
        disarm();
        dueNanos = timers.nanos() + delay.toNanos();
        timer = timers.after(delay, task);
    }

    void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether a time is set, be it past or to come. */
    boolean isArmed() {
        return timer != null;
    }

    /** Whether the time that was set has come. */
    boolean isDue() {
        return timer != null && timers.nanos() - dueNanos >= 0;
    }
}
