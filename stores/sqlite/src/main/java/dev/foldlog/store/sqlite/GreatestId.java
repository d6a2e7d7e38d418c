package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The greatest of the ids that are UUIDs, stored and staged: an id beyond it is new without a look at the index.
 * Ids that sort by the time at which they were made mostly are. Confined to the writer's thread, and to one
 * connection.
 */
final class GreatestId {
    /** SQLite sorts bytes, which UUIDs are kept as, after any text. */
    static final Select<?> GREATEST =
            Sql.DIALECT.select(DSL.max(EVENT.EVENT_ID)).from(EVENT);

    private byte[] greatest = {};

    GreatestId(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GREATEST.getSQL());
                ResultSet row = statement.executeQuery()) {
            if (row.next() && row.getObject(1) instanceof byte[] bytes) {
                greatest = bytes;
            }
        }
    }

    /** Whether no event can have this id. */
    boolean isBefore(EventId id) {
        byte[] uuid = IdColumn.uuidBytes(id.text());
        return uuid != null && Arrays.compareUnsigned(greatest, uuid) < 0;
    }

    /** An event with this id was staged. */
    void staged(EventId id) {
        byte[] uuid = IdColumn.uuidBytes(id.text());
        if (uuid != null && Arrays.compareUnsigned(greatest, uuid) < 0) {
            greatest = uuid;
        }
    }
}
