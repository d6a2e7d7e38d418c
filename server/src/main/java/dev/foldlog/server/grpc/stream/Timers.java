package dev.foldlog.server.grpc.stream;

import java.time.Duration;

/** Elapsed time, and tasks after some of it. Thread-safe. */
public interface Timers {
    /** Nanoseconds from an arbitrary origin; they only grow. */
    long nanos();

    /** Runs the task once after the delay, on a thread that it must not hold up. */
    Timer after(Duration delay, Runnable task);

    /** A task to come. */
    interface Timer {
        /** Drops the task if it has not begun. */
        void cancel();
    }
}
