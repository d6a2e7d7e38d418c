package dev.foldlog.cli;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Progress;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.ServedLogic;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.store.sqlite.CheckOutcome;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.store.sqlite.SqliteVerification;
import dev.foldlog.store.sqlite.VerificationListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves the files of a stopped store. */
@Command(
        name = "verify",
        description = "Check the files of a stopped store: SQLite's own check, checksums, order, gaps, indexes,"
                + " projections.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  foldlog verify",
            "  foldlog verify --data /var/lib/foldlog",
            "",
            "Exit code 0 when every check passed, 6 when one did not. Stop the server first; to check a store",
            "that must go on serving, check a copy. Nothing is changed."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./foldlog-data",
            description = "The data folder (also FOLDLOG_DATA). Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("foldlog-data");

    VerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Path folder = shell.folder().resolve(data).normalize();
        List<CheckOutcome> outcomes = run(folder);
        Table table = new Table();
        for (CheckOutcome outcome : outcomes) {
            table.row(outcome.isPassed() ? "passed" : "FAILED", outcome.check(), outcome.message());
        }
        boolean isPassed = outcomes.stream().allMatch(CheckOutcome::isPassed);
        LineOutput output = new LineOutput(shell.out(), "standard output");
        table.lines().forEach(output::line);
        output.line(isPassed ? "verified: " + folder : "damaged: " + folder);
        output.flush();
        return (isPassed ? ExitCode.OK : ExitCode.VERIFICATION_FAILED).number();
    }

    private List<CheckOutcome> run(Path folder) {
        try (Shown shown = new Shown(shell)) {
            List<CheckOutcome> outcomes = new ArrayList<>(SqliteVerification.run(folder, new ProtoEventCodec(), shown));
            if (outcomes.stream().allMatch(CheckOutcome::isPassed)) {
                outcomes.addAll(projections(folder));
            }
            return outcomes;
        } catch (StoreException e) {
            throw new CommandException(ExitCode.FAILURE, List.of("cannot verify: " + e.getMessage()), e);
        }
    }

    /** States are compared with a fresh fold of events that were found whole. */
    private List<CheckOutcome> projections(Path folder) {
        EventCodec codec = new ProtoEventCodec();
        try (EventStore store = SqliteEventStore.open(SqliteSettings.of(folder), codec, shell.clock())) {
            return ServedLogic.verification(store, codec).run().stream()
                    .map(it -> new CheckOutcome("projection " + it.projection(), it.isEqual(), it.message()))
                    .toList();
        }
    }

    /** Shows each check's progress. */
    private static final class Shown implements VerificationListener, AutoCloseable {
        private final Shell shell;
        private @Nullable Progress progress;

        Shown(Shell shell) {
            this.shell = shell;
        }

        @Override
        public void started(String check, long units) {
            close();
            progress = Progress.start(
                    shell, "verify " + check, units == 0 ? Progress.UNKNOWN : units, Progress.Unit.STEPS);
        }

        @Override
        public void progressed(long units) {
            if (progress != null) {
                progress.at(units, String.format(Locale.ROOT, "%,d looked at", units));
            }
        }

        @Override
        public void finished(CheckOutcome outcome) {
            close();
        }

        @Override
        public void close() {
            if (progress != null) {
                progress.close();
                progress = null;
            }
        }
    }
}
