package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT_TAG;

import dev.foldlog.core.event.Position;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;
import org.jooq.impl.DSL;

/**
 * Chooses the tag that a read of several walks along: one with few entries in the read's range, for an event
 * must have them all. Entries are counted as far as it takes to tell, and no further than {@link #COUNTED_MAX}:
 * to ask whether a tag has more than n costs n steps along its index.
 */
final class TagDriver {
    private static final int COUNTED_FIRST = 64;
    private static final int COUNTED_MAX = 262_144;
    private static final int STEP = 8;

    private final Reading reading;
    private final Position after;
    private final Position through;

    private TagDriver(Reading reading, Position after, Position through) {
        this.reading = reading;
        this.after = after;
        this.through = through;
    }

    static TagDriver between(Reading reading, Position after, Position through) {
        return new TagDriver(reading, after, through);
    }

    /** The first in order that has no more entries than any other, to a factor; that nobody has is the rarest. */
    String rarest(Collection<String> tags) {
        List<String> inOrder = tags.stream().sorted().toList();
        if (inOrder.size() == 1) {
            return inOrder.getFirst();
        }
        return reading.read(connection -> {
            for (long count = COUNTED_FIRST; count <= COUNTED_MAX; count *= STEP) {
                for (String tag : inOrder) {
                    if (!hasMore(connection, tag, count)) {
                        return tag;
                    }
                }
            }
            return inOrder.getFirst();
        });
    }

    /** The positions of a tag above LOW up to HIGH. */
    static SelectOrderByStep<Record1<Long>> positionsOf(String tag) {
        Condition between = EVENT_TAG.POSITION.gt(PageQuery.LOW).and(EVENT_TAG.POSITION.le(PageQuery.HIGH));
        return Sql.DIALECT
                .select(EVENT_TAG.POSITION)
                .from(EVENT_TAG)
                .where(EVENT_TAG.TAG_ID.eq(FilterSql.tagId(tag)))
                .and(between);
    }

    private boolean hasMore(Connection connection, String tag, long count) throws SQLException {
        Select<?> beyond = positionsOf(tag)
                .orderBy(EVENT_TAG.POSITION)
                .limit(DSL.inline(1))
                .offset(PageQuery.ROWS);
        Bounds range = new Bounds(after.value(), through.value(), count);
        try (PreparedStatement statement = new PageQuery(beyond).prepare(connection, range);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
