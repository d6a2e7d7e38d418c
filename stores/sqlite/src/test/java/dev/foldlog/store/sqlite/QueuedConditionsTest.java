package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions take room in the write queue, as events do. */
final class QueuedConditionsTest {
    private static final int QUEUE_BYTES = 100_000;

    @Test
    void appends_whose_conditions_fill_the_queue_keep_others_out(@TempDir Path folder) {
        try (StoreUnderTest store = StoreUnderTest.of(
                new SqliteSettings(folder, Durability.PROCESS, 10, QUEUE_BYTES, 2, Duration.ofSeconds(60)))) {
            TestClock.Hold hold = store.clock.hold();
            CompletableFuture<AppendOutcome> first = store.store().append(append(event("first")));
            hold.awaitEntered();
            CompletableFuture<AppendOutcome> large = store.store().append(conditional("large"));
            CompletableFuture<AppendOutcome> next = store.store().append(conditional("next"));

            assertThatThrownBy(() -> StoreUnderTest.answer(next))
                    .isInstanceOfSatisfying(
                            StoreException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED));
            hold.release();
            assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
            assertThat(StoreUnderTest.answer(large)).isInstanceOf(Appended.class);
            assertThat(store.append(conditional("next"))).isInstanceOf(Appended.class);
        }
    }

    private static Append conditional(String id) {
        String text = "x".repeat(QUEUE_BYTES / 3);
        return event(id)
                .given(
                        new NoneMatching(Filters.of().actions(text).filter(), Position.NONE),
                        new NoneMatching(
                                Filters.of()
                                        .anyOf(Filters.of()
                                                .artifactIds(text + text)
                                                .filter())
                                        .filter(),
                                Position.NONE));
    }
}
