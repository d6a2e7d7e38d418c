package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.impl.DSL;

/**
 * A statement that a cursor runs for each of its pages: rendered once, run with other bounds each time.
 * The bounds stand in it as tokens, values that no column can have: positions, sequences and numbers of
 * dictionaries are not negative, and times are held far above. Immutable.
 */
final class PageQuery {
    private static final long LOW_TOKEN = Long.MIN_VALUE + 1;
    private static final long HIGH_TOKEN = Long.MIN_VALUE + 2;
    private static final long ROWS_TOKEN = Long.MIN_VALUE + 3;

    /** Stands for the lower bound of the key. */
    static final Field<Long> LOW = DSL.val(LOW_TOKEN);

    /** Stands for the upper bound of the key. */
    static final Field<Long> HIGH = DSL.val(HIGH_TOKEN);

    /** Stands for the number of rows. */
    static final Field<Long> ROWS = DSL.val(ROWS_TOKEN);

    private final String sql;
    private final List<Object> values;

    PageQuery(Query query) {
        this.sql = query.getSQL();
        this.values = query.getBindValues();
    }

    PreparedStatement prepare(Connection connection, Bounds bounds) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, bounds.valueOf(values.get(i)));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** Values for what changes from page to page. */
    record Bounds(long low, long high, long rows) {
        private Object valueOf(Object value) {
            if (!(value instanceof Long number)) {
                return value;
            }
            if (number == LOW_TOKEN) {
                return low;
            }
            if (number == HIGH_TOKEN) {
                return high;
            }
            return number == ROWS_TOKEN ? rows : number;
        }
    }
}
