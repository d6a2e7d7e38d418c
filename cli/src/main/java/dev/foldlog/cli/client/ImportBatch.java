package dev.foldlog.cli.client;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import java.util.List;

/**
 * Lines that are appended together.
 *
 * @param source name of the file
 * @param repeats lines that repeat another line of the batch and were left out
 */
record ImportBatch(String source, List<Line> lines, int repeats) {
    ImportBatch {
        lines = List.copyOf(lines);
    }

    /** One event and where it stands. Every event has an id. */
    record Line(long number, NewEvent event) {}

    /** Events read for this batch. */
    int size() {
        return lines.size() + repeats;
    }

    /** The same batch with only some of its lines. */
    ImportBatch part(List<Line> some) {
        return new ImportBatch(source, some, 0);
    }

    AppendRequest request() {
        AppendRequest.Builder request = AppendRequest.newBuilder();
        lines.forEach(line -> request.addEvents(line.event()));
        return request.build();
    }

    /** Where a line is, as messages say it. */
    String place(Line line) {
        return source + ": line " + line.number();
    }
}
