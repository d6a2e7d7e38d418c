package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.store.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** The log is moved beside the writer; what fails there ends the store where it must. */
final class WalMoverTest {
    private final FaultyConnections faults = new FaultyConnections();
    private final AtomicInteger fatal = new AtomicInteger();
    private final Path database;
    private final WalMover mover;
    private final Thread thread;
    private Connection writing;

    WalMoverTest(@TempDir Path folder) throws SQLException {
        database = folder.resolve("foldlog.db");
        writing = Connections.writing(database, Durability.PROCESS);
        mover = new WalMover(
                () -> faults.writing(database, Durability.PROCESS), new SqliteFaults(), fatal::incrementAndGet);
        thread = Thread.ofPlatform().name("mover").start(mover);
    }

    @BeforeEach
    void something_is_in_the_log() throws SQLException {
        try (Statement statement = writing.createStatement()) {
            statement.execute("CREATE TABLE t (x INTEGER)");
        }
    }

    @AfterEach
    void close() throws SQLException, InterruptedException {
        mover.end();
        thread.join();
        writing.close();
    }

    @Test
    void a_round_moves_the_whole_log() throws SQLException {
        round();

        assertThat(mover.moved()).isPositive().isEqualTo(pages());
        mover.forget();
        assertThat(mover.moved()).isZero();
    }

    @Test
    void its_connection_is_opened_once() {
        round();
        round();

        assertThat(faults.opened()).hasSize(1);
    }

    @Test
    void a_failed_sync_is_fatal() {
        faults.failAt(FaultyConnections.Moment.CHECKPOINT, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        round();

        assertThat(mover.hasFailed()).isTrue();
        assertThat(fatal).hasValue(1);
    }

    @Test
    void after_another_fault_the_next_round_has_a_new_connection() throws SQLException {
        faults.failAt(FaultyConnections.Moment.CHECKPOINT, SQLiteErrorCode.SQLITE_IOERR_WRITE);
        round();
        assertThat(mover.hasFailed()).isFalse();
        assertThat(fatal).hasValue(0);
        round();

        assertThat(faults.opened()).hasSize(2);
        assertThat(mover.moved()).isEqualTo(pages());
    }

    private void round() {
        mover.request();
        assertThat(mover.awaitIdle(60_000)).as("may go on").isEqualTo(!mover.hasFailed());
        assertThat(mover.isIdle()).isTrue();
    }

    private int pages() throws SQLException {
        try (Statement statement = writing.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            row.next();
            return row.getInt(2);
        }
    }
}
