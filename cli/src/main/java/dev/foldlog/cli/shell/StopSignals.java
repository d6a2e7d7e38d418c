package dev.foldlog.cli.shell;

/**
 * The wish of the user or the system that a command ends (SIGINT, SIGTERM). Without a registration a signal
 * ends the process at once, with exit code 128 + its number; so does a second one, always.
 */
public interface StopSignals {
    /**
     * Runs {@code action} at the first signal, on a thread of the signals' own, until the registration is
     * closed. The process goes on: the command ends by itself, as one that is there to be stopped.
     */
    Registration onStop(Runnable action);

    /**
     * Runs {@code action} at the first signal, on a thread of the signals' own, until the registration is
     * closed; the signal then ends the process as it does without a registration. For what a command leaves
     * behind that is stopped before its work is done, whatever its own threads are waiting for.
     */
    Registration beforeEnd(Runnable action);

    /** A registration that can be taken back. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
