package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.schema.Tables.EVENT;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Select;

/** In each partition sequences run from 1 without gaps, and in the order of positions. */
final class SequencesCheck implements SqliteVerification.Check {
    private static final Select<?> PLACES = Sql.DIALECT
            .select(EVENT.PARTITION_ID, EVENT.SEQUENCE, EVENT.POSITION)
            .from(EVENT)
            .orderBy(EVENT.PARTITION_ID, EVENT.SEQUENCE);

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public long units(Connection connection) throws SQLException {
        return Sql.number(connection, Sql.DIALECT.selectCount().from(EVENT), 0);
    }

    @Override
    public CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException {
        Findings findings = new Findings();
        long partitions = 0;
        long count = 0;
        long partition = 0;
        long sequence = 0;
        long position = 0;
        try (PreparedStatement statement = connection.prepareStatement(PLACES.getSQL());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                if (row.getLong(1) != partition) {
                    partition = row.getLong(1);
                    sequence = 0;
                    position = 0;
                    partitions++;
                }
                if (row.getLong(2) != sequence + 1) {
                    findings.add(
                            "partition " + partition + ": after sequence " + sequence + " comes " + row.getLong(2));
                }
                if (row.getLong(3) <= position) {
                    findings.add("partition " + partition + ": sequence " + row.getLong(2)
                            + " stands before its predecessor");
                }
                sequence = row.getLong(2);
                position = row.getLong(3);
                count++;
                if (count % 10_000 == 0) {
                    listener.progressed(count);
                }
            }
        }
        listener.progressed(count);
        return findings.outcome(name(), partitions + " partitions: sequences run from 1 without gaps");
    }
}
