package dev.foldlog.cli.shell;

import java.time.Duration;

/** Waiting for time to pass, given to commands so that tests need not wait. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
