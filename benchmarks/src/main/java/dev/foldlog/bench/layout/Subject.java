package dev.foldlog.bench.layout;

import dev.foldlog.bench.layout.Meter.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One side of a comparison: a layout under settings, in a database of its own that grows over the rounds. Confined to one thread. */
final class Subject {
    private static final int BULK_ENVELOPE_BYTES = 60;
    private static final int BULK_PAYLOAD_BYTES = 20;
    private static final int BULK_PER_COMMIT = 10_000;

    private final String name;
    private final Layout layout;
    private final Database.Tuning tuning;
    private final Rows.Load load;
    private final Rows rows;
    private final Path file;
    private final List<Taken> taken = new ArrayList<>();

    Subject(String name, Layout layout, Database.Tuning tuning, Rows.Load load, Path file) {
        this.name = name;
        this.layout = layout;
        this.tuning = tuning;
        this.load = load;
        this.rows = new Rows(load);
        this.file = file;
    }

    String name() {
        return name;
    }

    Path file() {
        return file;
    }

    List<Taken> taken() {
        return taken;
    }

    /** Makes the database and fills it: three fifths before there are indexes, the rest as a store grows. */
    void create(long size) throws SQLException, IOException {
        Database.delete(file);
        Database.Tuning fast = tuning.fast();
        try (Database database = Database.open(file, fast)) {
            database.run(layout.createTable());
            Layout bare = layout.withIndexes().withLookUp();
            rows.resize(BULK_ENVELOPE_BYTES, BULK_PAYLOAD_BYTES);
            long before = size * 3 / 5 / BULK_PER_COMMIT * BULK_PER_COMMIT;
            try (Appending appending = new Appending(database, bare, fast.checkpointPages())) {
                appending.append(rows, before, BULK_PER_COMMIT);
            }
            for (String index : layout.indexes()) {
                database.run(index);
            }
            try (Appending appending = new Appending(database, bare, fast.checkpointPages())) {
                appending.append(rows, size - before, BULK_PER_COMMIT);
            }
            rows.resize(load.envelopeBytes(), load.payloadBytes());
            database.run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Appends so many and, unless it is to warm up, keeps what it took. */
    void append(long count, int rowsPerCommit, boolean isMeasured) throws SQLException {
        try (Database database = Database.open(file, tuning);
                Appending appending = new Appending(database, layout, tuning.checkpointPages())) {
            Meter meter = Meter.start();
            appending.append(rows, count, rowsPerCommit);
            database.run("PRAGMA wal_checkpoint(PASSIVE)");
            if (isMeasured) {
                taken.add(meter.stop(count));
            }
        }
    }

    long bytes() throws SQLException, IOException {
        try (Database database = Database.open(file, tuning)) {
            return database.bytes();
        }
    }
}
