package dev.foldlog.cli.shell;

/**
 * Progress of long work, shown on standard error: a bar on a terminal, else a line every few seconds.
 * Confined to one thread.
 */
public interface Progress extends AutoCloseable {
    /** Sizes for {@code total} when it is not known. */
    long UNKNOWN = -1;

    /** Work is done up to here, in the unit of the total; {@code message} says what that means. */
    void at(long done, String message);

    /** Shows a line that stays. */
    void note(String line);

    /** Ends the display. */
    @Override
    void close();

    /**
     * Starts showing progress.
     *
     * @param task what is done, one or two words
     * @param total amount of work, or {@link #UNKNOWN}
     */
    static Progress start(Shell shell, String task, long total, Unit unit) {
        return shell.isTerminal() ? BarProgress.start(shell, task, total, unit) : new LineProgress(shell, task, total);
    }

    /** What work is counted in. */
    enum Unit {
        BYTES("MiB", 1L << 20),
        EVENTS("", 1),
        STEPS("", 1);

        private final String label;
        private final long size;

        Unit(String label, long size) {
            this.label = label;
            this.size = size;
        }

        String label() {
            return label;
        }

        long size() {
            return size;
        }
    }
}
