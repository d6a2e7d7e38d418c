package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Where a read finds the positions of events that may be what it wants. */
@FunctionalInterface
interface Candidates {
    /** Whether the filter alone tells what is wanted, so that a stretch of the log can be read in one go. */
    default boolean isFilterEnough() {
        return false;
    }

    /**
     * The first of the candidates above {@code low} up to {@code high}, in the read's direction, as many as
     * {@code rows} says if there are so many.
     */
    long[] between(Connection connection, PageQuery.Bounds bounds) throws SQLException;

    /** Those that a statement selects in the read's direction. */
    static Candidates selectedBy(PageQuery query) {
        return (connection, bounds) -> positions(query.prepare(connection, bounds), Math.toIntExact(bounds.rows()));
    }

    /** The first column of the rows of a statement, which is closed; no more than so many. */
    static long[] positions(PreparedStatement statement, int rowsMax) throws SQLException {
        long[] found = new long[rowsMax];
        int count = 0;
        try (statement;
                ResultSet rows = statement.executeQuery()) {
            while (count < rowsMax && rows.next()) {
                found[count++] = rows.getLong(1);
            }
        }
        return Arrays.copyOf(found, count);
    }
}
