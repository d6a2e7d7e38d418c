package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventReader;
import dev.foldlog.core.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it takes to look at the conditions of appends: who does it, how often, and when it ends. */
final class ConditionScanTest {
    private static final EventFilter NOTHING = Filters.of().artifactIds("none").filter();

    private final HeldCodec codec = new HeldCodec();
    private final StoreUnderTest store;

    ConditionScanTest(@TempDir Path folder) {
        store = StoreUnderTest.opened(clock -> SqliteEventStore.open(SqliteSettings.of(folder), codec, clock));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_look_ends_within_a_page_once_nobody_wants_it() {
        many("m", 2_000);
        AtomicInteger pages = new AtomicInteger();
        AtomicBoolean isUnwanted = new AtomicBoolean();
        EventReader reader = reading(cursor -> limit -> {
            isUnwanted.set(pages.incrementAndGet() == 3);
            return cursor.next(limit);
        });

        assertThat(new ConditionLook(reader, codec, isUnwanted::get)
                        .look(event("n").given(nothing(100))))
                .isEmpty();
        assertThat(pages).hasValue(3);
    }

    @Test
    void a_cancelled_append_frees_its_thread_for_the_next() {
        many("m", 100);
        HeldCodec.Hold first = codec.hold();
        CompletableFuture<AppendOutcome> one = store.store().append(event("a").given(nothing(1_000)));
        first.awaitEntered();
        HeldCodec.Hold second = codec.hold();
        CompletableFuture<AppendOutcome> two = store.store().append(event("b").given(nothing(1_000)));
        second.awaitEntered();
        one.cancel(false);
        two.cancel(false);
        long before = codec.opened();
        first.release();
        second.release();

        store.stored(event("c").given(new NoneMatching(Filters.of().tags("t").filter(), Position.NONE)));
        assertThat(codec.opened() - before).isLessThan(1_000);
    }

    @Test
    void closing_refuses_an_append_whose_conditions_are_being_looked_at() throws InterruptedException {
        many("m", 100);
        HeldCodec.Hold hold = codec.hold();
        CompletableFuture<AppendOutcome> answer =
                store.store().append(event("a").given(nothing(1_000)));
        hold.awaitEntered();
        Thread closing = Thread.ofPlatform().start(store::close);
        awaitRefusals();
        long before = codec.opened();
        hold.release();
        closing.join();

        assertThatThrownBy(() -> StoreUnderTest.answer(answer))
                .isInstanceOfSatisfying(
                        StoreException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(codec.opened() - before).isLessThan(1_000);
    }

    @Test
    void what_comes_during_a_look_is_looked_at_again_and_left_to_the_writer_when_it_is_little() {
        many("m", 10);
        AtomicInteger reads = new AtomicInteger();
        EventReader reader = reading(cursor -> {
            switch (reads.incrementAndGet()) {
                case 1 -> { // of the first condition
                    many("late", ConditionLook.LEFT_MAX);
                    store.stored(event("match").tagged("t"));
                    many("later", ConditionLook.LEFT_MAX);
                }
                case 3 -> many("last", ConditionLook.LEFT_MAX); // of the second round
                default -> {}
            }
            return cursor;
        });

        Optional<ConditionFindings> found = new ConditionLook(reader, codec, () -> false)
                .look(event("n")
                        .given(
                                new NoneMatching(Filters.of().tags("t").filter(), Position.NONE),
                                new NoneMatching(NOTHING, Position.NONE)));

        long match = 10 + ConditionLook.LEFT_MAX + 1;
        assertThat(found).hasValueSatisfying(it -> {
            assertThat(it.firstMatches()).isEqualTo(java.util.Map.of(0, new Position(match)));
            assertThat(it.through()).isEqualTo(new Position(match + ConditionLook.LEFT_MAX));
        });
        assertThat(reads).hasValue(3);
    }

    @Test
    void a_look_that_cannot_catch_up_is_given_up() {
        many("m", 1);
        AtomicInteger reads = new AtomicInteger();
        EventReader reader = reading(cursor -> {
            many("round" + reads.incrementAndGet(), ConditionLook.LEFT_MAX + 1);
            return cursor;
        });

        assertThat(new ConditionLook(reader, codec, () -> false).look(event("n").given(nothing(1))))
                .isPresent();
        assertThat(reads).hasValue(ConditionLook.ROUNDS_MAX);
    }

    @Test
    void a_group_takes_no_more_conditions_than_it_may() throws InterruptedException {
        WriteQueue queue = new WriteQueue(100, 1 << 20);
        for (int i = 0; i < 5; i++) {
            queue.offer(new WriteCommand.AppendEvents(
                    event("e" + i).given(nothing(i == 3 ? 500 : 40)),
                    ConditionFindings.NONE,
                    10,
                    new CompletableFuture<>()));
        }
        WriteQueue.Group group = new WriteQueue.Group(100, 400, 1 << 20);

        assertThat(queue.take(group)).hasSize(2);
        assertThat(queue.take(group)).hasSize(1);
        assertThat(queue.take(group)).hasSize(1);
        assertThat(queue.take(group)).hasSize(1);
    }

    private static Precondition[] nothing(int count) {
        Precondition[] conditions = new Precondition[count];
        java.util.Arrays.fill(conditions, new NoneMatching(NOTHING, Position.NONE));
        return conditions;
    }

    private void many(String name, int count) {
        store.stored(append(drafts(name, count)));
    }

    private static List<EventDraft> drafts(String name, int count) {
        List<EventDraft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(event(name + i));
        }
        return drafts;
    }

    /** Until the store refuses appends: it is closing. */
    private void awaitRefusals() {
        int count = 0;
        while (!store.store().append(append(event("probe" + count++))).isCompletedExceptionally()) {
            Thread.onSpinWait();
        }
    }

    /** The store as a reader whose cursors are changed. */
    private EventReader reading(UnaryOperator<EventCursor> change) {
        return (EventReader) Proxy.newProxyInstance(
                EventReader.class.getClassLoader(), new Class<?>[] {EventReader.class}, (self, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof LogRead read) {
                        return change.apply(store.store().readAll(read));
                    }
                    try {
                        return method.invoke(store.store(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
