package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing a store whose writer does not come to its end in time. */
final class LateWriterTest {
    @Test
    void everything_but_the_files_is_let_go_and_those_are_when_it_is_closed_again(@TempDir Path folder) {
        SqliteSettings settings = new SqliteSettings(folder, Durability.PROCESS, 10, 1 << 20, 2, Duration.ofMillis(1));
        StoreUnderTest store = StoreUnderTest.of(settings);
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> late = store.store().append(append(event("late")));
        hold.awaitEntered();

        assertUnavailable(store::close);
        assertThat(store.store().isServing()).isFalse();
        assertUnavailable(store::ids);
        assertUnavailable(() -> StoreUnderTest.of(settings));

        hold.release();
        assertThat(StoreUnderTest.answer(late)).isInstanceOf(Appended.class);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThatCode(store::close)
                        .doesNotThrowAnyException());
        try (StoreUnderTest next = StoreUnderTest.in(folder)) {
            assertThat(next.ids()).containsExactly("late");
        }
    }

    @Test
    void there_is_always_time_to_close(@TempDir Path folder) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SqliteSettings(folder, Durability.DISK, 1, 1, 1, Duration.ZERO))
                .withMessage("closeTimeout: PT0S (expected: > 0)");
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
