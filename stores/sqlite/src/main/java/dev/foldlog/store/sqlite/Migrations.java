package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings a database to the newest schema: the numbered files under {@code migrations/}, those above
 * {@code user_version}, all in one transaction. A database that is newer than this program, or another
 * program's, is refused untouched.
 */
final class Migrations {
    /** "Fold" in ASCII: marks the file as ours (see sqlite.org/pragma.html#pragma_application_id). */
    static final int APPLICATION_ID = 0x466f6c64;

    private static final List<String> FILES = List.of("0001_events.sql");
    private static final String STATEMENT_END = ";;";

    private Migrations() {}

    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            int version = requireOurs(statement);
            if (version == FILES.size()) {
                statement.execute("ROLLBACK"); // nothing is written, so that a full disk keeps no store from opening
                return;
            }
            for (int i = version; i < FILES.size(); i++) {
                for (String sql : read(FILES.get(i)).split(STATEMENT_END, -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + FILES.size());
            statement.execute("COMMIT");
        }
    }

    /** Refuses what {@link #run} would refuse, through a connection that cannot change anything. */
    static void requireAcceptable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireOurs(statement);
        }
    }

    /** Refuses a database that {@link #run} would change or refuse. */
    static void requireCurrent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = requireOurs(statement);
            if (version != FILES.size()) {
                throw new StoreException(
                        ErrorCode.UNAVAILABLE,
                        "database: schema version " + version + " (expected: " + FILES.size()
                                + "; serving it once brings it up)");
            }
        }
    }

    private static int requireOurs(Statement statement) throws SQLException {
        int version = number(statement, "PRAGMA user_version");
        int application = number(statement, "PRAGMA application_id");
        boolean isNew =
                version == 0 && application == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != APPLICATION_ID) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE, "database: another program's (expected: a Foldlog database)");
        }
        if (version > FILES.size()) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE,
                    "database: schema version " + version + " (expected: at most " + FILES.size()
                            + "; it was written by a newer Foldlog)");
        }
        return version;
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String read(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream("/migrations/" + file)) {
            if (in == null) {
                throw new IllegalStateException("migrations/" + file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("migrations/" + file + " cannot be read", e);
        }
    }
}
