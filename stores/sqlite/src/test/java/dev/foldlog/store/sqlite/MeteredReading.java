package dev.foldlog.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.ProgressHandler;

/**
 * A reading connection that counts how often SQLite's virtual machine goes round
 * (<a href="https://sqlite.org/c3ref/progress_handler.html">progress handler</a>): the work done, whatever
 * the machine and its load. Confined to one thread.
 */
final class MeteredReading implements Reading {
    private static final int STEPS_A_TURN = 10;

    private final Connection connection;
    private long turns;

    MeteredReading(Connection connection) throws SQLException {
        this.connection = connection;
        ProgressHandler.setHandler(connection, STEPS_A_TURN, new ProgressHandler() {
            @Override
            protected int progress() {
                turns++;
                return 0;
            }
        });
    }

    @Override
    public <T> T read(Query<T> query) {
        try {
            return query.on(connection);
        } catch (SQLException e) {
            throw new AssertionError("a read failed", e);
        }
    }

    /** Steps of the virtual machine since the last call, in tens for each statement. */
    long takeSteps() {
        long taken = turns * STEPS_A_TURN;
        turns = 0;
        return taken;
    }
}
