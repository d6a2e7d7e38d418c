package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.exception.DataAccessException;

/**
 * Proves the files of a stopped store: SQLite's own check (pages, and each index against its table), the
 * checksums of every event, its columns against what it says itself, positions and times in order,
 * sequences without gaps, tags both ways, and checkpoints. Changes nothing but what SQLite does when it
 * opens a database (recovery of the write-ahead log).
 */
public final class SqliteVerification {
    private SqliteVerification() {}

    /**
     * Runs all checks; each tells the listener, and none stops the others. Damage that keeps SQLite from
     * opening the database is the outcome of the first check, and the only one.
     *
     * @return the outcomes, in the order of the checks
     * @throws StoreException when the folder is in use or holds no Foldlog database of this version
     */
    public static List<CheckOutcome> run(Path folder, EventCodec codec, VerificationListener listener) {
        try (DataFolder held = DataFolder.holdExisting(folder);
                Connection connection = Connections.verifying(held.database())) {
            List<CheckOutcome> outcomes = new ArrayList<>();
            for (Check check : checks(codec)) {
                outcomes.add(run(check, connection, listener));
            }
            return outcomes;
        } catch (SQLException e) {
            if (SqliteFaults.ofRead(e).code() == ErrorCode.CORRUPT) {
                CheckOutcome damaged =
                        new CheckOutcome(DatabaseCheck.NAME, false, "cannot be opened: " + e.getMessage());
                listener.finished(damaged);
                return List.of(damaged);
            }
            throw new StoreException(
                    ErrorCode.UNAVAILABLE, "data: " + folder + ": the database cannot be opened: " + e.getMessage(), e);
        }
    }

    private static List<Check> checks(EventCodec codec) {
        return List.of(
                new DatabaseCheck(),
                new EventsCheck(codec),
                new SequencesCheck(),
                new TagsCheck(codec),
                new CheckpointsCheck());
    }

    private static CheckOutcome run(Check check, Connection connection, VerificationListener listener) {
        CheckOutcome outcome;
        try {
            listener.started(check.name(), check.units(connection));
            outcome = check.run(connection, listener);
        } catch (SQLException | DataAccessException | StoreException e) {
            outcome = new CheckOutcome(check.name(), false, "cannot be checked: " + e.getMessage());
        }
        listener.finished(outcome);
        return outcome;
    }

    /** One thing to look at. */
    interface Check {
        String name();

        /** How much there is to look at, 0: unknown. */
        long units(Connection connection) throws SQLException;

        CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException;
    }

    /** What SQLite itself can tell: the structure of pages, and every index entry against its row. */
    private static final class DatabaseCheck implements Check {
        static final String NAME = "database";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public long units(Connection connection) {
            return 0;
        }

        @Override
        public CheckOutcome run(Connection connection, VerificationListener listener) throws SQLException {
            Findings findings = new Findings();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
                while (rows.next()) {
                    if (!rows.getString(1).equals("ok")) {
                        findings.add(rows.getString(1));
                    }
                }
            }
            return findings.outcome(name(), "SQLite's integrity check is in order");
        }
    }
}
