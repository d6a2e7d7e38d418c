package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.projection.Participation;
import dev.foldlog.core.store.Durability;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long, and how often, the writer waits for readers that keep the write-ahead log from being emptied. */
final class WalPatienceTest {
    private final HandWal wal = new HandWal();
    private final WalKeeper keeper = new WalKeeper(wal);

    @Test
    void a_small_log_is_left_alone_and_a_larger_one_moved_beside_the_writer() throws SQLException {
        keepAt(WalKeeper.PAGES_WANTED - 1);
        assertThat(wal.done).isEmpty();
        keepAt(WalKeeper.PAGES_WANTED);
        assertThat(wal.done).containsExactly("requested");
    }

    @Test
    void while_it_is_moved_the_writer_goes_on() throws SQLException {
        keepAt(WalKeeper.PAGES_WANTED);
        keepAt(WalKeeper.PAGES_WANTED + 10);
        keepAt(WalKeeper.PAGES_MAX - 1);
        assertThat(wal.done).containsExactly("requested");
    }

    @Test
    void what_came_meanwhile_is_moved_beside_it_while_it_is_much_and_by_the_writer_when_little_is_left()
            throws SQLException {
        keepAt(WalKeeper.PAGES_WANTED);
        wal.endRound(WalKeeper.PAGES_WANTED);
        keepAt(WalKeeper.PAGES_WANTED + WalKeeper.LEFT_MAX + 1);
        wal.endRound(WalKeeper.PAGES_WANTED + WalKeeper.LEFT_MAX + 1);
        keepAt(WalKeeper.PAGES_WANTED + WalKeeper.LEFT_MAX + 100);
        assertThat(wal.done).containsExactly("requested", "requested", "moved");
    }

    @Test
    void a_reader_that_keeps_the_log_from_beginning_anew_costs_the_writer_little() throws SQLException {
        wal.endRound(WalKeeper.PAGES_WANTED);
        for (int i = 0; i <= 2 * (WalKeeper.PAUSE + 1); i++) {
            keepAt(WalKeeper.PAGES_WANTED + i);
        }
        assertThat(wal.done).containsExactly("moved", "moved", "moved");
    }

    @Test
    void of_a_log_that_began_anew_nothing_counts_as_moved() throws SQLException {
        wal.endRound(WalKeeper.PAGES_WANTED);
        keepAt(10);
        keepAt(WalKeeper.PAGES_WANTED);
        assertThat(wal.done).containsExactly("requested");
    }

    @Test
    void while_a_reader_holds_a_large_log_it_is_waited_for_shortly_and_only_now_and_then() throws SQLException {
        wal.isHeld = true;
        for (int i = 0; i <= 2 * (WalKeeper.PAUSE + 1); i++) {
            keepAt(WalKeeper.PAGES_MAX + i);
        }
        assertThat(wal.done).containsExactly("waited 25", "waited 25", "waited 25");
    }

    @Test
    void at_the_bound_it_is_waited_for_each_time() throws SQLException {
        wal.isHeld = true;
        keepAt(WalKeeper.PAGES_MAX);
        keepAt(WalKeeper.PAGES_BOUND);
        keepAt(WalKeeper.PAGES_BOUND + 1);
        assertThat(wal.done).containsExactly("waited 25", "waited 5000", "waited 5000");
    }

    @Test
    void a_large_log_is_emptied_when_the_round_under_way_is_over_and_not_before() throws SQLException {
        keepAt(WalKeeper.PAGES_WANTED);
        keepAt(WalKeeper.PAGES_BOUND);
        assertThat(wal.done).containsExactly("requested", "awaited 5000");
        wal.endRound(WalKeeper.PAGES_BOUND);
        keepAt(WalKeeper.PAGES_BOUND + 1);
        assertThat(wal.done).containsExactly("requested", "awaited 5000", "waited 5000");
    }

    @Test
    void once_it_was_emptied_the_next_attempt_is_not_put_off() throws SQLException {
        wal.isHeld = true;
        keepAt(WalKeeper.PAGES_MAX);
        keepAt(10);
        wal.isHeld = false;
        keepAt(WalKeeper.PAGES_MAX);
        keepAt(WalKeeper.PAGES_MAX);
        assertThat(wal.done).containsExactly("waited 25", "waited 25", "waited 25");
    }

    @Test
    void a_session_tells_whether_a_reader_held_the_log_and_is_patient_again_afterwards(@TempDir Path folder)
            throws SQLException {
        Path database = folder.resolve("foldlog.db");
        Connection connection = Connections.writing(database, Durability.PROCESS);
        Migrations.run(connection);
        try (WriterSession session = WriterSession.open(connection, StoreUnderTest.CODEC)) {
            session.begin();
            new AppendJudge(session, new CheckpointJudge(session), Participation.NONE, TestClock.START)
                    .judge(new WriteCommand.AppendEvents(
                            EventDraft.append(event("a")),
                            ConditionFindings.NONE,
                            1,
                            new java.util.concurrent.CompletableFuture<>()));
            session.flush();
            session.commit();
            try (Connection reader = Connections.looking(database);
                    Statement statement = reader.createStatement();
                    ResultSet row = statement.executeQuery("SELECT position FROM event UNION ALL SELECT 2")) {
                assertThat(row.next()).isTrue();
                assertThat(session.empty(1)).isFalse();
            }
            assertThat(session.pages()).isPositive();
            assertThat(session.empty(1)).isTrue();
            assertThat(session.pages()).isZero();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA busy_timeout")) {
                assertThat(row.getInt(1)).isEqualTo(5_000);
            }
        }
    }

    private void keepAt(int pages) throws SQLException {
        wal.pages = pages;
        keeper.keep(wal);
    }

    /** A log in a test's hand. */
    private static final class HandWal implements WalKeeper.Wal, WalKeeper.Mover {
        private final List<String> done = new ArrayList<>();
        private int pages;
        private int moved;
        private boolean isHeld;
        private boolean isMoving;

        void endRound(int movedPages) {
            isMoving = false;
            moved = movedPages;
        }

        @Override
        public boolean isIdle() {
            return !isMoving;
        }

        @Override
        public boolean awaitIdle(int patienceMillis) {
            if (isMoving) {
                done.add("awaited " + patienceMillis);
            }
            return !isMoving;
        }

        @Override
        public void request() {
            isMoving = true;
            done.add("requested");
        }

        @Override
        public int moved() {
            return moved;
        }

        @Override
        public void forget() {
            moved = 0;
        }

        @Override
        public int pages() {
            return pages;
        }

        @Override
        public void moveWhatIsFree() {
            done.add("moved");
        }

        @Override
        public boolean empty(int patienceMillis) {
            done.add("waited " + patienceMillis);
            return !isHeld;
        }
    }
}
