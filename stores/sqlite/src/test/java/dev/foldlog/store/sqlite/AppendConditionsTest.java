package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.append;
import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendOutcome.ConditionAhead;
import dev.foldlog.core.append.AppendOutcome.Conflict;
import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Precondition.PartitionAt;
import dev.foldlog.core.append.Precondition.PartitionExists;
import dev.foldlog.core.append.Violation.EventMatches;
import dev.foldlog.core.append.Violation.PartitionElsewhere;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.read.EventFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preconditions of appends, judged at commit. */
final class AppendConditionsTest {
    private final StoreUnderTest store;

    AppendConditionsTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_partition_must_be_where_it_is_expected() {
        store.stored(event("a").given(new PartitionAt("p", Sequence.NONE)));
        store.stored(event("b").given(new PartitionAt("p", new Sequence(1))));

        assertThat(store.append(event("c").given(new PartitionAt("p", new Sequence(1)))))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "p", new Sequence(2)))));
        assertThat(store.append(event("c").given(new PartitionAt("p", new Sequence(3)))))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "p", new Sequence(2)))));
        assertThat(store.append(event("c").given(new PartitionAt("unknown", new Sequence(1)))))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "unknown", Sequence.NONE))));
        assertThat(store.ids()).containsExactly("a", "b");
    }

    @Test
    void a_condition_may_speak_of_another_partition_than_the_events() {
        store.stored(event("a").in("x"));

        store.stored(event("b").in("y").given(new PartitionAt("x", new Sequence(1)), new PartitionExists("y", false)));
    }

    @Test
    void a_partition_exists_once_it_had_an_event() {
        assertThat(store.append(event("a").given(new PartitionExists("p", true))))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "p", Sequence.NONE))));
        store.stored(event("a").given(new PartitionExists("p", false)));
        assertThat(store.append(event("b").given(new PartitionExists("p", false))))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "p", new Sequence(1)))));
        store.stored(event("b").given(new PartitionExists("p", true)));
    }

    @Test
    void names_the_first_event_that_matches_after_the_position() {
        store.stored(
                event("a").tagged("t"),
                event("b"),
                event("c").tagged("t"),
                event("d").tagged("t"));

        assertThat(store.append(event("n").given(new NoneMatching(tag("t"), Position.NONE))))
                .isEqualTo(new Conflict(List.of(new EventMatches(0, new Position(1)))));
        assertThat(store.append(event("n").given(new NoneMatching(tag("t"), new Position(1)))))
                .isEqualTo(new Conflict(List.of(new EventMatches(0, new Position(3)))));
        store.stored(event("n").given(new NoneMatching(tag("t"), new Position(4))));
    }

    @Test
    void a_condition_by_any_field_is_judged() {
        store.stored(event("a").action("edited").in("x"));

        for (EventFilter filter : List.of(
                Filters.of().actions("edited").filter(),
                Filters.of().partitionKeys("x").filter(),
                Filters.of().artifactIds("artifact").filter(),
                Filters.of()
                        .anyOf(tag("none"), Filters.of().producers("tests").filter())
                        .filter())) {
            assertThat(store.append(event("n").given(new NoneMatching(filter, Position.NONE))))
                    .as("%s", filter)
                    .isEqualTo(new Conflict(List.of(new EventMatches(0, new Position(1)))));
        }
        store.stored(event("n")
                .given(new NoneMatching(
                        Filters.of().actions("edited").partitionKeys("y").filter(), Position.NONE)));
    }

    @Test
    void events_of_the_same_append_do_not_count() {
        store.stored(event("a").tagged("t").given(new NoneMatching(tag("t"), Position.NONE)));
    }

    @Test
    void a_match_that_was_appended_just_before_in_the_same_group_counts() {
        TestClock.Hold hold = store.clock.hold();
        CompletableFuture<AppendOutcome> blocking = store.store().append(append(event("z")));
        hold.awaitEntered();
        CompletableFuture<AppendOutcome> first =
                store.store().append(append(event("a").tagged("t").in("x")));
        CompletableFuture<AppendOutcome> second =
                store.store().append(event("b").given(new PartitionExists("x", false)));
        CompletableFuture<AppendOutcome> third =
                store.store().append(event("c").given(new PartitionAt("x", new Sequence(1))));
        hold.release();

        StoreUnderTest.answer(blocking);
        assertThat(StoreUnderTest.answer(first)).isInstanceOf(Appended.class);
        assertThat(StoreUnderTest.answer(second))
                .isEqualTo(new Conflict(List.of(new PartitionElsewhere(0, "x", new Sequence(1)))));
        assertThat(StoreUnderTest.answer(third)).isInstanceOf(Appended.class);
    }

    @Test
    void eight_that_expect_no_match_are_let_in_one_at_a_time() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            String tag = "round-" + round;
            java.util.Queue<AppendOutcome> outcomes = new java.util.concurrent.ConcurrentLinkedQueue<>();
            java.util.concurrent.CyclicBarrier barrier = new java.util.concurrent.CyclicBarrier(8);
            List<Thread> threads = new java.util.ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Append append = event(tag + "-" + i).tagged(tag).given(new NoneMatching(tag(tag), Position.NONE));
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        barrier.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    outcomes.add(store.append(append));
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(outcomes).hasSize(8);
            assertThat(outcomes.stream().filter(Appended.class::isInstance)).hasSize(1);
            assertThat(outcomes.stream().filter(Conflict.class::isInstance)).hasSize(7);
        }
    }

    @Test
    void every_violation_is_reported_by_its_index() {
        store.stored(event("a").tagged("t"));
        List<Precondition> conditions = List.of(
                new PartitionAt("p", Sequence.NONE),
                new PartitionExists("p", true),
                new NoneMatching(tag("t"), Position.NONE),
                new NoneMatching(tag("u"), Position.NONE),
                new PartitionExists("q", true));

        AppendOutcome outcome = store.append(event("b").given(conditions.toArray(Precondition[]::new)));

        assertThat(outcome)
                .isEqualTo(new Conflict(List.of(
                        new PartitionElsewhere(0, "p", new Sequence(1)),
                        new EventMatches(2, new Position(1)),
                        new PartitionElsewhere(4, "q", Sequence.NONE))));
    }

    @Test
    void a_condition_past_the_head_is_no_conflict_but_an_error() {
        store.stored(event("a"));

        assertThat(store.append(event("b")
                        .given(new PartitionExists("p", true), new NoneMatching(EventFilter.ALL, new Position(2)))))
                .isEqualTo(new ConditionAhead(1, new Position(2), new Position(1)));
        store.stored(event("b").given(new NoneMatching(EventFilter.ALL, new Position(1))));
    }

    @Test
    void validating_stores_nothing_and_still_finds_what_is_wrong() {
        Append fine = append(event("a"));
        assertThat(store.append(validateOnly(fine))).isEqualTo(new AppendOutcome.Valid());
        assertThat(store.store().head()).isEqualTo(Position.NONE);
        assertThat(store.store().partition("p").last()).isEqualTo(Sequence.NONE);

        List<dev.foldlog.core.append.AppendedEvent> stored = store.stored(fine);
        assertThat(store.append(validateOnly(fine))).isEqualTo(new Appended(stored, true));
        assertThat(store.append(validateOnly(event("b").given(new PartitionExists("p", false)))))
                .isInstanceOf(Conflict.class);
        assertThat(store.ids()).containsExactly("a");
    }

    private static Append validateOnly(Append append) {
        return new Append(append.events(), append.preconditions(), append.checkpoints(), true);
    }

    private static EventFilter tag(String tag) {
        return Filters.of().tags(tag).filter();
    }
}
