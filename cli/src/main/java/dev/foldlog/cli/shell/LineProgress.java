package dev.foldlog.cli.shell;

import java.time.Duration;
import java.time.Instant;

/** Progress as plain lines, one every few seconds. */
final class LineProgress implements Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Shell shell;
    private final String task;
    private final long total;
    private Instant shown;

    LineProgress(Shell shell, String task, long total) {
        this.shell = shell;
        this.task = task;
        this.total = total;
        this.shown = shell.clock().instant();
    }

    @Override
    public void at(long done, String message) {
        Instant now = shell.clock().instant();
        if (Duration.between(shown, now).compareTo(INTERVAL) < 0) {
            return;
        }
        shown = now;
        String share = total > 0 ? " (" + Math.min(100, done * 100 / total) + " %)" : "";
        shell.note(task + ": " + message + share);
    }

    @Override
    public void note(String line) {
        shell.note(line);
    }

    @Override
    public void close() {
        // Nothing is left open between two lines.
    }
}
