package dev.foldlog.bench.layout;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A writer of rows: a transaction for so many, looking each id up before, with checkpoints in between. Confined to one thread. */
final class Appending implements AutoCloseable {
    private final Database database;
    private final Layout layout;
    private final int checkpointPages;
    private final PreparedStatement insert;
    private final List<PreparedStatement> lookUps = new ArrayList<>();

    Appending(Database database, Layout layout, int checkpointPages) throws SQLException {
        this.database = database;
        this.layout = layout;
        this.checkpointPages = checkpointPages;
        this.insert = database.prepare(layout.insert());
        for (Layout.LookUp it : layout.lookUp()) {
            lookUps.add(database.prepare("SELECT position FROM event WHERE " + it.column() + " = ?"));
        }
    }

    void append(Rows rows, long count, int rowsPerCommit) throws SQLException {
        for (long done = 0; done < count; done += rowsPerCommit) {
            database.run("BEGIN IMMEDIATE");
            for (int i = 0; i < rowsPerCommit; i++) {
                Row row = rows.next();
                lookUp(row);
                layout.bind(insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
            database.run("COMMIT");
            if (database.walPages() >= checkpointPages) {
                database.run("PRAGMA wal_checkpoint(PASSIVE)");
            }
        }
    }

    private void lookUp(Row row) throws SQLException {
        for (int i = 0; i < lookUps.size(); i++) {
            PreparedStatement statement = lookUps.get(i);
            layout.lookUp().get(i).binding().bind(statement, 1, row);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        for (PreparedStatement statement : lookUps) {
            statement.close();
        }
    }
}
