package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.CHECKPOINT;
import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/** No checkpoint is past the head. */
final class CheckpointsCheck implements SqliteVerification.Check {
    @Override
    public String name() {
        return "checkpoints";
    }

    @Override
    public long units(Connection connection) {
        return 0;
    }

    @Override
    public CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException {
        Findings findings = new Findings();
        long head = Sql.number(
                connection, Sql.DIALECT.select(DSL.max(EVENT.POSITION)).from(EVENT), 0);
        long count = 0;
        for (Record2<String, Long> row : Sql.on(connection)
                .select(CHECKPOINT.NAME, CHECKPOINT.POSITION)
                .from(CHECKPOINT)
                .orderBy(CHECKPOINT.NAME)
                .fetch()) {
            count++;
            if (row.value2() > head) {
                findings.add("checkpoint " + row.value1() + " is at " + row.value2() + ", past the head " + head);
            }
        }
        return findings.outcome(name(), count + " checkpoints: none is past the head");
    }
}
