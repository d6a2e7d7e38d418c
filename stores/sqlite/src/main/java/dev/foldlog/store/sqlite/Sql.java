package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * jOOQ for saying what a statement is, JDBC for running it: a hot statement is rendered once and bound by
 * index, which costs a fraction of jOOQ's execution. Stateless.
 */
final class Sql {
    /** Builds statements; it has no connection. */
    static final DSLContext DIALECT = DSL.using(SQLDialect.SQLITE);

    private Sql() {}

    /** A connection's jOOQ, for statements that are not hot. */
    static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.SQLITE);
    }

    /** Prepares a statement with its parameters bound. */
    static PreparedStatement prepare(Connection connection, Query query) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query.getSQL());
        try {
            bind(statement, query.getBindValues());
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** The first column of the first row, or the alternative where there is no row or a null. */
    static long number(PreparedStatement statement, long otherwise) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return otherwise;
            }
            long value = rows.getLong(1);
            return rows.wasNull() ? otherwise : value;
        }
    }

    /** As {@link #number(PreparedStatement, long)}, for a statement that is prepared for this once. */
    static long number(Connection connection, Query query, long otherwise) throws SQLException {
        try (PreparedStatement statement = prepare(connection, query)) {
            return number(statement, otherwise);
        }
    }

    private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
