package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.PARTITION;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds places inside one partition, for the time of one query. */
final class PartitionLookup {
    static final Select<?> AT_OR_BEFORE = Sql.DIALECT
            .select(EVENT.SEQUENCE, EVENT.POSITION)
            .from(EVENT)
            .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)))
            .and(EVENT.SEQUENCE.le(DSL.param("sequence", Long.class)))
            .orderBy(EVENT.SEQUENCE.desc())
            .limit(DSL.inline(1));

    static final Select<?> OLDEST = Sql.DIALECT
            .select(DSL.min(EVENT.SEQUENCE))
            .from(EVENT)
            .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)));

    private static final long UNKNOWN = 0;

    private final Connection connection;
    private final long partitionId;

    PartitionLookup(Connection connection, long partitionId) {
        this.connection = connection;
        this.partitionId = partitionId;
    }

    static PartitionLookup of(Connection connection, String partitionKey) throws SQLException {
        Select<?> id = Sql.DIALECT.select(idOf(partitionKey));
        return new PartitionLookup(connection, Sql.number(connection, id, UNKNOWN));
    }

    /** The number of a partition, as a scalar subquery: null when it is unknown. */
    static Field<Long> idOf(String partitionKey) {
        return DSL.field(
                Sql.DIALECT.select(PARTITION.PARTITION_ID).from(PARTITION).where(PARTITION.NAME.eq(partitionKey)));
    }

    /** The last sequence at or before a position, found by bisection: both grow together. */
    Sequence lastAsOf(Position position) throws SQLException {
        Place last = placeAsOf(position);
        return last == null ? Sequence.NONE : new Sequence(last.sequence);
    }

    /** The newest event at or before a position, or null when there is none. */
    @Nullable
    Place placeAsOf(Position position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AT_OR_BEFORE.getSQL())) {
            statement.setLong(1, partitionId);
            Place newest = atOrBefore(statement, Long.MAX_VALUE);
            if (newest == null || newest.position <= position.value()) {
                return newest;
            }
            Place found = null;
            long low = 1;
            long high = newest.sequence - 1;
            while (low <= high) {
                long middle = low + (high - low) / 2;
                Place place = atOrBefore(statement, middle);
                if (place == null || place.position <= position.value()) {
                    found = place == null ? found : place;
                    low = middle + 1;
                } else {
                    high = place.sequence - 1;
                }
            }
            return found;
        }
    }

    /** How far in the log a read of the partition has looked when it has looked at a sequence. */
    Position lookedAt(Sequence sequence, boolean isForward) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AT_OR_BEFORE.getSQL())) {
            statement.setLong(1, partitionId);
            Place place = atOrBefore(statement, sequence.value());
            long position = place == null ? 0 : place.position;
            // Backward, an event before the sequence is still to come.
            boolean isToCome = place == null || place.sequence < sequence.value();
            return new Position(!isForward && isToCome ? position + 1 : position);
        }
    }

    Sequence oldest() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST.getSQL())) {
            statement.setLong(1, partitionId);
            return new Sequence(Sql.number(statement, 0));
        }
    }

    private static @Nullable Place atOrBefore(PreparedStatement statement, long sequence) throws SQLException {
        statement.setLong(2, sequence);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? new Place(row.getLong(1), row.getLong(2)) : null;
        }
    }

    /** Where an event stands. */
    record Place(long sequence, long position) {}
}
