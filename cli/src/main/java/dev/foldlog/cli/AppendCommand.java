package dev.foldlog.cli;

import dev.foldlog.cli.client.AppendOrder;
import dev.foldlog.cli.client.AppendOrder.CheckpointMove;
import dev.foldlog.cli.client.Appends;
import dev.foldlog.cli.client.Condition;
import dev.foldlog.cli.client.Connection;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Appends a few events, all or none. */
@Command(
        name = "append",
        description = "Append one event given by options, or the events of JSON lines, all or none.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog append --action approve --producer reviewer:ana \\",
            "      --artifact-type answer --artifact-id answer-17 --payload '{\"score\": 5}'",
            "  foldlog append events.jsonl",
            "  ./collect | foldlog append",
            "  foldlog append edit.jsonl --expect-sequence answer-17=3",
            "  foldlog append claim.jsonl --expect-none after=42,tag=user:u7,action=claim",
            "",
            "Standard output tells for each event, as a JSON line, where it went. Exit code 4: a precondition",
            "failed, nothing was stored. For more than a few hundred events use 'foldlog import'; see there",
            "for the form of a line."
        })
final class AppendCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private ServerOption server = new ServerOption();

    @ArgGroup(exclusive = false, heading = "One event by options:%n")
    private @Nullable EventOptions event;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "JSON lines to append. Default: standard input, unless options give an event.")
    private @Nullable String file;

    @Option(
            names = "--expect-sequence",
            paramLabel = "KEY=N",
            description = "The partition's last sequence must be N (0: it never had an event); repeatable (and).")
    private List<Condition.SequenceIs> sequences = new ArrayList<>();

    @Option(
            names = "--expect-exists",
            paramLabel = "KEY",
            description = "The partition must have had an event; repeatable.")
    private List<String> existing = new ArrayList<>();

    @Option(
            names = "--expect-absent",
            paramLabel = "KEY",
            description = "The partition must never have had an event; repeatable.")
    private List<String> absent = new ArrayList<>();

    @Option(
            names = "--expect-none",
            paramLabel = "after=N,NAME=VALUE,...",
            description = "No event after position N may match (names as in 'read --any'); repeatable.")
    private List<Condition.NoneMatching> none = new ArrayList<>();

    @Option(
            names = "--move-checkpoint",
            paramLabel = "NAME=FROM..TO",
            description = "Move a checkpoint in the same transaction; it must be at FROM (0: nowhere yet); repeatable.")
    private List<CheckpointMove> checkpoints = new ArrayList<>();

    @Option(
            names = "--request-id",
            paramLabel = "UUID",
            defaultValue = "",
            description = "Makes a repeat of the same append safe where events have no event_id. Default: a new one.")
    private String requestId = "";

    @Option(names = "--validate-only", description = "Check everything, store nothing.")
    private boolean isValidateOnly;

    AppendCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (event != null && file != null) {
            throw new CommandException(ExitCode.USAGE, "FILE: beside an event by options (expected: one of them)");
        }
        try (Connection connection = server.connect()) {
            Appends appends = new Appends(shell, connection);
            LineOutput output = new LineOutput(shell.out(), "standard output");
            if (event != null) {
                appends.appendOne(event.draft(shell.clock()), order(), output);
            } else if (file == null || file.equals("-")) {
                appends.appendLines(shell.in(), "standard input", order(), output);
            } else {
                appendFile(appends, file, output);
            }
        }
        return ExitCode.OK.number();
    }

    private void appendFile(Appends appends, String path, LineOutput output) throws IOException {
        if (!Files.isReadable(shell.folder().resolve(path))) {
            throw new CommandException(ExitCode.BAD_INPUT, path + ": no readable file");
        }
        try (InputStream lines = Files.newInputStream(shell.folder().resolve(path))) {
            appends.appendLines(lines, path, order(), output);
        }
    }

    private AppendOrder order() {
        List<Condition> conditions = new ArrayList<>(sequences);
        existing.forEach(key -> conditions.add(new Condition.Exists(key, true)));
        absent.forEach(key -> conditions.add(new Condition.Exists(key, false)));
        conditions.addAll(none);
        return new AppendOrder(conditions, checkpoints, requestId, isValidateOnly);
    }
}
