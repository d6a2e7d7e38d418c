package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends a connection for the time of one query, and never longer. */
interface Reading {
    <T> T read(Query<T> query);

    /** One short use of a connection. */
    interface Query<T> {
        T on(Connection connection) throws SQLException;
    }
}
