package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is full, and one that is being closed. */
final class StoreLimitsTest {
    private static final int WAITING_MAX = 4;

    @TempDir
    Path folder;

    @Test
    void what_does_not_fit_the_queue_is_refused_at_once_and_changes_nothing() {
        try (StoreUnderTest store = StoreUnderTest.of(settings(Duration.ofSeconds(60)))) {
            TestClock.Hold hold = store.clock.hold();
            CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
            hold.awaitEntered();
            List<CompletableFuture<AppendOutcome>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING_MAX; i++) {
                waiting.add(store.store().append(append(event("waiting-" + i))));
            }

            assertThat(refusal(store.store().append(append(event("over"))))).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal(store.store()
                            .append(event("over")
                                    .given(new NoneMatching(
                                            Filters.of().tags("t").filter(), Position.NONE)))))
                    .isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal(store.store().moveCheckpoint(new CheckpointMove("c", Position.NONE, null, false))))
                    .isEqualTo(ErrorCode.OVERLOADED);
            assertThat(refusal(store.store().deleteCheckpoint("c"))).isEqualTo(ErrorCode.OVERLOADED);
            hold.release();

            assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
            assertThat(waiting).allMatch(it -> StoreUnderTest.answer(it) instanceof Appended);
            store.stored(event("over"));
            assertThat(store.ids())
                    .containsExactly("first", "waiting-0", "waiting-1", "waiting-2", "waiting-3", "over");
        }
    }

    @Test
    void bytes_are_bounded_as_well_as_appends() {
        try (StoreUnderTest store = StoreUnderTest.of(
                new SqliteSettings(folder, Durability.DISK, 100, 10_000, 1, Duration.ofSeconds(60)))) {
            TestClock.Hold hold = store.clock.hold();
            CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
            hold.awaitEntered();
            EventDraft large = event("large").payload("{\"x\":\"" + "x".repeat(9_000) + "\"}");
            CompletableFuture<AppendOutcome> fits = store.store().append(append(large));

            assertThat(refusal(store.store()
                            .append(append(event("over").payload("{\"x\":\"" + "x".repeat(1_000) + "\"}")))))
                    .isEqualTo(ErrorCode.OVERLOADED);
            hold.release();
            assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
            assertThat(StoreUnderTest.answer(fits)).isInstanceOf(Appended.class);
        }
    }

    @Test
    void an_append_that_is_cancelled_while_it_waits_is_dropped() {
        try (StoreUnderTest store = StoreUnderTest.of(settings(Duration.ofSeconds(60)))) {
            TestClock.Hold hold = store.clock.hold();
            CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
            hold.awaitEntered();
            CompletableFuture<AppendOutcome> dropped = store.store().append(append(event("dropped")));
            CompletableFuture<AppendOutcome> conditional = store.store()
                    .append(event("dropped too")
                            .given(new NoneMatching(Filters.of().tags("t").filter(), Position.NONE)));
            CompletableFuture<AppendOutcome> kept = store.store().append(append(event("kept")));
            assertThat(dropped.cancel(false)).isTrue();
            assertThat(conditional.cancel(false)).isTrue();
            hold.release();

            assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
            assertThat(StoreUnderTest.answer(kept)).isInstanceOf(Appended.class);
            store.stored(event("last"));
            assertThat(store.ids()).containsExactly("first", "kept", "last");
        }
    }

    @Test
    void closing_finishes_what_waits_and_refuses_what_comes() {
        StoreUnderTest store = StoreUnderTest.of(settings(Duration.ofSeconds(60)));
        List<Boolean> heard = new ArrayList<>();
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
        hold.awaitEntered();
        CompletableFuture<AppendOutcome> waiting = store.store().append(append(event("waiting")));
        CompletableFuture<AppendOutcome> conditional = store.store()
                .append(event("conditional")
                        .given(new NoneMatching(Filters.of().tags("t").filter(), Position.NONE)));
        Thread closing = Thread.ofPlatform().start(store::close);
        Awaitility.await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        assertThat(refusal(store.store().append(append(event("late"))))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(store.store().isServing()).isTrue();
        store.store().onChange(() -> heard.add(store.store().isServing()));
        hold.release();

        assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
        assertThat(StoreUnderTest.answer(waiting)).isInstanceOf(Appended.class);
        assertThat(StoreUnderTest.answer(conditional)).isInstanceOf(Appended.class);
        Awaitility.await().until(() -> !closing.isAlive());
        assertThat(heard.getLast()).isFalse();
        assertThat(refusal(store.store().append(append(event("after"))))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(catchThrowableOfType(StoreException.class, store::everything).code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        store.close();
        store.reopen();
        assertThat(store.ids()).containsExactlyInAnyOrder("first", "waiting", "conditional");
        store.close();
    }

    @Test
    void closing_waits_no_longer_than_it_was_told_and_may_be_tried_again() {
        StoreUnderTest store = StoreUnderTest.of(settings(Duration.ofMillis(1)));
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
        hold.awaitEntered();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(store::close)
                .withMessage("the writer did not finish in PT0.001S");
        assertThatExceptionOfType(StoreException.class)
                .as("it still writes, so it still holds the folder")
                .isThrownBy(() -> DataFolder.hold(folder))
                .withMessageContaining("in use");
        hold.release();

        assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
        Awaitility.await().ignoreExceptions().untilAsserted(store::close);
        DataFolder.hold(folder).close();
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteSettings(folder, Durability.MEMORY, 1, 1, 1, Duration.ZERO))
                .withMessage("durability: MEMORY (expected: DISK or PROCESS)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteSettings(folder, Durability.DISK, 0, 1, 1, Duration.ZERO))
                .withMessage("queueAppendsMax: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteSettings(folder, Durability.DISK, 1, 0, 1, Duration.ZERO))
                .withMessage("queueBytesMax: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteSettings(folder, Durability.DISK, 1, 1, 0, Duration.ZERO))
                .withMessage("readersMax: 0 (expected: >= 1)");
    }

    private SqliteSettings settings(Duration closeTimeout) {
        return new SqliteSettings(folder, Durability.DISK, WAITING_MAX, 1 << 20, 2, closeTimeout);
    }

    private static ErrorCode refusal(CompletableFuture<?> answer) {
        assertThat(answer).isDone();
        return catchThrowableOfType(StoreException.class, () -> StoreUnderTest.answer(answer))
                .code();
    }
}
