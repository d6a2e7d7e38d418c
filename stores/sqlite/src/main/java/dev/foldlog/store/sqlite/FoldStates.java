package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.FOLD_STATE;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.param;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.KeyState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/** Reads and writes the states of folds, in JDBC: they are hot. Confined to one thread, and to one connection. */
final class FoldStates {
    static final Select<?> BY_KEY = Sql.DIALECT
            .select(FOLD_STATE.KEY, FOLD_STATE.STATE, FOLD_STATE.POSITION, FOLD_STATE.UPDATED_AT)
            .from(FOLD_STATE)
            .where(FOLD_STATE.GENERATION.eq(param("generation", Long.class)))
            .and(FOLD_STATE.KEY.eq(param("key", String.class)));

    static final Select<?> FROM_KEY = Sql.DIALECT
            .select(FOLD_STATE.KEY, FOLD_STATE.STATE, FOLD_STATE.POSITION, FOLD_STATE.UPDATED_AT)
            .from(FOLD_STATE)
            .where(FOLD_STATE.GENERATION.eq(param("generation", Long.class)))
            .and(FOLD_STATE.KEY.ge(param("from", String.class)))
            .orderBy(FOLD_STATE.KEY)
            .limit(param("limit", Long.class));

    private static final Query PUT = Sql.DIALECT
            .insertInto(FOLD_STATE)
            .columns(
                    FOLD_STATE.GENERATION, FOLD_STATE.KEY, FOLD_STATE.STATE, FOLD_STATE.POSITION, FOLD_STATE.UPDATED_AT)
            .values(
                    slot(FOLD_STATE.GENERATION),
                    slot(FOLD_STATE.KEY),
                    slot(FOLD_STATE.STATE),
                    slot(FOLD_STATE.POSITION),
                    slot(FOLD_STATE.UPDATED_AT))
            .onConflict(FOLD_STATE.GENERATION, FOLD_STATE.KEY)
            .doUpdate()
            .set(FOLD_STATE.STATE, excluded(FOLD_STATE.STATE))
            .set(FOLD_STATE.POSITION, excluded(FOLD_STATE.POSITION))
            .set(FOLD_STATE.UPDATED_AT, excluded(FOLD_STATE.UPDATED_AT));

    private static final Query REMOVE = Sql.DIALECT
            .deleteFrom(FOLD_STATE)
            .where(FOLD_STATE.GENERATION.eq(param("generation", Long.class)))
            .and(FOLD_STATE.KEY.eq(param("key", String.class)));

    private final PreparedStatement byKey;
    private final PreparedStatement put;
    private final PreparedStatement remove;

    FoldStates(Connection connection) throws SQLException {
        this.byKey = connection.prepareStatement(BY_KEY.getSQL());
        this.put = connection.prepareStatement(PUT.getSQL());
        this.remove = connection.prepareStatement(REMOVE.getSQL());
    }

    @Nullable
    KeyState find(long generation, String key) throws SQLException {
        return find(byKey, generation, key);
    }

    void write(long generation, Collection<KeyState> states, Collection<String> removedKeys) throws SQLException {
        for (KeyState state : states) {
            put.setLong(1, generation);
            put.setString(2, state.key());
            put.setString(3, state.json());
            put.setLong(4, state.position().value());
            put.setLong(5, EpochNanos.of(state.updatedAt()));
            put.addBatch();
        }
        if (!states.isEmpty()) {
            put.executeBatch();
        }
        for (String key : removedKeys) {
            remove.setLong(1, generation);
            remove.setString(2, key);
            remove.addBatch();
        }
        if (!removedKeys.isEmpty()) {
            remove.executeBatch();
        }
    }

    /** The state under a key, through a connection that is lent for this once. */
    static @Nullable KeyState find(Connection connection, long generation, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BY_KEY.getSQL())) {
            return find(statement, generation, key);
        }
    }

    /** At most so many states from a key on, in bytewise key order. */
    static List<KeyState> from(Connection connection, long generation, String key, long limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FROM_KEY.getSQL())) {
            statement.setLong(1, generation);
            statement.setString(2, key);
            statement.setLong(3, limit);
            List<KeyState> states = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    states.add(state(row));
                }
            }
            return states;
        }
    }

    private static @Nullable KeyState find(PreparedStatement statement, long generation, String key)
            throws SQLException {
        statement.setLong(1, generation);
        statement.setString(2, key);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? state(row) : null;
        }
    }

    private static KeyState state(ResultSet row) throws SQLException {
        return new KeyState(
                row.getString(1), row.getString(2), new Position(row.getLong(3)), EpochNanos.instant(row.getLong(4)));
    }

    private static <T> Field<T> slot(Field<T> field) {
        return param(field.getName(), field);
    }
}
