package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.FOLD;
import static dev.foldlog.store.sqlite.schema.Tables.FOLD_STATE;
import static dev.foldlog.store.sqlite.schema.Tables.PROJECTION;
import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.projection.StoredFold;
import dev.foldlog.core.projection.StoredProjection;
import dev.foldlog.store.sqlite.schema.tables.records.FoldRecord;
import dev.foldlog.store.sqlite.schema.tables.records.ProjectionRecord;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads and writes projections and their folds; the states are {@link FoldStates}' affair. */
final class ProjectionRows {
    private ProjectionRows() {}

    static Optional<StoredProjection> find(DSLContext sql, String name) {
        return sql.selectFrom(PROJECTION).where(PROJECTION.NAME.eq(name)).fetchOptional(row -> stored(sql, row));
    }

    static List<StoredProjection> all(DSLContext sql) {
        return sql.selectFrom(PROJECTION).orderBy(PROJECTION.NAME).fetch(row -> stored(sql, row));
    }

    static void put(DSLContext sql, ProjectionRecord row) {
        sql.insertInto(PROJECTION)
                .set(row)
                .onConflict(PROJECTION.NAME)
                .doUpdate()
                .set(PROJECTION.LIFE, row.getLife())
                .set(PROJECTION.SERVING, row.getServing())
                .set(PROJECTION.SHADOW, row.getShadow())
                .execute();
    }

    static void delete(DSLContext sql, String name) {
        sql.deleteFrom(PROJECTION).where(PROJECTION.NAME.eq(name)).execute();
    }

    static StoredFold newFold(DSLContext sql, byte[] definition, Position after) {
        Long generation = sql.insertInto(FOLD)
                .columns(FOLD.DEFINITION, FOLD.IS_JOINED, FOLD.POSITION, FOLD.KEY_COUNT, FOLD.SKIPPED_COUNT)
                .values(definition, 0L, after.value(), 0L, 0L)
                .returningResult(FOLD.GENERATION)
                .fetchSingle(FOLD.GENERATION);
        return new StoredFold(requireNonNull(generation), definition, false, after, 0, 0);
    }

    static @Nullable StoredFold fold(DSLContext sql, long generation) {
        return sql.selectFrom(FOLD)
                .where(FOLD.GENERATION.eq(generation))
                .fetchOptional(ProjectionRows::fold)
                .orElse(null);
    }

    static void update(DSLContext sql, StoredFold fold) {
        sql.update(FOLD)
                .set(FOLD.IS_JOINED, fold.isJoined() ? 1L : 0L)
                .set(FOLD.POSITION, fold.position().value())
                .set(FOLD.KEY_COUNT, fold.keyCount())
                .set(FOLD.SKIPPED_COUNT, fold.skippedCount())
                .where(FOLD.GENERATION.eq(fold.generation()))
                .execute();
    }

    /** Removes states of one abandoned fold, at most so many, or the fold itself; false when there is none. */
    static boolean sweep(DSLContext sql, int statesMax) {
        Long generation = sql.select(FOLD.GENERATION)
                .from(FOLD)
                .where(isAbandoned())
                .orderBy(FOLD.GENERATION)
                .limit(1)
                .fetchOne(FOLD.GENERATION);
        if (generation == null) {
            return false;
        }
        List<String> keys = sql.select(FOLD_STATE.KEY)
                .from(FOLD_STATE)
                .where(FOLD_STATE.GENERATION.eq(generation))
                .orderBy(FOLD_STATE.KEY)
                .limit(statesMax)
                .fetch(FOLD_STATE.KEY);
        if (keys.isEmpty()) {
            sql.deleteFrom(FOLD).where(FOLD.GENERATION.eq(generation)).execute();
        } else {
            sql.deleteFrom(FOLD_STATE)
                    .where(FOLD_STATE.GENERATION.eq(generation))
                    .and(FOLD_STATE.KEY.le(keys.getLast()))
                    .execute();
        }
        return true;
    }

    private static Condition isAbandoned() {
        return DSL.notExists(DSL.selectOne()
                .from(PROJECTION)
                .where(PROJECTION.SERVING.eq(FOLD.GENERATION))
                .or(PROJECTION.SHADOW.eq(FOLD.GENERATION)));
    }

    private static StoredProjection stored(DSLContext sql, ProjectionRecord row) {
        return new StoredProjection(
                row.getName(), row.getLife(), fold(sql, row.getServing()), fold(sql, row.getShadow()));
    }

    private static StoredFold fold(FoldRecord row) {
        return new StoredFold(
                row.getGeneration(),
                row.getDefinition(),
                row.getIsJoined() != 0,
                new Position(row.getPosition()),
                row.getKeyCount(),
                row.getSkippedCount());
    }
}
