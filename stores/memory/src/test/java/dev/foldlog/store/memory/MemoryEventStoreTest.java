package dev.foldlog.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the wire does not show of the store; the rest is the conformance kit's. */
final class MemoryEventStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final PageLimit PAGE = new PageLimit(500, 1 << 20, true);

    private final AtomicReference<Instant> clock = new AtomicReference<>(START);
    private final MemoryEventStore store = store(1 << 26);

    private MemoryEventStore store(long bytesMax) {
        return new MemorySettings(bytesMax, 1).open(new LedgerCodec(), clock::get);
    }

    private static NewEvent event(String id, String partitionKey) {
        return new NewEvent(
                new EventFacts(
                        new EventId(id), partitionKey, "approve", "tests", "artifact", "answer", "", 1, List.of()),
                IdOrigin.CLIENT,
                null,
                id.getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                PayloadForm.JSON);
    }

    private static Append append(NewEvent... events) {
        return new Append(List.of(events), List.of(), List.of(), false);
    }

    private static EventFilter partitions(String... keys) {
        return new EventFilter(
                Set.of(keys), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, Set.of(), List.of());
    }

    private void appendMany(int count, String partitionKey) {
        store.append(append(IntStream.range(0, count)
                        .mapToObj(it -> event(partitionKey + it, partitionKey))
                        .toArray(NewEvent[]::new)))
                .join();
    }

    @Test
    void it_says_that_it_keeps_nothing() {
        assertThat(store.kind()).isEqualTo("memory");
        assertThat(store.durability()).isEqualTo(Durability.MEMORY);
        assertThat(store.storeId()).isNotEqualTo(store(1 << 26).storeId());
    }

    @Test
    void an_append_is_stored_and_answered_before_it_returns() {
        CompletableFuture<AppendOutcome> answer = store.append(append(event("a", "x")));

        assertThat(answer).isCompletedWithValueMatching(it -> it instanceof Appended);
        assertThat(store.head()).isEqualTo(new Position(1));
    }

    @Test
    void an_append_that_would_take_too_much_memory_is_refused_whole_and_smaller_ones_go_on() {
        MemoryEventStore small = store(5_000);
        NewEvent[] five =
                IntStream.range(0, 5).mapToObj(it -> event("five" + it, "x")).toArray(NewEvent[]::new);

        assertThat(small.append(append(event("a", "x"), event("b", "x")))).isCompleted();
        assertFailed(small.append(append(five)), ErrorCode.STORAGE_FULL);
        assertThat(small.head()).isEqualTo(new Position(2));
        assertThat(small.event(new EventId("five0"))).isEmpty();
        assertThat(small.append(append(event("a", "x"), event("b", "x"))))
                .isCompletedWithValueMatching(it -> it instanceof Appended appended && appended.isReplay());
        assertThat(small.append(append(event("c", "x")))).isCompleted();
        assertThat(small.partition("x").last()).isEqualTo(new Sequence(3));
    }

    @Test
    void a_codec_that_fails_leaves_nothing_and_is_a_defect() {
        List<NewEvent> sealed = new ArrayList<>();
        MemoryEventStore failing = new MemorySettings(1 << 20, 1).open(new FailingCodec(sealed), clock::get);

        assertFailed(failing.append(append(event("a", "x"), event("b", "x"))), ErrorCode.DEFECT);

        assertThat(sealed).hasSize(2);
        assertThat(failing.head()).isEqualTo(Position.NONE);
        assertThat(failing.event(new EventId("a"))).isEmpty();
        assertThat(failing.partitions("", "", 10)).isEmpty();
    }

    @Test
    void recorded_at_never_goes_back_although_the_clock_does() {
        store.append(append(event("a", "x"))).join();
        clock.set(START.minusSeconds(60));
        store.append(append(event("b", "x"))).join();
        assertThat(store.partition("x").lastRecordedAt()).isEqualTo(START);
        clock.set(START.plusNanos(1));
        store.append(append(event("c", "x"))).join();

        assertThat(store.positionBefore(START)).isEqualTo(Position.NONE);
        assertThat(store.positionBefore(START.plusNanos(1))).isEqualTo(new Position(2));
        assertThat(store.partition("x").lastRecordedAt()).isEqualTo(START.plusNanos(1));
        assertThat(store.positionBefore(START.plusSeconds(1))).isEqualTo(new Position(3));
    }

    @ParameterizedTest
    @EnumSource
    void a_page_looks_at_so_many_entries_and_says_how_far_it_came(Direction direction) {
        appendMany(1, "first");
        appendMany(Scan.LOOKED_AT_MAX, "other");
        appendMany(1, "last");
        EventCursor cursor =
                store.readAll(new LogRead(partitions("first", "last"), direction, Position.NONE, store.head()));

        EventPage page = cursor.next(PAGE);
        EventPage rest = cursor.next(PAGE);

        boolean isForward = direction == Direction.FORWARD;
        long head = store.head().value();
        assertThat(page.events()).hasSize(1);
        assertThat(page.isLast()).isFalse();
        assertThat(page.scanned().value()).isEqualTo(isForward ? Scan.LOOKED_AT_MAX : 3);
        assertThat(rest.events())
                .extracting(RecordedEvent::position)
                .containsExactly(new Position(isForward ? head : 1));
        assertThat(rest.isLast()).isTrue();
        assertThat(rest.scanned().value()).isEqualTo(isForward ? head : 1);
        assertThat(cursor.next(PAGE).events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, 5, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void reads_may_start_anywhere(long after) {
        appendMany(4, "x");
        Position start = new Position(after);

        EventPage forward = store.readAll(new LogRead(EventFilter.ALL, Direction.FORWARD, start, store.head()))
                .next(PAGE);
        EventPage backward = store.readAll(new LogRead(EventFilter.ALL, Direction.BACKWARD, start, store.head()))
                .next(PAGE);

        assertThat(forward.events()).hasSize((int) Math.max(0, 4 - after));
        assertThat(backward.events()).hasSize((int) (after == 0 || after > 4 ? 4 : after - 1));
        assertThat(forward.isLast()).isTrue();
        assertThat(backward.isLast()).isTrue();
    }

    @Test
    void a_tail_goes_on_when_there_is_more() {
        EventCursor tail = store.tail(EventFilter.ALL, Position.NONE);
        assertThat(tail.next(PAGE)).isEqualTo(new EventPage(List.of(), Position.NONE, true));
        appendMany(3, "x");

        assertThat(tail.next(PAGE).events()).hasSize(3);
        appendMany(1, "y");
        EventPage page = tail.next(PAGE);
        assertThat(page.events()).hasSize(1);
        assertThat(page.scanned()).isEqualTo(new Position(4));
        assertThat(page.isLast()).isTrue();
    }

    @Test
    void listeners_hear_of_each_move_of_the_head_and_of_the_end() {
        List<String> heard = new ArrayList<>();
        var registration = store.onChange(() -> heard.add(store.head() + (store.isServing() ? "" : " closed")));
        store.append(append(event("a", "x"))).join();
        store.append(append(event("a", "x"))).join();
        store.moveCheckpoint(new CheckpointMove("c", new Position(1), null, false))
                .join();
        store.append(append(event("b", "x"), event("c", "x"))).join();
        store.close();
        store.close();
        registration.close();

        assertThat(heard).containsExactly("1", "3", "3 closed");
    }

    @Test
    void a_listener_that_fails_troubles_neither_the_append_nor_the_others() {
        List<Position> heard = new ArrayList<>();
        List<Throwable> uncaught = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((_, failure) -> uncaught.add(failure));
        try (var failing = store.onChange(() -> {
                    throw new IllegalStateException("listener");
                });
                var good = store.onChange(() -> heard.add(store.head()))) {
            assertThat(failing).isNotSameAs(good);
            assertThat(store.append(append(event("a", "x")))).isCompleted();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }

        assertThat(heard).containsExactly(new Position(1));
        assertThat(uncaught).hasSize(1);
    }

    @Test
    void once_closed_it_is_unavailable() {
        EventCursor cursor = store.tail(EventFilter.ALL, Position.NONE);
        store.close();

        assertThat(store.isServing()).isFalse();
        assertUnavailable(() -> cursor.next(PAGE));
        assertUnavailable(() -> store.event(new EventId("a")));
        assertFailed(store.append(append(event("a", "x"))), ErrorCode.UNAVAILABLE);
        assertFailed(store.deleteCheckpoint("c"), ErrorCode.UNAVAILABLE);
    }

    @Test
    void one_of_many_at_once_gets_the_sequence_it_expects() throws InterruptedException {
        List<CompletableFuture<AppendOutcome>> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        MemoryEventStore shared =
                new MemorySettings(1 << 26, 1).open(new LedgerCodec(), clock::get); // sealed under the lock
        for (int i = 0; i < 16; i++) {
            CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
            answers.add(answer);
            Append append = new Append(
                    List.of(event("e" + i, "x"), event("f" + i, "y")),
                    List.of(new Precondition.PartitionAt("x", Sequence.NONE)),
                    List.of(),
                    false);
            threads.add(Thread.ofVirtual()
                    .start(() -> answer.complete(shared.append(append).join())));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(answers.stream().map(CompletableFuture::join).filter(Appended.class::isInstance))
                .hasSize(1);
        assertThat(shared.head()).isEqualTo(new Position(2));
    }

    @Test
    void checkpoints_are_moved_by_compare_and_set() {
        appendMany(3, "x");
        assertThat(move(new CheckpointMove("c", new Position(2), Position.NONE, false)))
                .isInstanceOf(CheckpointOutcome.Moved.class);
        assertThat(move(new CheckpointMove("c", new Position(3), Position.NONE, false)))
                .isEqualTo(new CheckpointOutcome.MovedMeanwhile("c", Position.NONE, new Position(2)));
        assertThat(move(new CheckpointMove("c", new Position(1), null, false)))
                .isEqualTo(new CheckpointOutcome.WentBack("c", new Position(1), new Position(2)));
        assertThat(move(new CheckpointMove("c", new Position(4), null, true)))
                .isEqualTo(new CheckpointOutcome.PastHead("c", new Position(4), new Position(3)));
        assertThat(store.deleteCheckpoint("c")).isCompletedWithValue(true);
        assertThat(store.deleteCheckpoint("c")).isCompletedWithValue(false);
        assertThat(store.checkpoint("c")).isEmpty();
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemorySettings(0, 1))
                .withMessage("bytesMax: 0 (expected: >= 1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemorySettings(1, 0))
                .withMessage("readersMax: 0 (expected: >= 1)");
        assertThat(MemorySettings.standard().bytesMax()).isPositive();
    }

    private CheckpointOutcome move(CheckpointMove move) {
        return store.moveCheckpoint(move).join();
    }

    private static void assertFailed(CompletableFuture<?> answer, ErrorCode code) {
        assertThat(answer).isCompletedExceptionally();
        assertThat(answer.exceptionNow())
                .isInstanceOfSatisfying(
                        StoreException.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .satisfies(it -> assertThat(it.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
