package dev.foldlog.projections;

import java.time.Duration;

/** Does something later, once, unless it is called off before. Thread-safe; what is done must be short. */
@FunctionalInterface
public interface Delays {
    Delay after(Duration delay, Runnable task);

    /** Something that is to be done. */
    @FunctionalInterface
    interface Delay {
        void callOff();
    }
}
