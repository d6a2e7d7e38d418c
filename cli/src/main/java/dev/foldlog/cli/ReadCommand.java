package dev.foldlog.cli;

import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.client.ReadOrder;
import dev.foldlog.cli.client.Reads;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a partition, the whole log, or one event. */
@Command(
        name = "read",
        description = "Read events as JSON lines: of one partition in its order, or of the whole log.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog read answer-17                          all of one partition",
            "  foldlog read answer-17 --since 30d              its last 30 days (costs what that slice costs)",
            "  foldlog read answer-17 --backward --limit 1     its newest event",
            "  foldlog read --all --action reject --tag topic:billing",
            "  foldlog read --all --as-of 120                  the log as it was at position 120",
            "  foldlog read --id 0190b6d2-9c4a-7cc1-8f3e-3f1f5b1c0a01",
            "  foldlog read --all | jq -r .payload.comment",
            "",
            "A payload is printed byte for byte as it was appended. One with line breaks in it is printed",
            "as a text in payload_text, so that an event is always one line."
        })
final class ReadCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Parameters(arity = "0..1", paramLabel = "PARTITION", description = "The partition's key.")
    private @Nullable String partition;

    @Option(names = "--all", description = "Read the whole log in position order.")
    private boolean isAll;

    @Option(names = "--id", paramLabel = "EVENT-ID", description = "Read the one event with this id.")
    private @Nullable String eventId;

    @Option(
            names = "--after",
            paramLabel = "N",
            description = "Start after this sequence of the partition, or position of the log (backward: before it).")
    private long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many events. With PARTITION and --since: the newest so many.")
    private long limit;

    @Option(names = "--as-of", paramLabel = "POSITION", description = "Only events up to this position: a snapshot.")
    private long asOf;

    @Option(names = "--backward", description = "Newest first.")
    private boolean isBackward;

    @Option(names = "--headers-only", description = "Without payload and metadata.")
    private boolean isHeadersOnly;

    ReadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        int wanted = (partition == null ? 0 : 1) + (isAll ? 1 : 0) + (eventId == null ? 0 : 1);
        if (wanted != 1) {
            throw new CommandException(ExitCode.USAGE, "what to read (expected: one of PARTITION, --all, --id)");
        }
        if (partition != null && partition.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "PARTITION: missing (expected: a partition's key; --all reads the whole log)");
        }
        try (Connection connection = server.connect()) {
            Reads reads = new Reads(shell, connection, new LineOutput(shell.out(), "standard output"));
            if (eventId != null) {
                reads.event(eventId, isHeadersOnly);
            } else {
                reads.read(order());
            }
        }
        return ExitCode.OK.number();
    }

    private ReadOrder order() {
        return new ReadOrder(
                partition == null ? "" : partition,
                selection.selection(shell.clock()),
                after,
                limit,
                asOf,
                isBackward,
                isHeadersOnly);
    }
}
