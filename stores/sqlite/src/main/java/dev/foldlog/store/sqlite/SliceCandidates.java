package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.Position;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The events of a partition from a time on. Those whose times ascend lie together behind the first that
 * reaches the time; what is late between them is passed over in steps, however much it is. Those that came
 * late and reach the time have an index of their own, in time order, so that their positions are sorted.
 */
final class SliceCandidates implements Candidates {
    /** Sequences that are looked at before the next event in order is searched for. */
    private static final long STRETCH = 256;

    static final Select<?> IN_ORDER_FORWARD = inOrder(true);
    static final Select<?> IN_ORDER_BACKWARD = inOrder(false);

    private final Slice slice;
    private final boolean isForward;
    private final PageQuery late;

    SliceCandidates(Slice slice, boolean isForward) {
        this.slice = slice;
        this.isForward = isForward;
        this.late = new PageQuery(Sql.DIALECT
                .select(EVENT.POSITION)
                .from(EVENT)
                .where(EVENT.PARTITION_ID.eq(slice.partitionId))
                .and(EVENT.TIME_BEFORE.isNotNull())
                .and(EVENT.TIMESTAMP.ge(slice.since))
                .and(EVENT.POSITION.gt(PageQuery.LOW))
                .and(EVENT.POSITION.le(PageQuery.HIGH))
                .orderBy(isForward ? EVENT.POSITION.asc() : EVENT.POSITION.desc())
                .limit(PageQuery.ROWS));
    }

    private static Select<?> inOrder(boolean isForward) {
        return Sql.DIALECT
                .select(EVENT.POSITION)
                .from(EVENT)
                .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)))
                .and(EVENT.SEQUENCE.gt(DSL.param("after", Long.class)))
                .and(EVENT.SEQUENCE.le(DSL.param("through", Long.class)))
                .and(EVENT.TIME_BEFORE.isNull())
                .orderBy(isForward ? EVENT.SEQUENCE.asc() : EVENT.SEQUENCE.desc());
    }

    @Override
    public long[] between(Connection connection, Bounds bounds) throws SQLException {
        int rowsMax = Math.toIntExact(bounds.rows());
        long[] lateOnes =
                slice.lateCount == 0 ? new long[0] : Candidates.positions(late.prepare(connection, bounds), rowsMax);
        return merged(inOrder(connection, bounds), lateOnes, rowsMax);
    }

    private long[] inOrder(Connection connection, Bounds bounds) throws SQLException {
        PartitionLookup partition = new PartitionLookup(connection, slice.partitionId);
        long after = Math.max(
                slice.first - 1,
                partition.lastAsOf(new Position(Math.max(0, bounds.low()))).value());
        long through = Math.min(
                slice.last,
                partition.lastAsOf(new Position(Math.max(0, bounds.high()))).value());
        try (PartitionTimes times = new PartitionTimes(connection, slice.partitionId);
                PreparedStatement statement =
                        connection.prepareStatement((isForward ? IN_ORDER_FORWARD : IN_ORDER_BACKWARD).getSQL())) {
            statement.setLong(1, slice.partitionId);
            Found found = new Found(Math.toIntExact(bounds.rows()));
            if (isForward) {
                forward(new Stretches(statement, times, found), after, through);
            } else {
                backward(new Stretches(statement, times, found), after, through);
            }
            return found.positions();
        }
    }

    private static void forward(Stretches stretches, long after, long through) throws SQLException {
        long at = after;
        while (at < through && !stretches.found.isFull()) {
            long end = Math.min(through, at + STRETCH);
            boolean isAllLate = stretches.look(at, end) == 0;
            at = isAllLate ? stretches.times.firstExceeding(stretches.times.maxAt(end), end, through) - 1 : end;
        }
    }

    private static void backward(Stretches stretches, long after, long through) throws SQLException {
        long at = through;
        while (at > after && !stretches.found.isFull()) {
            long start = Math.max(after, at - STRETCH);
            boolean isAllLate = stretches.look(start, at) == 0;
            // The event that set the time which is the greatest here is in order.
            at = isAllLate && start > after
                    ? stretches.times.firstReaching(stretches.times.maxAt(start), start)
                    : start;
        }
    }

    private long[] merged(long[] one, long[] other, int rowsMax) {
        if (other.length == 0) {
            return one;
        }
        long[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        Arrays.sort(all);
        if (!isForward) {
            for (int i = 0; i < all.length / 2; i++) {
                long swapped = all[i];
                all[i] = all[all.length - 1 - i];
                all[all.length - 1 - i] = swapped;
            }
        }
        return all.length > rowsMax ? Arrays.copyOf(all, rowsMax) : all;
    }

    /** Positions, up to so many. */
    private static final class Found {
        private final long[] positions;
        private int count;

        Found(int max) {
            this.positions = new long[max];
        }

        boolean isFull() {
            return count == positions.length;
        }

        long[] positions() {
            return Arrays.copyOf(positions, count);
        }
    }

    /** Looks at stretches of a partition for events in order. */
    private record Stretches(PreparedStatement statement, PartitionTimes times, Found found) {
        /** How many there are between, as far as there is room for them. */
        int look(long after, long through) throws SQLException {
            statement.setLong(2, after);
            statement.setLong(3, through);
            int before = found.count;
            try (ResultSet rows = statement.executeQuery()) {
                while (!found.isFull() && rows.next()) {
                    found.positions[found.count++] = rows.getLong(1);
                }
            }
            return found.count - before;
        }
    }

    /**
     * What is read of a partition.
     *
     * @param first the first sequence whose event reaches the time
     * @param last the last sequence
     * @param since the time, as the column has it
     * @param lateCount events among them that came late
     */
    record Slice(long partitionId, long first, long last, long since, long lateCount) {
        static Slice of(Connection connection, String partitionKey, Position asOf, long since) throws SQLException {
            long id = Sql.number(connection, Sql.DIALECT.select(PartitionLookup.idOf(partitionKey)), 0);
            long last = new PartitionLookup(connection, id).lastAsOf(asOf).value();
            try (PartitionTimes times = new PartitionTimes(connection, id)) {
                Select<?> late = Sql.DIALECT
                        .selectCount()
                        .from(EVENT)
                        .where(EVENT.PARTITION_ID.eq(id))
                        .and(EVENT.TIME_BEFORE.isNotNull())
                        .and(EVENT.TIMESTAMP.ge(since))
                        .and(EVENT.POSITION.le(asOf.value()));
                return new Slice(id, times.firstReaching(since, last), last, since, Sql.number(connection, late, 0));
            }
        }
    }
}
