package dev.foldlog.client;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
