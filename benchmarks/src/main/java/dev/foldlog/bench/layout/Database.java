package dev.foldlog.bench.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A database of an experiment with one connection. Confined to one thread. */
final class Database implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final Statement control;

    private Database(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.control = connection.createStatement();
    }

    static void delete(Path file) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
    }

    static Database open(Path file, Tuning tuning) throws SQLException {
        Database database = new Database(file, DriverManager.getConnection("jdbc:sqlite:" + file));
        database.run("PRAGMA page_size = " + tuning.pageBytes);
        database.run("PRAGMA journal_mode = WAL");
        database.run("PRAGMA synchronous = " + (tuning.isDurable ? "FULL" : "OFF"));
        database.run("PRAGMA cache_size = -" + tuning.cacheKib);
        database.run("PRAGMA wal_autocheckpoint = 0");
        database.run("PRAGMA mmap_size = " + tuning.mmapBytes);
        return database;
    }

    void run(String sql) throws SQLException {
        control.execute(sql);
    }

    long number(String sql) throws SQLException {
        try (ResultSet row = control.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /** Pages in the write-ahead log. */
    long walPages() throws SQLException {
        try (ResultSet row = control.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            return row.next() ? row.getLong(2) : 0;
        }
    }

    long bytes() throws IOException {
        return Files.size(file);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Settings of a connection. */
    record Tuning(int pageBytes, int cacheKib, long mmapBytes, int checkpointPages, boolean isDurable) {
        static final Tuning STANDARD = new Tuning(4_096, 32_768, 0, 4_000, true);

        Tuning pages(int bytes) {
            return new Tuning(bytes, cacheKib, mmapBytes, checkpointPages * pageBytes / bytes, isDurable);
        }

        Tuning cache(int kib) {
            return new Tuning(pageBytes, kib, mmapBytes, checkpointPages, isDurable);
        }

        Tuning mapped(long bytes) {
            return new Tuning(pageBytes, cacheKib, bytes, checkpointPages, isDurable);
        }

        Tuning checkpointing(int pages) {
            return new Tuning(pageBytes, cacheKib, mmapBytes, pages, isDurable);
        }

        static List<Tuning> compared() {
            return List.of(
                    STANDARD,
                    STANDARD.pages(1_024),
                    STANDARD.pages(2_048),
                    STANDARD.pages(8_192),
                    STANDARD.cache(8_192),
                    STANDARD.cache(131_072),
                    STANDARD.mapped(1L << 30),
                    STANDARD.checkpointing(1_000),
                    STANDARD.checkpointing(16_000));
        }

        String text() {
            return "pages of %,d bytes, cache %,d MiB, mapped %,d MiB, checkpoint at %,d pages"
                    .formatted(pageBytes, cacheKib >> 10, mmapBytes >> 20, checkpointPages);
        }

        Tuning fast() {
            return new Tuning(pageBytes, 1 << 20, mmapBytes, 64_000, false);
        }
    }
}
