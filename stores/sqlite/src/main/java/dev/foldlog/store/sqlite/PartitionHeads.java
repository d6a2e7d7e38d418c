package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The last sequence of each partition as the writer sees it, appends of the open transaction included.
 * Confined to the writer's thread, and to one connection: after a failure it is thrown away with it.
 */
final class PartitionHeads {
    private static final int REMEMBERED_MAX = 50_000;

    static final Select<?> LAST_SEQUENCE = Sql.DIALECT
            .select(DSL.max(EVENT.SEQUENCE))
            .from(EVENT)
            .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)));

    private final Dictionary<String> partitions;
    private final PreparedStatement lastSequence;
    private final Map<String, Long> remembered = new LinkedHashMap<>(16, 0.75f, true);

    PartitionHeads(Connection connection, Dictionary<String> partitions) throws SQLException {
        this.partitions = partitions;
        this.lastSequence = connection.prepareStatement(LAST_SEQUENCE.getSQL());
    }

    Sequence last(String partitionKey) throws SQLException {
        Long known = remembered.get(partitionKey);
        if (known != null) {
            return new Sequence(known);
        }
        OptionalLong id = partitions.find(partitionKey);
        if (id.isEmpty()) {
            return Sequence.NONE; // not remembered: asking for what does not exist must not fill the memory
        }
        lastSequence.setLong(1, id.getAsLong());
        long last = Sql.number(lastSequence, 0);
        remembered.put(partitionKey, last);
        return new Sequence(last);
    }

    void moved(String partitionKey, Sequence last) {
        remembered.put(partitionKey, last.value());
    }

    /** Forgets the least recently used beyond the limit; only after a commit. */
    void trim() {
        Iterator<String> oldest = remembered.keySet().iterator();
        while (remembered.size() > REMEMBERED_MAX && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }
}
