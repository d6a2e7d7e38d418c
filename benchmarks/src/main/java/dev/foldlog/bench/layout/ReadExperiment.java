package dev.foldlog.bench.layout;

import dev.foldlog.bench.layout.Meter.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole table of events by one column of bytes and by eleven columns, in turn. Confined to one thread. */
final class ReadExperiment {
    private static final long ROWS = 200_000;
    private static final int ROUNDS = 5;
    private static final String BLOBS = "SELECT position, envelope, payload FROM event ORDER BY position";
    private static final String COLUMNS = "SELECT position, event_id, partition_id, sequence, kind_id, producer_id,"
            + " timestamp, substr(envelope, 1, 36), substr(envelope, 40, 20), substr(envelope, 60, 20), payload"
            + " FROM event ORDER BY position";

    private final Path file;

    ReadExperiment(Path file) {
        this.file = file;
    }

    void run() throws SQLException, IOException {
        Subject subject = new Subject(
                "columns", Layouts.CHOSEN.withIndexes(), Database.Tuning.STANDARD, Rows.Load.STANDARD, file);
        subject.create(0);
        subject.append(ROWS, 1_000, false);
        List<Taken> blobs = new ArrayList<>();
        List<Taken> columns = new ArrayList<>();
        try (Database database = Database.open(file, Database.Tuning.STANDARD)) {
            for (int round = 0; round <= ROUNDS; round++) {
                Taken fromBlobs = read(database, BLOBS, 3);
                Taken fromColumns = read(database, COLUMNS, 11);
                if (round > 0) {
                    blobs.add(fromBlobs);
                    columns.add(fromColumns);
                }
            }
        }
        System.out.printf("%nreading, %,d rows, %,d rounds%n%n", ROWS, ROUNDS);
        System.out.println("| | rows/s | CPU µs a row |");
        System.out.println("| --- | --- | --- |");
        print("position, envelope and payload", blobs);
        print("eleven columns", columns);
        Database.delete(file);
    }

    private static void print(String name, List<Taken> taken) {
        System.out.printf(
                "| %s | %,.0f | %.2f |%n",
                name,
                AppendExperiment.median(taken, Taken::perSecond),
                AppendExperiment.median(taken, Taken::cpuMicros));
    }

    private static Taken read(Database database, String sql, int columns) throws SQLException {
        Meter meter = Meter.start();
        long bytes = 0;
        long rows = 0;
        try (PreparedStatement statement = database.prepare(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows++;
                for (int i = 1; i <= columns; i++) {
                    Object value = row.getObject(i);
                    bytes += value instanceof byte[] array ? array.length : 1;
                }
            }
        }
        if (rows != ROWS || bytes < rows) {
            throw new IllegalStateException("rows: " + rows + " (expected: " + ROWS + ')');
        }
        return meter.stop(rows);
    }
}
