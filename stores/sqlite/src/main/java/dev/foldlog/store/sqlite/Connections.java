package dev.foldlog.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens connections to a store's database, each with every setting that the promises rest on. */
final class Connections {
    static final int PAGE_BYTES = 4096;

    private static final int WRITER_CACHE_KIB = 32_768;
    private static final int READER_CACHE_KIB = 8_192;
    private static final int WAL_BYTES_KEPT = 64 << 20;

    /** How long a connection waits for a lock that another holds. */
    static final int BUSY_MILLIS = 5_000;

    private Connections() {}

    /**
     * The writing connection. WAL mode; checkpoints are the writer's own doing, so that their errors are
     * seen; <a href="https://sqlite.org/pragma.html#pragma_synchronous">synchronous</a> is read back,
     * never assumed.
     */
    static Connection writing(Path database, Durability durability) throws SQLException {
        SQLiteConfig config = common(WRITER_CACHE_KIB);
        config.setPageSize(PAGE_BYTES);
        config.setWalAutocheckpoint(0);
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        Connection connection = source(database, config).getConnection();
        try (Statement statement = connection.createStatement()) {
            expect(statement, "PRAGMA journal_mode = WAL", "wal");
            boolean isFull = durability == Durability.DISK;
            statement.execute("PRAGMA synchronous = " + (isFull ? "FULL" : "NORMAL"));
            expect(statement, "PRAGMA synchronous", isFull ? "2" : "1");
            SqliteVersion.of(text(statement, "SELECT sqlite_version()")).requireSafe();
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection for proving a stopped store's files; it must be a Foldlog database of this version. */
    static Connection verifying(Path database) throws SQLException {
        Connection connection = source(database, common(WRITER_CACHE_KIB)).getConnection();
        try {
            Migrations.requireCurrent(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * One reading connection, which cannot write, nor change what kind of file it is. A transaction that a
     * crash broke off before the database had a write-ahead log is undone first, as by whatever opens it.
     */
    static Connection looking(Path database) throws SQLException {
        try {
            return source(database, readOnly()).getConnection();
        } catch (SQLiteException e) {
            if (e.getResultCode() != SQLiteErrorCode.SQLITE_READONLY_ROLLBACK) {
                throw e;
            }
            source(database, common(READER_CACHE_KIB)).getConnection().close();
            return source(database, readOnly()).getConnection();
        }
    }

    /** A pool of reading connections, which cannot write. */
    static HikariDataSource reading(Path database, int connectionsMax) {
        SQLiteConfig config = readOnly();
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("foldlog-readers");
        pool.setDataSource(source(database, config));
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(connectionsMax);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        pool.setMaxLifetime(0); // a connection to a file does not age
        pool.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        return new HikariDataSource(pool);
    }

    private static SQLiteConfig readOnly() {
        SQLiteConfig config = common(READER_CACHE_KIB);
        config.setReadOnly(true);
        return config;
    }

    private static SQLiteConfig common(int cacheKib) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-cacheKib);
        config.setGetGeneratedKeys(false);
        return config;
    }

    private static SQLiteDataSource source(Path database, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database);
        return source;
    }

    private static void expect(Statement statement, String sql, String expected) throws SQLException {
        String actual = text(statement, sql);
        if (!expected.equalsIgnoreCase(actual)) {
            throw new StoreException(
                    ErrorCode.UNAVAILABLE, "SQLite: " + sql + ": " + actual + " (expected: " + expected + ")");
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
