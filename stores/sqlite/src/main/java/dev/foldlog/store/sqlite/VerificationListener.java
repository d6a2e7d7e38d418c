package dev.foldlog.store.sqlite;

/** Told how a verification goes on, on the thread that runs it. */
public interface VerificationListener {
    /** A check begins; {@code units} is how much it will look at, 0: unknown. */
    void started(String check, long units);

    /** The check has looked at so many units in all. */
    void progressed(long units);

    void finished(CheckOutcome outcome);
}
