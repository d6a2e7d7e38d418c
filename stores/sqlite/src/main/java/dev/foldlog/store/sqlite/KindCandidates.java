package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;
import static dev.foldlog.store.sqlite.schema.Tables.KIND;

import dev.foldlog.core.read.EventFilter;
import dev.foldlog.store.sqlite.PageQuery.Bounds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The events of the kinds that a filter admits, by the index of kinds; all events of a stretch where there
 * are few, or where the kinds are too many to be merged. The kinds are looked up each time: a tail meets new
 * ones. Confined to one cursor.
 */
final class KindCandidates implements Candidates {
    /** Kinds whose entries are merged. */
    private static final int MERGED_MAX = 16;

    private final EventFilter filter;
    private final boolean isForward;
    private final Select<?> kinds;
    private List<Long> known = List.of();
    private @Nullable PageQuery query;

    KindCandidates(EventFilter filter, boolean isForward) {
        this.filter = filter;
        this.isForward = isForward;
        this.kinds = Sql.DIALECT
                .select(KIND.KIND_ID)
                .from(KIND)
                .where(FilterSql.kindCondition(this.filter))
                .limit(DSL.inline(MERGED_MAX + 1));
    }

    @Override
    public boolean isFilterEnough() {
        return true;
    }

    @Override
    public long[] between(Connection connection, Bounds bounds) throws SQLException {
        if (bounds.high() - bounds.low() <= bounds.rows()) {
            return everything(bounds);
        }
        List<Long> ids = ids(connection);
        if (ids.isEmpty()) {
            return new long[0];
        }
        if (ids.size() > MERGED_MAX) {
            return everything(bounds);
        }
        if (query == null || !ids.equals(known)) {
            known = ids;
            query = new PageQuery(merged(ids));
        }
        return Candidates.positions(query.prepare(connection, bounds), Math.toIntExact(bounds.rows()));
    }

    private long[] everything(Bounds bounds) {
        int count = Math.toIntExact(Math.max(0, Math.min(bounds.rows(), bounds.high() - bounds.low())));
        long[] all = new long[count];
        for (int i = 0; i < count; i++) {
            all[i] = isForward ? bounds.low() + 1 + i : bounds.high() - i;
        }
        return all;
    }

    private List<Long> ids(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = Sql.prepare(connection, kinds);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private Select<?> merged(List<Long> ids) {
        SelectOrderByStep<Record1<Long>> all = null;
        for (long id : ids) {
            SelectOrderByStep<Record1<Long>> one = Sql.DIALECT
                    .select(EVENT.POSITION)
                    .from(EVENT)
                    .where(EVENT.KIND_ID.eq(DSL.inline(id)))
                    .and(EVENT.POSITION.gt(PageQuery.LOW))
                    .and(EVENT.POSITION.le(PageQuery.HIGH));
            all = all == null ? one : all.unionAll(one);
        }
        if (all == null) {
            throw new IllegalArgumentException("ids: none (expected: at least one)");
        }
        return all.orderBy(isForward ? DSL.one().asc() : DSL.one().desc()).limit(PageQuery.ROWS);
    }
}
