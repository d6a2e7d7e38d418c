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

/**
 * A read that takes the positions of its candidates from an index, some at a time, and then looks at just
 * those events; where they lie close together, at all events of the stretch in one go.
 */
final class CandidateCursor implements EventCursor {
    /** Rows passed over that cost as much as to find one. */
    private static final int DENSE = 4;

    private final Reading reading;
    private final Plan plan;
    private final PageQuery event;
    private final PageQuery stretch;
    private long at;
    private long[] candidates = {};
    private int used;
    private Position searched = Position.NONE;

    /** A cursor that starts after {@code at} (backward: before it; 0: from the end). */
    CandidateCursor(Reading reading, Plan plan, Position at) {
        this.reading = reading;
        this.plan = plan;
        this.event = new PageQuery(Sql.DIALECT
                .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
                .from(EVENT)
                .where(EVENT.POSITION.eq(PageQuery.LOW))
                .and(plan.filter));
        this.stretch = new PageQuery(Sql.DIALECT
                .select(EVENT.POSITION, EVENT.ENVELOPE, EVENT.PAYLOAD)
                .from(EVENT)
                .where(EVENT.POSITION.gt(PageQuery.LOW))
                .and(EVENT.POSITION.le(PageQuery.HIGH))
                .and(plan.filter)
                .orderBy(plan.isForward ? EVENT.POSITION.asc() : EVENT.POSITION.desc()));
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
        if (isDense()) {
            lookThrough(connection, fill);
        } else {
            look(connection, fill);
        }
        boolean isSearchedThrough = used == candidates.length && candidates.length < plan.candidatesMax;
        if (isSearchedThrough) {
            at = plan.isForward ? Math.max(at, searched.value()) : Math.min(1, searched.value());
        }
        // A tail's end may have moved on while the candidates were handed out.
        boolean isLast =
                isSearchedThrough && (!plan.isForward || !plan.end.get().isAfter(searched));
        return new EventPage(fill.events(), new Position(Math.max(at, 0)), isLast, fill.failures());
    }

    /** Whether what is left of the candidates lies so close that to pass over the others costs less. */
    private boolean isDense() {
        int left = candidates.length - used;
        return left > 1
                && plan.candidates.isFilterEnough()
                && Math.abs(candidates[candidates.length - 1] - candidates[used]) < (long) DENSE * left;
    }

    private void lookThrough(Connection connection, PageFill fill) throws SQLException {
        long end = candidates[candidates.length - 1];
        Bounds bounds =
                plan.isForward ? new Bounds(candidates[used] - 1, end, 0) : new Bounds(end - 1, candidates[used], 0);
        boolean isThrough = false;
        boolean isTaken = true;
        int looked = 0;
        try (PreparedStatement statement = stretch.prepare(connection, bounds);
                ResultSet rows = statement.executeQuery()) {
            while (isTaken && !isThrough && looked++ < plan.match.lookedIntoMax()) {
                isThrough = !rows.next();
                isTaken = isThrough || fill.offer(rows, 1);
                if (!isThrough && isTaken) {
                    at = fill.position();
                }
            }
        }
        if (isThrough) {
            at = end;
        }
        while (used < candidates.length && (plan.isForward ? candidates[used] <= at : candidates[used] >= at)) {
            used++;
        }
    }

    private void look(Connection connection, PageFill fill) throws SQLException {
        try (PreparedStatement statement = event.prepare(connection, new Bounds(0, 0, 0))) {
            boolean isTaken = true;
            int looked = 0;
            while (isTaken && used < candidates.length && !fill.isFull() && looked++ < plan.match.lookedIntoMax()) {
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
        return plan.candidates.between(connection, new Bounds(low, high, plan.candidatesMax));
    }

    /**
     * Where candidates come from and what is taken of them.
     *
     * @param filter the columns' part of the filter
     * @param end the last position, each time anew: a tail's moves
     */
    record Plan(
            Candidates candidates,
            Condition filter,
            PageFill.Match match,
            boolean isForward,
            int candidatesMax,
            Supplier<Position> end) {}
}
