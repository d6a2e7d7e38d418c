package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * A read along a key that orders its events: the position for the log, the sequence for one partition. A
 * selective read looks at a window of keys at a time, which grows while it finds little, so that a page
 * comes back soon whatever the filter.
 */
final class RangeCursor implements EventCursor {
    private static final long WINDOW_MIN = 4_096;
    private static final long WINDOW_MAX = 16_384;

    private final Reading reading;
    private final Range range;
    private final PageQuery query;
    private long at;
    private long window = WINDOW_MIN;
    private Position scanned;

    /**
     * A cursor that starts after {@code at} (backward: before it; 0: from the end).
     *
     * @param scanned the position up to which (backward: down to which) nothing is left to look at
     */
    RangeCursor(Reading reading, Range range, long at, Position scanned) {
        this.reading = reading;
        this.range = range;
        this.query = new PageQuery(range.select());
        this.at = at;
        this.scanned = scanned;
    }

    @Override
    public EventPage next(PageLimit limit) {
        return reading.read(connection -> range.isForward ? forward(connection, limit) : backward(connection, limit));
    }

    private EventPage forward(Connection connection, PageLimit limit) throws SQLException {
        End end = range.course.end.at(connection);
        long high = range.isSelective ? Math.min(end.key, saturatedSum(at, window)) : end.key;
        Filled filled = at < high ? fill(connection, limit, new Bounds(at, high, rowsMax(limit))) : Filled.NOTHING;
        if (at < high && !filled.isCut) {
            at = high;
        }
        boolean isLast = at >= end.key;
        if (isLast) {
            scanned = latest(end.position, scanned);
        } else if (!filled.isCut) {
            scanned = latest(range.course.places.positionOf(connection, at), scanned);
        }
        return new EventPage(filled.events, scanned, isLast, filled.failures);
    }

    private EventPage backward(Connection connection, PageLimit limit) throws SQLException {
        End end = range.course.end.at(connection);
        if (at == 0) {
            at = saturatedSum(end.key, 1);
            scanned = new Position(saturatedSum(end.position.value(), 1));
        }
        long floor = range.course.floor;
        long low = range.isSelective ? Math.max(floor, at - 1 - window) : floor;
        Filled filled =
                at > floor + 1 ? fill(connection, limit, new Bounds(low, at - 1, rowsMax(limit))) : Filled.NOTHING;
        if (at > floor + 1 && !filled.isCut) {
            at = low + 1;
        }
        boolean isLast = at <= floor + 1;
        if (isLast) {
            scanned = new Position(Math.min(1, end.position.value()));
        } else if (!filled.isCut) {
            scanned = range.course.places.positionOf(connection, at);
        }
        return new EventPage(filled.events, scanned, isLast, filled.failures);
    }

    /** Reads the rows between the bounds, and moves along as far as it has looked. */
    private Filled fill(Connection connection, PageLimit limit, Bounds bounds) throws SQLException {
        PageFill fill = new PageFill(range.match, limit);
        long rowsMax = bounds.rows();
        long looked = 0;
        boolean isAlongLog = range.key.equals(EVENT.POSITION);
        long scannedTo = 0;
        boolean isCut = false;
        try (PreparedStatement statement = query.prepare(connection, bounds);
                ResultSet rows = statement.executeQuery()) {
            while (!isCut && rows.next()) {
                isCut = !fill.offer(rows, 2);
                if (!isCut) {
                    at = isAlongLog ? fill.position() : rows.getLong(1);
                    scannedTo = fill.position();
                    looked++;
                }
            }
        }
        if (looked > 0) {
            scanned = new Position(scannedTo);
        }
        Filled filled = new Filled(fill.events(), isCut || looked == rowsMax, fill.failures());
        if (!filled.isCut && 2L * filled.events.size() < limit.eventsMax()) {
            window = Math.min(WINDOW_MAX, window * 2);
        }
        return filled;
    }

    /** A row that must be looked into may not match, so their number says nothing about the page. */
    private long rowsMax(PageLimit limit) {
        return range.match.isInside() ? Math.max(range.match.lookedIntoMax(), limit.eventsMax()) : limit.eventsMax();
    }

    private static Position latest(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    private static long saturatedSum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    /**
     * What is read along which key.
     *
     * @param base restricts to a partition, or to nothing
     * @param filter the columns' part of the filter
     * @param isSelective whether many of the keys may not match
     */
    record Range(
            Field<Long> key,
            Condition base,
            Condition filter,
            PageFill.Match match,
            boolean isSelective,
            boolean isForward,
            Course course) {
        Select<?> select() {
            return Sql.DIALECT
                    .select(key, EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
                    .from(EVENT)
                    .where(DSL.and(base, key.gt(PageQuery.LOW), key.le(PageQuery.HIGH), filter))
                    .orderBy(isForward ? key.asc() : key.desc())
                    .limit(PageQuery.ROWS);
        }
    }

    /**
     * How the keys of a range run.
     *
     * @param end where a forward read ends, and a backward one begins
     * @param places where the keys stand in the log
     * @param floor the key before the first, where a backward read ends
     */
    record Course(Endpoint end, Places places, long floor) {}

    /**
     * What was found between two bounds.
     *
     * @param isCut whether there may be more between them
     */
    private record Filled(List<RecordedEvent> events, boolean isCut, long failures) {
        static final Filled NOTHING = new Filled(List.of(), false, 0);
    }

    /** Finds the last key of a range, each time anew: a tail's moves. */
    interface Endpoint {
        End at(Connection connection) throws SQLException;
    }

    /** Finds the position that is looked at, and everything before it (backward: after it), once a key is. */
    interface Places {
        Position positionOf(Connection connection, long key) throws SQLException;
    }

    /** The last key, and the position up to which all is looked at once it is reached. */
    record End(long key, Position position) {}
}
