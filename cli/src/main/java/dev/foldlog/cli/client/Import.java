package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Progress;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals.Registration;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.StoreLimits;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One import of files, in their order: while a batch is on its way the next one is read. Every batch is
 * appended whole or not at all, and the lines before a bad one's batch stay. Confined to one thread, but for
 * what a signal tells.
 */
public final class Import {
    private static final String STANDARD_INPUT = "-";

    private final Shell shell;
    private final Progress progress;
    private final BatchAppend append;
    private final StoreLimits limits;
    private volatile Counts counts = new Counts(0, 0, 0);
    private long bytesBefore;
    private long settledLine;
    private boolean isDerivingIds;

    private Import(Shell shell, Progress progress, BatchAppend append, StoreLimits limits) {
        this.shell = shell;
        this.progress = progress;
        this.append = append;
        this.limits = limits;
    }

    /** What an import did. */
    public record Counts(long read, long stored, long alreadyThere) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d read, %,d stored, %,d already there", read, stored, alreadyThere);
        }
    }

    /**
     * Imports files; {@code -} is standard input.
     *
     * @param patience how long a server that went away is waited for
     */
    public static Counts run(Shell shell, Connection connection, List<String> files, Duration patience) {
        for (String file : files) {
            requireReadable(shell, file);
        }
        if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new CommandException(ExitCode.USAGE, "-: more than once (expected: standard input once)");
        }
        StoreLimits limits = limits(connection);
        try (Progress progress = Progress.start(shell, "import", bytes(shell, files), Progress.Unit.BYTES)) {
            Retrying retrying = new Retrying(shell, connection, patience, progress::note);
            Import run = new Import(shell, progress, new BatchAppend(connection, retrying), limits);
            try (Registration _ = shell.stopSignals().beforeEnd(run::interrupted)) {
                return run.all(files);
            }
        }
    }

    private static void requireReadable(Shell shell, String file) {
        Path path = shell.folder().resolve(file);
        if (!file.equals(STANDARD_INPUT) && !(Files.isReadable(path) && !Files.isDirectory(path))) {
            throw new CommandException(ExitCode.BAD_INPUT, file + ": no readable file");
        }
    }

    private static StoreLimits limits(Connection connection) {
        try {
            return connection
                    .unary()
                    .getStoreInfo(GetStoreInfoRequest.getDefaultInstance())
                    .getLimits();
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
    }

    private static long bytes(Shell shell, List<String> files) {
        long sum = 0;
        for (String file : files) {
            try {
                Path path = shell.folder().resolve(file);
                if (file.equals(STANDARD_INPUT) || !Files.isRegularFile(path)) {
                    return Progress.UNKNOWN;
                }
                sum += Files.size(path);
            } catch (IOException e) {
                return Progress.UNKNOWN;
            }
        }
        return sum;
    }

    private Counts all(List<String> files) {
        try {
            for (String file : files) {
                one(file);
            }
            return counts;
        } catch (CommandException e) {
            throw new CommandException(e.exitCode(), told(e), e);
        }
    }

    /** What a signal leaves behind: a batch on its way may be stored too. */
    private void interrupted() {
        progress.note("foldlog: interrupted: " + counts + "; the same import run again goes on from there");
    }

    private List<String> told(CommandException e) {
        List<String> lines = new ArrayList<>(e.lines());
        boolean isInputBad = e.exitCode() == ExitCode.BAD_INPUT || e.exitCode() == ExitCode.CONFLICT;
        if (isInputBad) {
            lines.add("nothing of its batch was stored");
        }
        lines.add(String.format(
                Locale.ROOT,
                "before it: %,d stored, %,d already there; the same import run again goes on from there",
                counts.stored(),
                counts.alreadyThere()));
        if (isInputBad && isDerivingIds && settledLine > 0) {
            lines.add("but a changed file gives its lines without event_id other ids: of this file import only what"
                    + " follows line " + settledLine);
        }
        return lines;
    }

    private void one(String file) {
        try (ImportSource source = open(file)) {
            BatchReader batches = new BatchReader(source, limits);
            BatchAppend.Pending pending = null;
            settledLine = 0;
            while (true) {
                ImportBatch batch = next(batches, pending);
                isDerivingIds = batches.isDerivingIds();
                if (pending != null) {
                    settle(pending, source);
                }
                if (batch == null) {
                    break;
                }
                pending = append.start(batch);
            }
            bytesBefore += source.bytesRead();
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_INPUT, file + ": cannot be read: " + e.getMessage());
        }
    }

    private ImportSource open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return ImportSource.stream(shell.in(), "standard input");
        }
        Path path = shell.folder().resolve(file);
        return Files.isRegularFile(path)
                ? ImportSource.file(path, file)
                : ImportSource.stream(Files.newInputStream(path), file);
    }

    /** The next batch; when it is bad, the one before is still waited for, since it stays. */
    private @Nullable ImportBatch next(BatchReader batches, BatchAppend.@Nullable Pending pending) {
        try {
            return batches.next();
        } catch (CommandException e) {
            if (pending != null) {
                count(append.finish(pending), pending.batch());
            }
            throw e;
        }
    }

    private void settle(BatchAppend.Pending pending, ImportSource source) {
        count(append.finish(pending), pending.batch());
        progress.at(bytesBefore + source.bytesRead(), counts.toString());
    }

    private void count(BatchAppend.Outcome outcome, ImportBatch batch) {
        counts = new Counts(
                counts.read() + batch.size(),
                counts.stored() + outcome.stored(),
                counts.alreadyThere() + outcome.alreadyThere());
        settledLine = batch.lines().getLast().number();
    }
}
