package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import dev.foldlog.core.event.Sequence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * The end of each partition as the writer sees it, appends of the open transaction included.
 * Confined to the writer's thread, and to one connection: after a failure it is thrown away with it.
 */
final class PartitionHeads {
    private static final int REMEMBERED_MAX = 50_000;

    static final Select<?> END = Sql.DIALECT
            .select(EVENT.SEQUENCE, PartitionTimes.TIME_MAX)
            .from(EVENT)
            .where(EVENT.PARTITION_ID.eq(DSL.param("partition", Long.class)))
            .orderBy(EVENT.SEQUENCE.desc())
            .limit(DSL.inline(1));

    private final Dictionary<String> partitions;
    private final PreparedStatement end;
    private final Map<String, Head> remembered = new LinkedHashMap<>(16, 0.75f, true);

    PartitionHeads(Connection connection, Dictionary<String> partitions) throws SQLException {
        this.partitions = partitions;
        this.end = connection.prepareStatement(END.getSQL());
    }

    Head last(String partitionKey) throws SQLException {
        Head known = remembered.get(partitionKey);
        if (known != null) {
            return known;
        }
        OptionalLong id = partitions.find(partitionKey);
        if (id.isEmpty()) {
            return Head.NONE; // not remembered: asking for what does not exist must not fill the memory
        }
        end.setLong(1, id.getAsLong());
        try (ResultSet row = end.executeQuery()) {
            Head last = row.next() ? new Head(new Sequence(row.getLong(1)), row.getLong(2)) : Head.NONE;
            remembered.put(partitionKey, last);
            return last;
        }
    }

    /** An event of this time was staged after {@code before}. */
    void moved(String partitionKey, Head before, long timestamp) {
        remembered.put(partitionKey, new Head(before.sequence.next(), Math.max(before.timeMax, timestamp)));
    }

    /** Forgets the least recently used beyond the limit; only after a commit. */
    void trim() {
        Iterator<String> oldest = remembered.keySet().iterator();
        while (remembered.size() > REMEMBERED_MAX && oldest.hasNext()) {
            oldest.next();
            oldest.remove();
        }
    }

    /**
     * Where a partition ends.
     *
     * @param timeMax the greatest timestamp of its events
     */
    record Head(Sequence sequence, long timeMax) {
        static final Head NONE = new Head(Sequence.NONE, Long.MIN_VALUE);

        /** Whether an event of this time, coming next, would not be the newest by its time. */
        boolean isLate(long timestamp) {
            return timestamp <= timeMax && sequence.value() > 0;
        }
    }
}
