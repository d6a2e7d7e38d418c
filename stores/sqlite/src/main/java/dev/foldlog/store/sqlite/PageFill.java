package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.CorruptionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is being filled from rows whose last columns are position, envelope and payload. Takes
 * only what matches and fits; a damaged event ends the page before it, or is thrown when it is the first.
 */
final class PageFill {
    private final Match match;
    private final PageLimit limit;
    private final List<RecordedEvent> events = new ArrayList<>();
    private long bytes;
    private long position;

    PageFill(Match match, PageLimit limit) {
        this.match = match;
        this.limit = limit;
    }

    /** Takes the row's event in; false when the page is full and the row was not looked at. */
    boolean offer(ResultSet row, int column) throws SQLException {
        if (isFull()) {
            return false;
        }
        try {
            return take(row, column);
        } catch (CorruptionException e) {
            if (events.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    /** Position of the row that was looked at last: each call of the driver costs, so it is read once. */
    long position() {
        return position;
    }

    boolean isFull() {
        return events.size() >= limit.eventsMax();
    }

    List<RecordedEvent> events() {
        return events;
    }

    private boolean take(ResultSet row, int column) throws SQLException {
        position = row.getLong(column);
        byte[] blob = row.getBytes(column + 1);
        if (match.isInside() && !match.accepts(EnvelopeBlob.open(position, blob, null))) {
            return true;
        }
        RecordedEvent event = limit.withPayloads()
                ? EnvelopeBlob.openWhole(position, blob, row.getBytes(column + 2))
                : EnvelopeBlob.open(position, blob, null);
        if (!events.isEmpty() && bytes + event.sizeBytes() > limit.bytesMax()) {
            return false;
        }
        events.add(event);
        bytes += event.sizeBytes();
        return true;
    }

    /**
     * The part of a filter that columns cannot answer.
     *
     * @param isInside whether there is such a part
     */
    record Match(EventFilter filter, EventCodec codec, boolean isInside) {
        static Match of(EventFilter filter, EventCodec codec) {
            return new Match(filter, codec, FilterSql.needsLookInside(filter));
        }

        boolean accepts(RecordedEvent event) {
            Envelope envelope = codec.open(event.envelope());
            return filter.matches(envelope.facts(), envelope.timestamp());
        }
    }
}
