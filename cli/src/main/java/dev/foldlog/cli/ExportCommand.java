package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.Export;
import dev.foldlog.cli.client.ExportOrder;
import dev.foldlog.cli.config.DurationText;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals.Registration;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports the log. */
@Command(
        name = "export",
        description = "Write the log, or what a selection leaves of it, as JSON lines: one snapshot.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog export feedback.jsonl.gz                the whole log, compressed",
            "  foldlog export rejects.jsonl --action reject --since 30d",
            "  foldlog export tail.jsonl --after 120           what came after position 120",
            "  foldlog export - | head",
            "",
            "FILE is written under a temporary name beside it and takes its place when it is whole: a failed",
            "export leaves the old FILE as it was. Importing an export into another store gives equal events",
            "(positions and recorded_at are that store's own)."
        })
final class ExportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to; compressed when it ends in .gz. Default: - (standard output).")
    private String file = "-";

    @Option(names = "--after", paramLabel = "POSITION", description = "Only events after this position.")
    private long after;

    @Option(
            names = "--as-of",
            paramLabel = "POSITION",
            description = "Only events up to this position. Default: the newest at the start.")
    private long asOf;

    @Option(
            names = "--retry-for",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "How long to wait for a server that went away. Default: ${DEFAULT-VALUE}.")
    private Duration patience = DurationText.parse("60s");

    ExportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (file.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "FILE: empty (expected: a file, or - for standard output)");
        }
        ExportOrder order = new ExportOrder(selection.selection(shell.clock()), after, asOf, patience);
        Export.Counts counts;
        try (Connection connection = server.connect()) {
            counts = file.equals("-") ? toStandardOutput(connection, order) : toFile(connection, order);
        }
        shell.note("exported: " + counts.events() + " events as of position " + counts.asOf());
        return ExitCode.OK.number();
    }

    private Export.Counts toStandardOutput(Connection connection, ExportOrder order) {
        LineOutput output = new LineOutput(shell.out(), "standard output");
        Export.Counts counts = Export.run(shell, connection, order, output);
        output.flush();
        return counts;
    }

    private Export.Counts toFile(Connection connection, ExportOrder order) {
        try (ExportFile target = ExportFile.create(shell, file);
                Registration _ = shell.stopSignals().beforeEnd(() -> interrupted(target))) {
            Export.Counts counts = Export.run(shell, connection, order, target.output());
            target.commit();
            return counts;
        }
    }

    private void interrupted(ExportFile target) {
        target.discard();
        shell.note("foldlog: interrupted; " + file + " is as it was before");
    }
}
