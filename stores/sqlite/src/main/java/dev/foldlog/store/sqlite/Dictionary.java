package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.Insert;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.TableField;

/**
 * A table that gives each different key (a partition, a producer, a tag, a kind) a small number, as the
 * writer sees it: what is used is remembered, what is new is inserted in batches. Confined to the writer's
 * thread, and to one connection.
 */
final class Dictionary<K> {
    private static final long UNKNOWN = 0;

    private final PreparedStatement find;
    private final PreparedStatement add;
    private final KeyBinding<K> binding;
    private final int rememberedMax;
    private final Map<K, Long> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private long lastId;
    private boolean hasPending;

    Dictionary(Connection connection, Statements<K> statements, int rememberedMax) throws SQLException {
        this.find = connection.prepareStatement(statements.find.getSQL());
        this.add = connection.prepareStatement(statements.add.getSQL());
        this.binding = statements.binding;
        this.rememberedMax = rememberedMax;
        this.lastId = Sql.number(connection, newest(statements.id), UNKNOWN);
    }

    /** The key's number, when it has one. */
    OptionalLong find(K key) throws SQLException {
        Long known = remembered.get(key);
        if (known != null) {
            return OptionalLong.of(known);
        }
        binding.bind(find, 1, key);
        long id = Sql.number(find, UNKNOWN);
        if (id == UNKNOWN) {
            return OptionalLong.empty();
        }
        remembered.put(key, id);
        return OptionalLong.of(id);
    }

    /** The key's number, given now when it had none; {@link #flush} writes it. */
    long idOf(K key) throws SQLException {
        OptionalLong known = find(key);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long id = ++lastId;
        add.setLong(1, id);
        binding.bind(add, 2, key);
        add.addBatch();
        hasPending = true;
        remembered.put(key, id);
        return id;
    }

    void flush() throws SQLException {
        if (hasPending) {
            add.executeBatch();
            hasPending = false;
        }
    }

    /** Forgets the least recently used beyond the limit; only after a commit, when nothing is pending. */
    void trim() {
        Iterator<K> oldest = remembered.keySet().iterator();
        while (remembered.size() > rememberedMax && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    private static <R extends Record> Select<?> newest(TableField<R, Long> id) {
        return Sql.DIALECT.select(org.jooq.impl.DSL.max(id)).from(id.getTable());
    }

    /** Binds a key from an index on. */
    interface KeyBinding<K> {
        void bind(PreparedStatement statement, int index, K key) throws SQLException;
    }

    /** What to run: {@code add} takes the number first, then the key. */
    record Statements<K>(TableField<?, Long> id, Select<?> find, Insert<?> add, KeyBinding<K> binding) {}
}
