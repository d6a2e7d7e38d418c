package dev.foldlog.cli.client;

import com.google.protobuf.CodedOutputStream;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.StoreLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a source into batches, always at the same lines for the same source and limits: what an interrupted
 * import stored is found again as whole batches. Confined to one thread.
 */
final class BatchReader {
    private static final int EVENTS_MAX = 500;
    /** Room for the request's other fields. */
    private static final int SLACK_BYTES = 256;

    private final ImportSource source;
    private final Lines lines;
    private final EventJsonReader json = new EventJsonReader();
    private final StoreLimits limits;
    private final int eventsMax;
    private final long bytesMax;
    private @Nullable DerivedIds derivedIds;
    private ImportBatch.@Nullable Line carried;

    BatchReader(ImportSource source, StoreLimits limits) {
        this.source = source;
        this.lines = new Lines(source.content());
        this.limits = limits;
        this.eventsMax =
                limits.getMaxAppendEvents() > 0 ? Math.min(EVENTS_MAX, limits.getMaxAppendEvents()) : EVENTS_MAX;
        this.bytesMax = limits.getMaxAppendBytes() > 0 ? limits.getMaxAppendBytes() - SLACK_BYTES : Long.MAX_VALUE;
    }

    /** Whether a line had no id of its own so far. */
    boolean isDerivingIds() {
        return derivedIds != null;
    }

    /** The next batch, or null at the end. A bad line ends the import with nothing of its batch stored. */
    @Nullable
    ImportBatch next() {
        Map<String, ImportBatch.Line> byId = new HashMap<>();
        List<ImportBatch.Line> batch = new ArrayList<>();
        int repeats = 0;
        long bytes = 0;
        for (ImportBatch.Line line = line(); line != null; line = line()) {
            ImportBatch.Line same = byId.putIfAbsent(line.event().getEventId(), line);
            if (same != null) {
                requireEqual(same, line);
                repeats++;
                continue;
            }
            bytes += CodedOutputStream.computeMessageSize(AppendRequest.EVENTS_FIELD_NUMBER, line.event());
            if (bytes > bytesMax && !batch.isEmpty()) {
                carried = line;
                break;
            }
            batch.add(line);
            if (batch.size() == eventsMax) {
                break;
            }
        }
        return batch.isEmpty() ? null : new ImportBatch(source.name(), batch, repeats);
    }

    private void requireEqual(ImportBatch.Line first, ImportBatch.Line again) {
        if (!first.event().equals(again.event())) {
            throw bad(
                    again.number(),
                    "event_id: " + again.event().getEventId() + " stands in line " + first.number()
                            + " with other content");
        }
    }

    private ImportBatch.@Nullable Line line() {
        if (carried != null) {
            ImportBatch.Line line = carried;
            carried = null;
            return line;
        }
        try {
            Lines.Line line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line == null ? null : new ImportBatch.Line(line.number(), event(line));
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_INPUT, source.name() + ": cannot be read on: " + e.getMessage());
        }
    }

    private NewEvent event(Lines.Line line) throws IOException {
        try {
            NewEvent event = json.read(line.text());
            String tooLarge = SizeCheck.tooLarge(event, limits);
            if (tooLarge != null) {
                throw bad(line.number(), tooLarge);
            }
            return event.getEventId().isEmpty()
                    ? event.toBuilder().setEventId(derivedId(line.number())).build()
                    : event;
        } catch (EventSyntaxException e) {
            throw bad(line.number(), String.valueOf(e.getMessage()));
        }
    }

    private String derivedId(long number) throws IOException {
        if (derivedIds == null) {
            derivedIds = new DerivedIds(source.contentHash());
        }
        return derivedIds.ofLine(number);
    }

    private CommandException bad(long number, String reason) {
        return new CommandException(ExitCode.BAD_INPUT, source.name() + ": line " + number + ": " + reason);
    }
}
