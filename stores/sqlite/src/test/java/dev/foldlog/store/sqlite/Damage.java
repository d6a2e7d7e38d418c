package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A way to spoil the database of {@link SqliteVerificationTest}, by a connection that nothing holds back, and
 * what verification must say of it.
 *
 * @param check the check that must fail
 * @param finding what its words must contain
 */
record Damage(String name, Edit edit, String check, String finding) {
    static Stream<Damage> all() {
        return Stream.of(contents(), columns(), dictionaries(), order(), others(), indexes())
                .flatMap(List::stream);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<Damage> contents() {
        return List.of(
                new Damage(
                        "a bit of an envelope",
                        on -> flip(on, "envelope", 20),
                        "events",
                        "event at position 3: the envelope's checksum does not match"),
                new Damage(
                        "a bit of an envelope's own sum",
                        on -> flip(on, "envelope", 6),
                        "events",
                        "event at position 3: the envelope's checksum does not match"),
                new Damage(
                        "a bit of the layout",
                        on -> flip(on, "envelope", 0),
                        "events",
                        "event at position 3: unknown layout"),
                new Damage(
                        "a bit of a payload",
                        on -> flip(on, "payload", 1),
                        "events",
                        "event at position 3: the payload's checksum does not match"),
                sql(
                        "a payload that is gone",
                        "UPDATE event SET payload = NULL WHERE position = 3",
                        "events",
                        "event at position 3: the payload is missing"),
                sql(
                        "an envelope that fits elsewhere",
                        "UPDATE event SET (envelope, payload) ="
                                + " (SELECT envelope, payload FROM event WHERE position = 5) WHERE position = 3",
                        "events",
                        "event at position 3: the envelope's checksum does not match"));
    }

    private static List<Damage> columns() {
        return List.of(
                column("event_id", "'another'"),
                column("sequence", "77"),
                column("timestamp", "timestamp + 1"),
                column("time_before", "timestamp + 1"),
                column("time_before", "0"),
                new Damage(
                        "column partition_id",
                        on -> on.run("UPDATE event SET partition_id = 3, sequence = 2 WHERE position = 3"),
                        "events",
                        "event at position 3: column partition differs from the envelope"),
                new Damage(
                        "column partition_id, unknown",
                        on -> on.run("UPDATE event SET partition_id = 99 WHERE position = 3"),
                        "events",
                        "event at position 3: column partition differs from the envelope"),
                new Damage(
                        "column kind_id",
                        on -> on.run("UPDATE event SET kind_id = 2 WHERE position = 3"),
                        "events",
                        "event at position 3: column action differs from the envelope"),
                new Damage(
                        "column producer_id",
                        on -> on.run("UPDATE event SET producer_id = 2 WHERE position = 3"),
                        "events",
                        "event at position 3: column producer differs from the envelope"));
    }

    private static List<Damage> dictionaries() {
        return List.of(
                dictionary("partition SET name = 'x' WHERE name = 'p'", "partition"),
                dictionary("producer SET name = 'x' WHERE name = 'tests'", "producer"),
                dictionary("kind SET artifact_type = 'x' WHERE action = 'approved'", "artifact_type"),
                dictionary("kind SET action = 'x' WHERE action = 'approved'", "action"),
                dictionary("kind SET event_version = 2 WHERE action = 'approved'", "event_version"),
                dictionary("kind SET payload_form = 2 WHERE action = 'approved'", "payload_form"));
    }

    private static List<Damage> order() {
        return List.of(
                deleted(1, "event at position 2: before it 1 events are missing"),
                deleted(1, "event at position 2: its transaction began at 1, of which an event is missing"),
                deleted(2, "event at position 3: before it 1 events are missing"),
                new Damage("event 3 deleted", on -> on.delete(3), "sequences", "partition 1: after sequence 1 comes 3"),
                deleted(4, "event at position 5: before it 1 events are missing"),
                deleted(5, "event at position 6: its transaction began at 5, of which an event is missing"),
                new Damage(
                        "sequences exchanged",
                        Damage::exchangeSequences,
                        "sequences",
                        "partition 1: sequence 2 stands before its predecessor"),
                new Damage(
                        "sequences exchanged",
                        Damage::exchangeSequences,
                        "events",
                        "event at position 1: column sequence differs from the envelope"),
                new Damage(
                        "recorded_at going back",
                        on -> reseal(on, TestClock.START.minusNanos(1), 3),
                        "events",
                        "event at position 3: recorded_at goes back"),
                new Damage(
                        "an event that says it came with an earlier one",
                        on -> reseal(on, TestClock.START, 2),
                        "events",
                        "event at position 3: its transaction began at 2, of which an event is missing"));
    }

    private static List<Damage> others() {
        return List.of(
                sql(
                        "a tag's row gone",
                        "DELETE FROM event_tag WHERE position = 6",
                        "tags",
                        "event at position 6: a tag is missing from the index"),
                sql("a tag's row too many", "INSERT INTO event_tag VALUES (1, 3)", "tags", "4 entries (expected: 3)"),
                sql(
                        "a tag's row moved to another event",
                        "UPDATE event_tag SET position = 3 WHERE position = 6",
                        "tags",
                        "event at position 6: a tag is missing from the index"),
                sql(
                        "a tag with another name",
                        "UPDATE tag SET name = 'x' WHERE name = 'u'",
                        "tags",
                        "event at position 1: a tag is missing from the index"),
                sql(
                        "a checkpoint past the head",
                        "UPDATE checkpoint SET position = 7",
                        "checkpoints",
                        "checkpoint c is at 7, past the head 6"));
    }

    /** Each index of the schema, found in the schema itself, loses one row. */
    private static List<Damage> indexes() {
        List<Damage> damages = new ArrayList<>();
        for (String[] index : new String[][] {
            {"event_by_id", "event (event_id) WHERE position <> 3", "row 3"},
            {"event_by_sequence", "event (partition_id, sequence) WHERE position <> 3", "row 3"},
            {"event_late", "event (partition_id, timestamp, time_before) WHERE time_before IS NULL", "row 3"},
            {"event_by_kind", "event (kind_id) WHERE position <> 3", "row 3"},
            {"sqlite_autoindex_partition_1", "partition (name) WHERE partition_id <> 2", "row 2"},
            {"sqlite_autoindex_producer_1", "producer (name) WHERE producer_id <> 2", "row 2"},
            {"sqlite_autoindex_tag_1", "tag (name) WHERE tag_id <> 2", "row 2"},
            {
                "sqlite_autoindex_kind_1",
                "kind (artifact_type, action, event_version, payload_form) WHERE kind_id <> 2",
                "row 2"
            }
        }) {
            damages.add(new Damage(
                    "a row missing from " + index[0],
                    on -> exchange(on, index[0], index[1]),
                    "database",
                    index[2] + " missing from index " + index[0]));
        }
        return damages;
    }

    private static Damage sql(String name, String sql, String check, String finding) {
        return new Damage(name, on -> on.run(sql), check, finding);
    }

    private static Damage column(String column, String value) {
        return sql(
                "column " + column,
                "UPDATE event SET " + column + " = " + value + " WHERE position = 3",
                "events",
                "event at position 3: column " + column + " differs from the envelope");
    }

    private static Damage dictionary(String update, String column) {
        return sql(
                "dictionary: " + update,
                "UPDATE " + update,
                "events",
                "event at position 3: column " + column + " differs from the envelope");
    }

    private static Damage deleted(int position, String finding) {
        return new Damage("event " + position + " deleted", on -> on.delete(position), "events", finding);
    }

    private static void exchangeSequences(Raw on) throws SQLException {
        on.run("UPDATE event SET sequence = 99 WHERE position = 1");
        on.run("UPDATE event SET sequence = 1 WHERE position = 3");
        on.run("UPDATE event SET sequence = 2 WHERE position = 1");
    }

    private static void flip(Raw on, String column, int at) throws SQLException {
        byte[] bytes = on.bytes("SELECT CAST(" + column + " AS BLOB) FROM event WHERE position = 3");
        bytes[at] ^= 0x04;
        String value = column.equals("payload") ? "CAST(? AS TEXT)" : "?";
        try (PreparedStatement update =
                on.connection.prepareStatement("UPDATE event SET " + column + " = " + value + " WHERE position = 3")) {
            update.setBytes(1, bytes);
            update.executeUpdate();
        }
    }

    /** Event 3 as a writer would have sealed it that gave it this time and this transaction. */
    private static void reseal(Raw on, Instant recordedAt, long transaction) throws SQLException {
        NewEvent event = SqliteVerificationTest.third().proposed();
        Stamp stamp = new Stamp(new Position(3), new Sequence(2), recordedAt, new Position(transaction));
        try (PreparedStatement update =
                on.connection.prepareStatement("UPDATE event SET envelope = ? WHERE position = 3")) {
            update.setBytes(1, EnvelopeBlob.seal(3, StoreUnderTest.CODEC.seal(event, stamp), event.payload()));
            update.executeUpdate();
        }
    }

    /** Puts the pages of an index that lacks a row in the place of the real one's. */
    private static void exchange(Raw on, String index, String lacking) throws SQLException {
        on.run("CREATE INDEX lacking ON " + lacking);
        String page = "(SELECT rootpage FROM sqlite_schema WHERE name = '%s')";
        long real = on.number("SELECT " + page.formatted(index));
        long other = on.number("SELECT " + page.formatted("lacking"));
        on.run("PRAGMA writable_schema = ON");
        on.run("UPDATE sqlite_schema SET rootpage = CASE name WHEN 'lacking' THEN " + real + " ELSE " + other
                + " END WHERE name IN ('lacking', '" + index + "')");
        on.run("PRAGMA writable_schema = RESET");
        on.run("DROP INDEX lacking");
    }

    /** Spoils something. */
    interface Edit {
        void on(Raw raw) throws SQLException;
    }

    /** A connection that nothing holds back. */
    record Raw(Connection connection) {
        void run(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void delete(int position) throws SQLException {
            run("DELETE FROM event WHERE position = " + position);
            run("DELETE FROM event_tag WHERE position = " + position);
        }

        byte[] bytes(String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getBytes(1);
            }
        }

        long number(String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
