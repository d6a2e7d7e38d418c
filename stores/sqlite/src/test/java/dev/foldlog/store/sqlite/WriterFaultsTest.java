package dev.foldlog.store.sqlite;

import static dev.foldlog.core.store.ErrorCode.CORRUPT;
import static dev.foldlog.core.store.ErrorCode.DEFECT;
import static dev.foldlog.core.store.ErrorCode.OUTCOME_UNKNOWN;
import static dev.foldlog.core.store.ErrorCode.OVERLOADED;
import static dev.foldlog.core.store.ErrorCode.STORAGE_FULL;
import static dev.foldlog.core.store.ErrorCode.UNAVAILABLE;
import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.BEGIN;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.CHECKPOINT;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.COMMIT;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.COMMITTED;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.OPENING;
import static dev.foldlog.store.sqlite.FaultyConnections.Moment.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.store.sqlite.FaultyConnections.Moment;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;

/** What the writer does when SQLite fails under it: the answers, the connection thrown away, the stop. */
final class WriterFaultsTest {
    private final Path folder;
    private final FaultyConnections faults = new FaultyConnections();
    private final StoreUnderTest store;

    WriterFaultsTest(@TempDir Path folder) {
        this.folder = folder;
        store = StoreUnderTest.opened(clock -> StoreOpening.open(
                SqliteSettings.of(folder),
                StoreUnderTest.CODEC,
                new StoreOpening.Ground(clock, new SqliteFaults(), faults)));
    }

    @BeforeEach
    void an_event_is_there() {
        store.stored(event("kept"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /**
     * A fault.
     *
     * @param isStored whether the append is on the disk for all that
     */
    record Fault(SQLiteErrorCode code, Moment moment, ErrorCode answer, boolean isStored) {}

    static List<Fault> passing() {
        return List.of(
                new Fault(SQLiteErrorCode.SQLITE_IOERR, WRITE, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_IOERR_WRITE, COMMIT, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_IOERR_WRITE, COMMITTED, OUTCOME_UNKNOWN, true),
                new Fault(SQLiteErrorCode.SQLITE_FULL, WRITE, STORAGE_FULL, false),
                new Fault(SQLiteErrorCode.SQLITE_FULL, COMMIT, STORAGE_FULL, false),
                new Fault(SQLiteErrorCode.SQLITE_FULL, COMMITTED, OUTCOME_UNKNOWN, true),
                new Fault(SQLiteErrorCode.SQLITE_BUSY, BEGIN, OVERLOADED, false),
                new Fault(SQLiteErrorCode.SQLITE_BUSY, COMMIT, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT, COMMITTED, OUTCOME_UNKNOWN, true),
                new Fault(SQLiteErrorCode.SQLITE_LOCKED, WRITE, OVERLOADED, false),
                new Fault(SQLiteErrorCode.SQLITE_CANTOPEN, BEGIN, UNAVAILABLE, false),
                new Fault(SQLiteErrorCode.SQLITE_ERROR, WRITE, DEFECT, false),
                new Fault(SQLiteErrorCode.SQLITE_ERROR, COMMIT, OUTCOME_UNKNOWN, false));
    }

    static List<Fault> fatal() {
        return List.of(
                new Fault(SQLiteErrorCode.SQLITE_IOERR_FSYNC, WRITE, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_IOERR_FSYNC, COMMIT, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_IOERR_FSYNC, COMMITTED, OUTCOME_UNKNOWN, true),
                new Fault(SQLiteErrorCode.SQLITE_IOERR_DIR_FSYNC, COMMIT, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_CORRUPT, WRITE, OUTCOME_UNKNOWN, false),
                new Fault(SQLiteErrorCode.SQLITE_CORRUPT_INDEX, COMMITTED, OUTCOME_UNKNOWN, true),
                new Fault(SQLiteErrorCode.SQLITE_NOTADB, BEGIN, OUTCOME_UNKNOWN, false));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void after_a_fault_that_may_pass_the_next_append_finds_another_connection(Fault fault) throws SQLException {
        int before = faults.opened().size();
        faults.failAt(fault.moment(), fault.code());

        assertThat(refusal("hit")).isEqualTo(fault.answer());

        assertThat(faults.hasFailed()).isTrue();
        assertThat(faults.opened().get(before - 1).isClosed()).isTrue();
        assertThat(store.store().isServing()).isTrue();
        Appended repeated = (Appended) store.append(append(event("hit")));
        assertThat(repeated.isReplay()).isEqualTo(fault.isStored());
        assertThat(repeated.events().getFirst().position()).isEqualTo(new Position(2));
        assertThat(faults.opened()).hasSize(before + 1);
        assertThat(store.store().head()).isEqualTo(new Position(2));
        assertThat(store.ids()).containsExactly("kept", "hit");
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void after_a_fault_that_leaves_doubt_nothing_is_answered_until_a_restart(Fault fault) throws SQLException {
        List<Boolean> heard = new CopyOnWriteArrayList<>();
        store.store().onChange(() -> heard.add(store.store().isServing()));
        int before = faults.opened().size();
        faults.failAt(fault.moment(), fault.code());

        assertThat(refusal("hit")).isEqualTo(fault.answer());

        assertThat(store.store().isServing()).isFalse();
        assertThat(heard).containsExactly(false);
        assertThat(refusal("later")).isEqualTo(UNAVAILABLE);
        assertThat(catchThrowableOfType(StoreException.class, store::everything).code())
                .isEqualTo(UNAVAILABLE);
        assertThat(store.store().head()).isEqualTo(new Position(1));
        assertThat(faults.opened()).hasSize(before);
        assertThat(faults.opened().getLast().isClosed()).isTrue();

        store.reopen();
        assertThat(store.ids()).isEqualTo(fault.isStored() ? List.of("kept", "hit") : List.of("kept"));
        assertThat(store.append(append(event("hit"))))
                .isInstanceOfSatisfying(
                        Appended.class, it -> assertThat(it.isReplay()).isEqualTo(fault.isStored()));
    }

    @Test
    void everything_that_waits_is_answered_when_the_store_stops() {
        TestClock.Hold first = store.clock.hold();
        CompletableFuture<?> blocking = store.store().append(append(event("blocking")));
        first.awaitEntered();
        TestClock.Hold second = store.clock.hold();
        List<CompletableFuture<?>> group = List.of(
                store.store().append(append(event("a"))),
                store.store().append(append(event("b").in("q"))));
        first.release();
        second.awaitEntered();
        faults.failAt(COMMIT, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        List<CompletableFuture<?>> behind = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            behind.add(store.store().append(append(event("behind-" + i))));
        }
        behind.add(store.store().moveCheckpoint(new CheckpointMove("c", new Position(1), null, false)));
        behind.add(store.store().deleteCheckpoint("c"));
        second.release();

        assertThat(StoreUnderTest.answer(blocking)).isInstanceOf(Appended.class);
        assertThat(group).extracting(WriterFaultsTest::refusal).containsOnly(OUTCOME_UNKNOWN);
        assertThat(behind).extracting(WriterFaultsTest::refusal).containsOnly(UNAVAILABLE);
        store.reopen();
        assertThat(store.ids()).containsExactly("kept", "blocking");
    }

    @Test
    void a_group_that_fails_fails_as_a_whole_and_can_be_repeated_as_a_whole() {
        TestClock.Hold first = store.clock.hold();
        CompletableFuture<?> blocking = store.store().append(append(event("blocking")));
        first.awaitEntered();
        TestClock.Hold second = store.clock.hold();
        CompletableFuture<?> a = store.store().append(append(event("a").tagged("t")));
        CompletableFuture<?> b = store.store().append(append(event("b").in("new")));
        first.release();
        second.awaitEntered();
        faults.failAt(COMMITTED, SQLiteErrorCode.SQLITE_IOERR);
        second.release();

        assertThat(StoreUnderTest.answer(blocking)).isInstanceOf(Appended.class);
        assertThat(refusal(a)).isEqualTo(OUTCOME_UNKNOWN);
        assertThat(refusal(b)).isEqualTo(OUTCOME_UNKNOWN);
        store.stored(event("c").in("new"));
        assertThat(store.ids()).containsExactly("kept", "blocking", "a", "b", "c");
        assertThat(store.store().partition("new").last().value()).isEqualTo(2);
        assertThat(store.append(append(event("a").tagged("t"))))
                .isInstanceOfSatisfying(
                        Appended.class, it -> assertThat(it.isReplay()).isTrue());
    }

    @Test
    void a_connection_that_cannot_be_opened_is_tried_again_with_the_next_append() {
        faults.failAt(WRITE, SQLiteErrorCode.SQLITE_IOERR);
        assertThat(refusal("a")).isEqualTo(OUTCOME_UNKNOWN);
        faults.failAt(OPENING, SQLiteErrorCode.SQLITE_CANTOPEN);
        assertThat(refusal("b")).isEqualTo(UNAVAILABLE);

        store.stored(event("c"));
        assertThat(store.ids()).containsExactly("kept", "c");
    }

    @Test
    void a_full_disk_that_cannot_be_looked_at_again_leaves_the_outcome_unknown() {
        faults.failAt(COMMIT, SQLiteErrorCode.SQLITE_FULL);
        faults.failAt(OPENING, SQLiteErrorCode.SQLITE_CANTOPEN);

        assertThat(refusal("a")).isEqualTo(OUTCOME_UNKNOWN);

        assertThat(faults.hasFailed()).isTrue();
        store.stored(event("a"));
    }

    @Test
    void a_failed_sync_of_a_checkpoint_stops_the_store_after_the_answer() {
        failAtTheCheckpointAfter("answered", SQLiteErrorCode.SQLITE_IOERR_FSYNC);

        await().until(() -> !store.store().isServing());
        store.reopen();
        assertThat(store.ids()).containsExactly("kept", "answered");
    }

    @Test
    void another_fault_of_a_checkpoint_costs_the_connection_only() {
        int before = faults.opened().size();
        failAtTheCheckpointAfter("answered", SQLiteErrorCode.SQLITE_IOERR_WRITE);
        store.stored(event("next"));

        assertThat(faults.opened()).hasSize(before + 1);
        assertThat(store.store().isServing()).isTrue();
        assertThat(store.ids()).containsExactly("kept", "answered", "next");
    }

    @Test
    void a_damaged_newest_event_met_by_a_new_connection_stops_the_store() throws SQLException {
        faults.failAt(WRITE, SQLiteErrorCode.SQLITE_BUSY);
        assertThat(refusal("a")).isEqualTo(OVERLOADED);
        try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("foldlog.db"))) {
            new Damage.Raw(raw).run("UPDATE event SET envelope = zeroblob(50)");
        }

        assertThat(refusal("b")).isEqualTo(CORRUPT);
        assertThat(store.store().isServing()).isFalse();
    }

    @Test
    void a_checkpoint_that_cannot_be_moved_for_a_fault_is_answered_too() {
        faults.failAt(COMMIT, SQLiteErrorCode.SQLITE_IOERR);

        assertThat(refusal(store.store().moveCheckpoint(new CheckpointMove("c", new Position(1), null, false))))
                .isEqualTo(OUTCOME_UNKNOWN);
        assertThat(store.store().checkpoint("c")).isEmpty();
    }

    /** Armed inside the append's own transaction: the checkpoint after the one before it may still be under way. */
    private void failAtTheCheckpointAfter(String id, SQLiteErrorCode code) {
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<?> answered = store.store().append(append(event(id)));
        hold.awaitEntered();
        faults.failAt(CHECKPOINT, code);
        hold.release();
        assertThat(StoreUnderTest.answer(answered)).isInstanceOf(Appended.class);
    }

    private ErrorCode refusal(String id) {
        return refusal(store.store().append(append(event(id))));
    }

    private static ErrorCode refusal(CompletableFuture<?> answer) {
        return catchThrowableOfType(StoreException.class, () -> StoreUnderTest.answer(answer))
                .code();
    }
}
