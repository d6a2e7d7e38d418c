package dev.foldlog.cli.client;

import com.google.common.util.concurrent.ListenableFuture;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches so that it can be done again: what is stored already is recognised by its ids, and a batch
 * of which only some events are stored is appended without them. Confined to one thread.
 */
final class BatchAppend {
    private final Connection connection;
    private final Retrying retrying;

    BatchAppend(Connection connection, Retrying retrying) {
        this.connection = connection;
        this.retrying = retrying;
    }

    /** What became of a batch. */
    record Outcome(int stored, int alreadyThere) {
        Outcome plus(Outcome other) {
            return new Outcome(stored + other.stored, alreadyThere + other.alreadyThere);
        }
    }

    /** A batch on its way. */
    record Pending(ImportBatch batch, ListenableFuture<AppendResponse> answer) {}

    /** Sends a batch without waiting. */
    Pending start(ImportBatch batch) {
        return new Pending(batch, connection.futures().append(batch.request()));
    }

    /** Waits until the batch is stored, whatever it takes; throws what the user must be told. */
    Outcome finish(Pending pending) {
        ImportBatch batch = pending.batch();
        try {
            return outcome(batch, pending.answer().get()).plus(new Outcome(0, batch.repeats()));
        } catch (ExecutionException e) {
            StatusException failure = new StatusException(Status.fromThrowable(e), Status.trailersFromThrowable(e));
            return afterFailure(batch, failure).plus(new Outcome(0, batch.repeats()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILURE, "interrupted");
        }
    }

    private static Outcome outcome(ImportBatch batch, AppendResponse answer) {
        int events = batch.lines().size();
        return answer.getReplayed() ? new Outcome(0, events) : new Outcome(events, 0);
    }

    private Outcome afterFailure(ImportBatch batch, StatusException failure) {
        try {
            return outcome(batch, retrying.after(failure, () -> append(batch)));
        } catch (StatusException e) {
            return refused(batch, e);
        }
    }

    private AppendResponse append(ImportBatch batch) throws StatusException {
        return connection.unary().append(batch.request());
    }

    private Outcome refused(ImportBatch batch, StatusException failure) {
        if (ServerError.of(failure).reason() != ErrorReason.ERROR_REASON_EVENT_ID_CONFLICT) {
            throw BatchRefusal.told(batch, failure, connection.server());
        }
        ImportBatch missing = batch.part(missing(batch));
        int alreadyThere = batch.lines().size() - missing.lines().size();
        if (alreadyThere == 0) {
            // Somebody else stores the same events just now, or the server contradicts itself.
            throw BatchRefusal.told(batch, failure, connection.server());
        }
        Outcome rest = new Outcome(0, alreadyThere);
        if (missing.lines().isEmpty()) {
            return rest;
        }
        try {
            return outcome(missing, retrying.until(() -> append(missing))).plus(rest);
        } catch (StatusException e) {
            return refused(missing, e).plus(rest);
        }
    }

    /** The lines that are not stored. A line whose id is stored with other content ends the import. */
    private List<ImportBatch.Line> missing(ImportBatch batch) {
        List<ImportBatch.Line> missing = new ArrayList<>();
        for (ImportBatch.Line line : batch.lines()) {
            RecordedEvent stored = stored(batch, line);
            if (stored == null) {
                missing.add(line);
                continue;
            }
            List<String> differences = StoredEvent.differences(line.event(), stored);
            if (!differences.isEmpty()) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        batch.place(line) + ": event_id: " + stored.getEventId() + " is stored at position "
                                + stored.getPosition() + " with other content (" + String.join(", ", differences)
                                + ')');
            }
        }
        return missing;
    }

    private @Nullable RecordedEvent stored(ImportBatch batch, ImportBatch.Line line) {
        GetEventRequest request = GetEventRequest.newBuilder()
                .setEventId(line.event().getEventId())
                .setOptions(Reads.options(false))
                .build();
        try {
            return retrying.until(() -> connection.unary().getEvent(request)).getEvent();
        } catch (StatusException e) {
            if (ServerError.of(e).reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND) {
                return null;
            }
            throw BatchRefusal.told(batch, e, connection.server());
        }
    }
}
