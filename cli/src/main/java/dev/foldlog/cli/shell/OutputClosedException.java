package dev.foldlog.cli.shell;

/** The reader of standard output went away, as {@code head} does: the command ends, and it is no failure. */
public final class OutputClosedException extends RuntimeException {
    OutputClosedException() {
        super("standard output was closed", null, false, false);
    }
}
