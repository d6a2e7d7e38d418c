package dev.foldlog.bench.layout;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of events with its indexes.
 *
 * @param columns beside the position, with their types
 * @param indexes as statements
 * @param lookUp finds an event by its id before it is inserted; empty for none
 */
record Layout(String name, List<Column> columns, List<String> indexes, List<LookUp> lookUp) {
    static final Column ID = new Column("event_id BLOB NOT NULL", (s, i, row) -> s.setBytes(i, row.id()));
    static final Column ID_KEY = new Column("id_key INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.idHigh()));
    static final Column PARTITION =
            new Column("partition_id INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.partition()));
    static final Column SEQUENCE = new Column("sequence INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.sequence()));
    static final Column KIND = new Column("kind_id INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.kind()));
    static final Column PRODUCER =
            new Column("producer_id INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.producer()));
    static final Column TIMESTAMP =
            new Column("timestamp INTEGER NOT NULL", (s, i, row) -> s.setLong(i, row.timestamp()));
    static final Column TIME_BEFORE = new Column("time_before INTEGER", (s, i, row) -> {
        if (row.isLate()) {
            s.setLong(i, row.timeMax());
        } else {
            s.setNull(i, java.sql.Types.INTEGER);
        }
    });
    static final Column ENVELOPE = new Column("envelope BLOB NOT NULL", (s, i, row) -> s.setBytes(i, row.envelope()));
    static final Column PAYLOAD = new Column("payload ANY", (s, i, row) -> s.setString(i, row.payload()));

    static final String BY_ID = "CREATE UNIQUE INDEX event_by_id ON event (event_id)";
    static final String BY_ID_KEY = "CREATE INDEX event_by_id ON event (id_key)";
    static final String BY_SEQUENCE = "CREATE UNIQUE INDEX event_by_sequence ON event (partition_id, sequence)";
    static final String BY_PARTITION = "CREATE INDEX event_by_partition ON event (partition_id)";
    static final String BY_TIME = "CREATE INDEX event_by_time ON event (partition_id, timestamp)";
    static final String LATE =
            "CREATE INDEX event_late ON event (partition_id, timestamp) WHERE time_before IS NOT NULL";
    static final String BY_KIND = "CREATE INDEX event_by_kind ON event (kind_id)";

    static final LookUp FIND_ID = new LookUp("event_id", (s, i, row) -> s.setBytes(i, row.id()));
    static final LookUp FIND_KEY = new LookUp("id_key", (s, i, row) -> s.setLong(i, row.idHigh()));

    /** The layout of the first design: everything indexed by itself. */
    static final Layout FIRST = new Layout(
            "id 16 bytes; sequence; time",
            List.of(ID, PARTITION, SEQUENCE, KIND, PRODUCER, TIMESTAMP, ENVELOPE, PAYLOAD),
            List.of(BY_ID, BY_SEQUENCE, BY_TIME),
            List.of(FIND_ID));

    Layout named(String other) {
        return new Layout(other, columns, indexes, lookUp);
    }

    Layout withIndexes(String... others) {
        return new Layout(name, columns, List.of(others), lookUp);
    }

    Layout withColumns(Column... others) {
        return new Layout(name, List.of(others), indexes, lookUp);
    }

    Layout withLookUp(LookUp... others) {
        return new Layout(name, columns, indexes, List.of(others));
    }

    String createTable() {
        List<String> all = new ArrayList<>();
        all.add("position INTEGER PRIMARY KEY");
        columns.forEach(it -> all.add(it.definition));
        return "CREATE TABLE event (" + String.join(", ", all) + ") STRICT";
    }

    String insert() {
        List<String> names = new ArrayList<>();
        names.add("position");
        columns.forEach(it -> names.add(it.definition.substring(0, it.definition.indexOf(' '))));
        return "INSERT INTO event (" + String.join(", ", names) + ") VALUES (?" + ", ?".repeat(columns.size()) + ")";
    }

    void bind(PreparedStatement statement, Row row) throws SQLException {
        statement.setLong(1, row.position());
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).binding.bind(statement, i + 2, row);
        }
    }

    /** A column's name and type, and what goes into it. */
    record Column(String definition, Binding binding) {}

    /** A column to look an id up by. */
    record LookUp(String column, Binding binding) {}

    /** Binds a part of a row. */
    interface Binding {
        void bind(PreparedStatement statement, int index, Row row) throws SQLException;
    }
}
