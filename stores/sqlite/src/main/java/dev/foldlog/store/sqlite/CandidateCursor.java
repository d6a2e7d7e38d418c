package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Select;

/**
 * A read that takes the positions of its candidates from an index, some at a time, and then looks at just
 * those events.
 */
final class CandidateCursor implements EventCursor {
    /** Candidates that a step looks at. */
    static final int LOOKED_AT_MAX = 4_096;

    private final Reading reading;
    private final Plan plan;
    private final PageQuery positions;
    private final PageQuery event;
    private long at;
    private long[] candidates = {};
    private int used;
    private Position searched = Position.NONE;

    /** A cursor that starts after {@code at} (backward: before it; 0: from the end). */
    CandidateCursor(Reading reading, Plan plan, Position at) {
        this.reading = reading;
        this.plan = plan;
        this.positions = new PageQuery(plan.positions);
        this.event = new PageQuery(Sql.DIALECT
                .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
                .from(EVENT)
                .where(EVENT.POSITION.eq(PageQuery.LOW))
                .and(plan.filter));
        this.at = at.value();
    }

    @Override
    public EventPage next(PageLimit limit) {
        return reading.read(connection -> page(connection, limit));
    }

    private EventPage page(Connection connection, PageLimit limit) throws SQLException {
        if (used == candidates.length) {
            // A tail's end moves: what is said of the candidates holds up to where they were searched.
            searched = plan.end.get();
            if (!plan.isForward && at == 0) {
                at = searched.value() + 1;
            }
            candidates = candidates(connection, searched);
            used = 0;
        }
        PageFill fill = new PageFill(plan.match, limit);
        look(connection, fill);
        boolean isSearchedThrough = used == candidates.length && candidates.length < plan.candidatesMax;
        if (isSearchedThrough) {
            at = plan.isForward ? Math.max(at, searched.value()) : Math.min(1, searched.value());
        }
        // A tail's end may have moved on while the candidates were handed out.
        boolean isLast =
                isSearchedThrough && (!plan.isForward || !plan.end.get().isAfter(searched));
        return new EventPage(fill.events(), new Position(Math.max(at, 0)), isLast);
    }

    private void look(Connection connection, PageFill fill) throws SQLException {
        try (PreparedStatement statement = event.prepare(connection, new Bounds(0, 0, 0))) {
            boolean isTaken = true;
            int looked = 0;
            while (isTaken && used < candidates.length && !fill.isFull() && looked++ < LOOKED_AT_MAX) {
                statement.setLong(1, candidates[used]);
                try (ResultSet row = statement.executeQuery()) {
                    isTaken = !row.next() || fill.offer(row, 1);
                }
                if (isTaken) {
                    at = candidates[used++];
                }
            }
        }
    }

    private long[] candidates(Connection connection, Position end) throws SQLException {
        long low = plan.isForward ? at : 0;
        long high = plan.isForward ? end.value() : at - 1;
        long[] found = new long[plan.candidatesMax];
        int count = 0;
        try (PreparedStatement statement = positions.prepare(connection, new Bounds(low, high, plan.candidatesMax));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found[count++] = rows.getLong(1);
            }
        }
        return count == found.length ? found : java.util.Arrays.copyOf(found, count);
    }

    /**
     * Where candidates come from and what is taken of them.
     *
     * @param positions selects positions above LOW up to HIGH, ROWS of them, in the read's direction
     * @param filter the columns' part of the filter
     * @param end the last position, each time anew: a tail's moves
     */
    record Plan(
            Select<?> positions,
            Condition filter,
            PageFill.Match match,
            boolean isForward,
            int candidatesMax,
            Supplier<Position> end) {}
}
