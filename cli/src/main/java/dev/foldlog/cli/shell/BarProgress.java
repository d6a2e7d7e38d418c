package dev.foldlog.cli.shell;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that is drawn over itself. */
final class BarProgress implements Progress {
    private static final int COLUMNS_STANDARD = 100;
    private static final int COLUMNS_MIN = 40;

    private final Shell shell;
    private final ProgressBar bar;

    private BarProgress(Shell shell, ProgressBar bar) {
        this.shell = shell;
        this.bar = bar;
    }

    static BarProgress start(Shell shell, String task, long total, Unit unit) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(shell.err(), columns(shell)));
        if (!unit.label().isEmpty()) {
            builder.setUnit(unit.label(), unit.size());
        }
        return new BarProgress(shell, builder.build());
    }

    private static int columns(Shell shell) {
        try {
            return Math.max(COLUMNS_MIN, Integer.parseInt(shell.environment().getOrDefault("COLUMNS", "")) - 1);
        } catch (NumberFormatException e) {
            return COLUMNS_STANDARD;
        }
    }

    @Override
    public void at(long done, String message) {
        bar.stepTo(done);
        bar.setExtraMessage(message);
    }

    @Override
    public void note(String line) {
        // The bar's line is cleared first; it is drawn anew below the note.
        shell.note("\r\u001b[K" + line);
    }

    @Override
    public void close() {
        bar.close();
    }
}
