package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.FilterMatch;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.CorruptionException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A page while it is being filled from rows whose last columns are position, envelope and payload. Takes
 * only what matches and fits; a damaged event ends the page before it, or is thrown when it is the first, and so does
 * one on which an expression is over its budget.
 */
final class PageFill {
    private final Match match;
    private final PageLimit limit;
    private final List<RecordedEvent> events = new ArrayList<>();
    private long bytes;
    private long position;
    private long failures;

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
        } catch (CorruptionException | EvaluationException e) {
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

    /** Events left out because an expression has no value for them. */
    long failures() {
        return failures;
    }

    List<RecordedEvent> events() {
        return events;
    }

    private boolean take(ResultSet row, int column) throws SQLException {
        position = row.getLong(column);
        byte[] blob = row.getBytes(column + 1);
        if (match.isInside() && !match.hasExpression() && !match.accepts(EnvelopeBlob.open(position, blob, null))) {
            return true;
        }
        RecordedEvent event = limit.withPayloads() || match.hasExpression()
                ? EnvelopeBlob.openWhole(position, blob, row.getBytes(column + 2))
                : EnvelopeBlob.open(position, blob, null);
        return match.hasExpression() ? takeIfTrue(event) : add(event);
    }

    private boolean takeIfTrue(RecordedEvent event) {
        return switch (match.of(event)) {
            case MATCHES ->
                add(limit.withPayloads() ? event : RecordedEvent.withoutPayload(event.position(), event.envelope()));
            case DIFFERS -> true;
            case FAILS -> {
                failures++;
                yield true;
            }
        };
    }

    private boolean add(RecordedEvent event) {
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
     * @param hasExpression whether payloads have to be looked at too
     */
    record Match(EventFilter filter, EventCodec codec, boolean isInside, boolean hasExpression) {
        /** Rows that a step looks into; readers are few, and everybody waits for them in one line. */
        private static final int INTO_ENVELOPES_MAX = 4_096;

        /** As many rows, where an expression is evaluated for each. */
        private static final int EVALUATED_MAX = 512;

        static Match of(EventFilter filter, EventCodec codec) {
            return new Match(filter, codec, FilterSql.needsLookInside(filter), filter.hasExpression());
        }

        int lookedIntoMax() {
            return hasExpression ? EVALUATED_MAX : INTO_ENVELOPES_MAX;
        }

        boolean accepts(RecordedEvent event) {
            Envelope envelope = codec.open(event.envelope());
            return filter.mayMatch(envelope.facts(), envelope.timestamp());
        }

        FilterMatch of(RecordedEvent event) {
            return filter.match(EventView.of(event, codec));
        }
    }
}
