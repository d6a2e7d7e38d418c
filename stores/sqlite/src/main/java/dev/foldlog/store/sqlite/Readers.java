package dev.foldlog.store.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.BooleanSupplier;
import org.jooq.exception.DataAccessException;

/**
 * The pool of reading connections. Thread-safe. A connection is lent for one query, outside any
 * transaction, so no snapshot outlives a page and the write-ahead log can always be reset.
 */
final class Readers implements Reading, AutoCloseable {
    private final HikariDataSource pool;
    private final BooleanSupplier isServing;

    Readers(HikariDataSource pool, BooleanSupplier isServing) {
        this.pool = pool;
        this.isServing = isServing;
    }

    @Override
    public <T> T read(Query<T> query) {
        if (!isServing.getAsBoolean()) {
            throw new StoreException(ErrorCode.UNAVAILABLE, "the store is not serving");
        }
        try (Connection connection = pool.getConnection()) {
            return onLent(connection, query);
        } catch (SQLTransientConnectionException e) {
            throw new StoreException(ErrorCode.OVERLOADED, "no reading connection is free", e);
        } catch (SQLException e) {
            throw isServing.getAsBoolean()
                    ? SqliteFaults.ofRead(e)
                    : new StoreException(ErrorCode.UNAVAILABLE, "the store stopped serving", e);
        }
    }

    private <T> T onLent(Connection connection, Query<T> query) throws SQLException {
        try {
            return query.on(connection);
        } catch (SQLException e) {
            pool.evictConnection(connection);
            throw e;
        } catch (DataAccessException e) {
            pool.evictConnection(connection);
            throw SqliteFaults.ofRead(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
