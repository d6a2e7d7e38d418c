package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.EVENT_TAG;
import static dev.foldlog.store.sqlite.schema.Tables.KIND;
import static dev.foldlog.store.sqlite.schema.Tables.PARTITION;
import static dev.foldlog.store.sqlite.schema.Tables.PRODUCER;
import static dev.foldlog.store.sqlite.schema.Tables.TAG;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.read.EventFilter;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Filters as conditions on the columns of {@code event}. A condition never leaves out an event that
 * matches; where columns do not tell everything ({@link #needsLookInside}) it lets others through.
 */
final class FilterSql {
    /**
     * The partition, kept from <a href="https://sqlite.org/optoverview.html#uplus">choosing an index</a>: a
     * read walks along a key of its own. Left to it, SQLite would look through all of some partitions and
     * sort them, anew for each page.
     */
    private static final Field<Long> PARTITION_ID = DSL.field("+{0}", Long.class, EVENT.PARTITION_ID);

    /** The kind, likewise. */
    private static final Field<Long> KIND_ID = DSL.field("+{0}", Long.class, EVENT.KIND_ID);

    private FilterSql() {}

    static Condition condition(EventFilter filter) {
        List<Condition> all = new ArrayList<>();
        if (!filter.partitionKeys().isEmpty()) {
            all.add(PARTITION_ID.in(Sql.DIALECT
                    .select(PARTITION.PARTITION_ID)
                    .from(PARTITION)
                    .where(PARTITION.NAME.in(filter.partitionKeys()))));
        }
        if (!filter.actions().isEmpty() || !filter.artifactTypes().isEmpty()) {
            all.add(KIND_ID.in(Sql.DIALECT.select(KIND.KIND_ID).from(KIND).where(ofKind(filter))));
        }
        if (!filter.producers().isEmpty()) {
            all.add(EVENT.PRODUCER_ID.in(Sql.DIALECT
                    .select(PRODUCER.PRODUCER_ID)
                    .from(PRODUCER)
                    .where(PRODUCER.NAME.in(filter.producers()))));
        }
        if (filter.since() != null) {
            all.add(EVENT.TIMESTAMP.ge(EpochNanos.clamped(filter.since())));
        }
        if (filter.until() != null) {
            all.add(EVENT.TIMESTAMP.lt(EpochNanos.clamped(filter.until())));
        }
        for (String tag : filter.tags()) {
            all.add(DSL.exists(Sql.DIALECT
                    .selectOne()
                    .from(EVENT_TAG)
                    .where(EVENT_TAG.TAG_ID.eq(tagId(tag)))
                    .and(EVENT_TAG.POSITION.eq(EVENT.POSITION))));
        }
        if (!filter.anyOf().isEmpty()) {
            all.add(DSL.or(filter.anyOf().stream().map(FilterSql::condition).toList()));
        }
        return DSL.and(all);
    }

    /** Whether only the encoded event tells whether it matches. */
    static boolean needsLookInside(EventFilter filter) {
        return filter.expression() != null
                || !filter.artifactIds().isEmpty()
                || !filter.threadIds().isEmpty()
                || filter.anyOf().stream().anyMatch(FilterSql::needsLookInside);
    }

    /** The number of a tag, as a scalar subquery: null when no event ever had the tag. */
    static Field<Long> tagId(String tag) {
        return DSL.field(Sql.DIALECT.select(TAG.TAG_ID).from(TAG).where(TAG.NAME.eq(tag)));
    }

    /** Whether a filter admits only some kinds. */
    static boolean choosesKinds(EventFilter filter) {
        return !filter.actions().isEmpty()
                || !filter.artifactTypes().isEmpty()
                || (!filter.anyOf().isEmpty() && filter.anyOf().stream().allMatch(FilterSql::choosesKinds));
    }

    /** The kinds that a filter which chooses some admits, others perhaps among them. */
    static Condition kindCondition(EventFilter filter) {
        return filter.actions().isEmpty() && filter.artifactTypes().isEmpty()
                ? DSL.or(filter.anyOf().stream().map(FilterSql::kindCondition).toList())
                : ofKind(filter);
    }

    private static Condition ofKind(EventFilter filter) {
        Condition types =
                filter.artifactTypes().isEmpty() ? DSL.noCondition() : KIND.ARTIFACT_TYPE.in(filter.artifactTypes());
        Condition actions = filter.actions().isEmpty() ? DSL.noCondition() : KIND.ACTION.in(filter.actions());
        return types.and(actions);
    }
}
