package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log stays small. Without syncs, which are not what is looked at. */
final class WalKeeperTest {
    private static final String MEGABYTE = "{\"x\":\"" + "x".repeat(1 << 20) + "\"}";
    private static final long FRAME_BYTES = Connections.PAGE_BYTES + 24L;
    private static final long TRANSACTION_BYTES = 2L << 20;

    private final Path folder;
    private final StoreUnderTest store;
    private int appended;

    WalKeeperTest(@TempDir Path folder) {
        this.folder = folder;
        store = StoreUnderTest.of(
                new SqliteSettings(folder, Durability.PROCESS, 100, 64L << 20, 2, Duration.ofSeconds(60)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void is_moved_into_the_database_when_it_has_grown_whatever_cursors_are_open() throws IOException {
        append();
        append();
        var abandoned = store.store().tail(EventFilter.ALL, Position.NONE);
        assertThat(abandoned.next(new PageLimit(1, 1, true)).isLast()).isFalse();
        for (int i = 0; i < 20; i++) {
            append();
        }
        String log = walIdentity();
        // Moved beside the writer, it begins anew with a later transaction, and is a log of another name then.
        Awaitility.await().untilAsserted(() -> {
            store.stored(event("small-" + appended++));
            assertThat(walIdentity()).isNotEqualTo(log);
        });

        assertThat(walBytes()).isLessThan(WalKeeper.PAGES_BOUND * FRAME_BYTES);
        assertThat(abandoned.next(new PageLimit(1, 1, true)).events()).hasSize(1);
    }

    @Test
    void is_emptied_as_soon_as_a_reader_that_held_it_is_done() throws IOException, SQLException {
        append();
        long limit = WalKeeper.PAGES_MAX * FRAME_BYTES;
        try (Connection reader = Connections.looking(folder.resolve("foldlog.db"))) {
            reader.setAutoCommit(false);
            try (Statement statement = reader.createStatement();
                    ResultSet row = statement.executeQuery("SELECT position FROM event")) {
                assertThat(row.next()).isTrue();
                for (int i = 0; i < 100 && walBytes() < limit; i++) {
                    append();
                }
                assertThat(walBytes()).isBetween(limit, limit + TRANSACTION_BYTES);
            }
        }

        // The writer waits for the reader, or tries again after the next append.
        Awaitility.await().untilAsserted(() -> {
            store.stored(event("small-" + appended++));
            assertThat(walBytes()).isLessThan(TRANSACTION_BYTES);
        });
    }

    @Test
    void is_gone_after_the_store_was_closed() throws IOException {
        append();
        assertThat(walBytes()).isPositive();

        store.close();

        try (var files = Files.list(folder)) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrder("foldlog.db", "guard", "lock");
        }
        store.reopen();
        assertThat(store.ids()).hasSize(1);
    }

    private void append() {
        store.stored(event("large-" + appended++).payload(MEGABYTE));
    }

    /** The salt of its header, which changes when it begins anew. */
    private String walIdentity() throws IOException {
        try (var log = Files.newInputStream(folder.resolve("foldlog.db-wal"))) {
            return HexFormat.of().formatHex(log.readNBytes(24), 16, 24);
        }
    }

    private long walBytes() throws IOException {
        return Files.size(folder.resolve("foldlog.db-wal"));
    }
}
