package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.Tail;
import dev.foldlog.cli.client.TailOrder;
import dev.foldlog.cli.client.TailOrder.Start;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows the log. */
@Command(
        name = "tail",
        description = "Follow the log: events as JSON lines, the past first if wanted, then new ones as they come.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog tail                                    what comes from now on",
            "  foldlog tail --from-start --action reject",
            "  foldlog tail --after 120 --max 10",
            "  foldlog tail --checkpoint scorer --commit | ./score",
            "",
            "With --checkpoint NAME --commit the stored checkpoint moves after each batch was written to",
            "standard output and flushed. A run that is started again goes on there: nothing is missed;",
            "what was written and not yet committed comes again. Of two runs under one name, one fails",
            "with exit code 4.",
            "",
            "A connection that breaks is made again, behind the last event written; standard error says so.",
            "Ctrl-C ends the command cleanly, exit code 0."
        })
final class TailCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup
    private StartOptions start = new StartOptions();

    @Option(names = "--commit", description = "Move the checkpoint of --checkpoint over what was written.")
    private boolean isCommitted;

    @Option(names = "--max", paramLabel = "N", description = "End after so many events.")
    private long max;

    @Option(names = "--headers-only", description = "Without payload and metadata.")
    private boolean isHeadersOnly;

    TailCommand(Shell shell) {
        this.shell = shell;
    }

    /** Where to start: one of them, or none for what comes from now on. */
    static final class StartOptions {
        @Option(names = "--from-start", description = "Start with the oldest event.")
        private boolean isFromStart;

        @Option(names = "--after", paramLabel = "POSITION", description = "Start after this position.")
        private @Nullable Long after;

        @Option(
                names = "--checkpoint",
                paramLabel = "NAME",
                description =
                        "Start after the stored checkpoint of this name, with the oldest event when there is none.")
        private @Nullable String checkpoint;
    }

    @Override
    public Integer call() {
        TailOrder order = new TailOrder(start(), selection.selection(shell.clock()), isHeadersOnly, max);
        try (Connection connection = server.connect()) {
            Tail.run(shell, connection, order, new LineOutput(shell.out(), "standard output"));
        }
        return ExitCode.OK.number();
    }

    private Start start() {
        if (isCommitted && start.checkpoint == null) {
            throw new CommandException(ExitCode.USAGE, "--commit: no checkpoint (expected: with --checkpoint NAME)");
        }
        if (start.checkpoint != null) {
            return new Start.FromCheckpoint(start.checkpoint, isCommitted);
        }
        if (start.after != null) {
            return new Start.After(start.after);
        }
        return start.isFromStart ? new Start.Oldest() : new Start.Live();
    }
}
