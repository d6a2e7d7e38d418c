package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.EpochNanos;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** A database of one partition, filled without a store: many events, cheaply. Confined to one thread. */
final class RawRows implements AutoCloseable {
    static final String PARTITION = "p";

    private final Connection connection;
    private long rows;
    private long timeMax = Long.MIN_VALUE;

    RawRows(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        execute("PRAGMA synchronous = OFF");
        Migrations.run(connection);
        execute("INSERT INTO partition VALUES (1, '" + PARTITION + "')");
        execute("INSERT INTO producer VALUES (1, 'tests')");
        execute("INSERT INTO kind VALUES (1, 'summary', 'approved', 1, 1)");
    }

    Connection connection() {
        return connection;
    }

    Position head() {
        return new Position(rows);
    }

    /** Events that nobody reads: what they say of themselves is left out. */
    void addUnreadable(int count, Instant from) throws SQLException {
        long start = EpochNanos.of(from);
        execute("INSERT INTO event WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count
                + ") SELECT " + rows + " + i, 'id-' || (" + rows + " + i), 1, " + rows + " + i, 1, 1, "
                + start + " + i, CASE WHEN " + start + " + i <= " + timeMax + " THEN " + timeMax
                + " END, zeroblob(60), '{}' FROM n");
        rows += count;
        timeMax = Math.max(timeMax, start + count);
    }

    /** Whole events, one nanosecond apart. */
    void add(int count, Instant from) throws SQLException {
        execute("BEGIN");
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO event VALUES (?,?,1,?,1,1,?,?,?,'{}')")) {
            for (int i = 1; i <= count; i++) {
                rows++;
                insert.setLong(1, rows);
                insert.setString(2, "id-" + rows);
                insert.setLong(3, rows);
                long time = EpochNanos.of(from) + i;
                insert.setLong(4, time);
                insert.setObject(5, time <= timeMax ? timeMax : null);
                timeMax = Math.max(timeMax, time);
                insert.setBytes(6, envelope(rows, from.plusNanos(i)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        execute("COMMIT");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static byte[] envelope(long row, Instant time) {
        EventFacts facts = EventDraft.event("id-" + row).facts();
        NewEvent event = EventDraft.event("id")
                .with(new EventFacts(
                        new EventId("id-" + row),
                        PARTITION,
                        facts.action(),
                        facts.producer(),
                        facts.artifactId(),
                        facts.artifactType(),
                        facts.threadId(),
                        1,
                        facts.tags()))
                .at(time)
                .proposed();
        Stamp stamp = new Stamp(new Position(row), new Sequence(row), TestClock.START, new Position(row));
        return EnvelopeBlob.seal(row, StoreUnderTest.CODEC.seal(event, stamp), event.payload());
    }
}
