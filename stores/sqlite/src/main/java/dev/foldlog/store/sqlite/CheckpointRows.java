package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.CHECKPOINT;

import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.Position;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Record3;

/** Reads and writes named checkpoints. */
final class CheckpointRows {
    private CheckpointRows() {}

    static Optional<Checkpoint> find(DSLContext sql, String name) {
        return sql.select(CHECKPOINT.NAME, CHECKPOINT.POSITION, CHECKPOINT.UPDATED_AT)
                .from(CHECKPOINT)
                .where(CHECKPOINT.NAME.eq(name))
                .fetchOptional(CheckpointRows::checkpoint);
    }

    static List<Checkpoint> after(DSLContext sql, String name, int limit) {
        return sql.select(CHECKPOINT.NAME, CHECKPOINT.POSITION, CHECKPOINT.UPDATED_AT)
                .from(CHECKPOINT)
                .where(CHECKPOINT.NAME.gt(name))
                .orderBy(CHECKPOINT.NAME)
                .limit(limit)
                .fetch(CheckpointRows::checkpoint);
    }

    static void put(DSLContext sql, Checkpoint checkpoint) {
        long updatedAt = EpochNanos.of(checkpoint.updatedAt());
        sql.insertInto(CHECKPOINT)
                .columns(CHECKPOINT.NAME, CHECKPOINT.POSITION, CHECKPOINT.UPDATED_AT)
                .values(checkpoint.name(), checkpoint.position().value(), updatedAt)
                .onConflict(CHECKPOINT.NAME)
                .doUpdate()
                .set(CHECKPOINT.POSITION, checkpoint.position().value())
                .set(CHECKPOINT.UPDATED_AT, updatedAt)
                .execute();
    }

    static boolean delete(DSLContext sql, String name) {
        return sql.deleteFrom(CHECKPOINT).where(CHECKPOINT.NAME.eq(name)).execute() > 0;
    }

    private static Checkpoint checkpoint(Record3<String, Long, Long> row) {
        return new Checkpoint(row.value1(), new Position(row.value2()), EpochNanos.instant(row.value3()));
    }
}
