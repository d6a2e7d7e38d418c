package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The greatest timestamp so far along the sequences of one partition. It never falls, so places are found in
 * it by doubling steps and bisection: at a cost that grows with the logarithm of how far they are. For the
 * time of one query.
 */
final class PartitionTimes implements AutoCloseable {
    /** The greatest timestamp of the partition up to and with an event. */
    static final Field<Long> TIME_MAX = DSL.coalesce(EVENT.TIME_BEFORE, EVENT.TIMESTAMP);

    static final Select<?> AT_OR_BEFORE = Sql.DIALECT
            .select(TIME_MAX)
            .from(EVENT)
            .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)))
            .and(EVENT.SEQUENCE.le(DSL.param("sequence", Long.class)))
            .orderBy(EVENT.SEQUENCE.desc())
            .limit(DSL.inline(1));

    private final PreparedStatement atOrBefore;

    PartitionTimes(Connection connection, long partitionId) throws SQLException {
        this.atOrBefore = connection.prepareStatement(AT_OR_BEFORE.getSQL());
        atOrBefore.setLong(1, partitionId);
    }

    /** The greatest timestamp up to a sequence. */
    long maxAt(long sequence) throws SQLException {
        atOrBefore.setLong(2, sequence);
        try (ResultSet row = atOrBefore.executeQuery()) {
            return row.next() ? row.getLong(1) : Long.MIN_VALUE;
        }
    }

    /** The first sequence from 1 to {@code last} with which the time is reached; {@code last + 1} when none is. */
    long firstReaching(long time, long last) throws SQLException {
        if (last < 1 || maxAt(last) < time) {
            return last + 1;
        }
        long high = last;
        long low = 0;
        for (long step = 1; high - step >= 1; step *= 2) {
            if (maxAt(high - step) < time) {
                low = high - step;
                break;
            }
            high -= step;
        }
        return bisected(low, high, time);
    }

    /** The first sequence after {@code after} up to {@code last} that exceeds the time; {@code last + 1} when none does. */
    long firstExceeding(long time, long after, long last) throws SQLException {
        long low = after;
        for (long step = 1; low < last; step *= 2) {
            long high = Math.min(last, low + step);
            if (maxAt(high) > time) {
                return bisected(low, high, time + 1);
            }
            low = high;
        }
        return last + 1;
    }

    /** The first sequence above {@code low}, which does not reach the time, up to {@code high}, which does. */
    private long bisected(long low, long high, long time) throws SQLException {
        long below = low;
        long reaching = high;
        while (reaching - below > 1) {
            long middle = below + (reaching - below) / 2;
            if (maxAt(middle) < time) {
                below = middle;
            } else {
                reaching = middle;
            }
        }
        return reaching;
    }

    @Override
    public void close() throws SQLException {
        atOrBefore.close();
    }
}
