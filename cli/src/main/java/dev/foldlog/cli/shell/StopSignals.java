package dev.foldlog.cli.shell;

/** The wish of the user or the system that a command ends (SIGINT, SIGTERM). */
@FunctionalInterface
public interface StopSignals {
    /**
     * Runs {@code action} at the first signal, on a thread of the signals' own, until the registration is
     * closed. Without a registration a signal ends the process at once; so does a second one.
     */
    Registration onStop(Runnable action);

    /** A registration that can be taken back. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
