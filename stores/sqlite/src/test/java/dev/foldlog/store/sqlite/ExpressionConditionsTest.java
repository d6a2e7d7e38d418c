package dev.foldlog.store.sqlite;

import static dev.foldlog.store.sqlite.EventDraft.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.Precondition.NoneMatching;
import dev.foldlog.core.append.Violation;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EvaluationException.Kind;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventExpression;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who evaluates the expressions of filters, on which events, and what becomes of those that fail. */
final class ExpressionConditionsTest {
    private static final int EARLY = 1_200;
    private static final int LATE = 20;

    private final StoreUnderTest store;

    ExpressionConditionsTest(@TempDir Path folder) {
        store = StoreUnderTest.in(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_reader_evaluates_what_was_there_and_the_writer_only_what_came_meanwhile() {
        many("early", EARLY);
        Seen seen = new Seen();

        AppendOutcome outcome = store.append(event("n").given(none(view -> {
            seen.add(view);
            return false;
        })));

        assertThat(outcome).isInstanceOf(AppendOutcome.Appended.class);
        assertThat(seen.byReader()).containsExactlyElementsOf(positions(1, EARLY));
        assertThat(seen.byOthers()).containsExactlyElementsOf(positions(EARLY + 1, EARLY + LATE));
        assertThat(seen.payloads).hasSize(EARLY + LATE).containsOnly("{\"n\":1}");
    }

    @Test
    void what_came_meanwhile_can_be_the_match() {
        many("early", EARLY);
        Seen seen = new Seen();

        AppendOutcome outcome = store.append(event("n").given(none(view -> {
            seen.add(view);
            return position(view) == EARLY + 3;
        })));

        assertThat(outcome)
                .isEqualTo(new AppendOutcome.Conflict(List.of(new Violation.EventMatches(0, new Position(EARLY + 3)))));
    }

    @Test
    void a_budget_that_is_spent_in_the_writer_ends_that_append_alone() {
        many("early", EARLY);
        Seen seen = new Seen();

        assertThatThrownBy(() -> store.append(event("n").given(none(view -> {
                    seen.add(view);
                    if (position(view) > EARLY) {
                        throw new EvaluationException(Kind.OVER_BUDGET, "too much");
                    }
                    return false;
                }))))
                .isInstanceOfSatisfying(
                        EvaluationException.class, it -> assertThat(it.kind()).isEqualTo(Kind.OVER_BUDGET));
        store.stored(event("next"));
        assertThat(store.ids()).hasSize(EARLY + LATE + 1).contains("next").doesNotContain("n");
    }

    @Test
    void an_event_on_which_it_fails_matches_a_condition_and_no_read() {
        many("e", 5);
        EventFilter fails = filter(view -> {
            if (position(view) == 3) {
                throw new EvaluationException(Kind.NO_VALUE, "no such key");
            }
            return position(view) > 3;
        });

        assertThat(store.append(event("n").given(new NoneMatching(fails, Position.NONE))))
                .isEqualTo(new AppendOutcome.Conflict(List.of(new Violation.EventMatches(0, new Position(3)))));
        List<Long> read = new ArrayList<>();
        long failures = 0;
        EventCursor cursor = store.store()
                .readAll(new LogRead(
                        fails, Direction.FORWARD, Position.NONE, store.store().head()));
        EventPage page;
        do {
            page = cursor.next(new PageLimit(1, 1, true));
            page.events().forEach(it -> read.add(it.position().value()));
            failures += page.failures();
        } while (!page.isLast());
        assertThat(read).containsExactly(4L, 5L);
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void events_before_one_over_the_budget_are_handed_out_first() {
        many("e", 5);
        EventFilter huge = filter(view -> {
            if (position(view) == 4) {
                throw new EvaluationException(Kind.OVER_BUDGET, "too much");
            }
            return true;
        });
        EventCursor cursor = store.store()
                .readAll(new LogRead(
                        huge, Direction.FORWARD, Position.NONE, store.store().head()));

        assertThat(cursor.next(StoreUnderTest.PAGE).events()).hasSize(3);
        assertThatThrownBy(() -> cursor.next(StoreUnderTest.PAGE)).isInstanceOf(EvaluationException.class);
    }

    @Test
    void payloads_that_were_not_asked_for_are_not_handed_out() {
        many("e", 2);
        EventFilter whole = filter(view -> view.payload() != null);

        EventPage page = store.store()
                .readAll(new LogRead(
                        whole, Direction.FORWARD, Position.NONE, store.store().head()))
                .next(new PageLimit(10, 1 << 20, false));

        assertThat(page.events())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.payload()).isNull());
    }

    @Test
    void a_step_of_a_read_by_action_evaluates_few_and_the_next_goes_on_behind_them() {
        many("e", 2_000);
        ConcurrentLinkedQueue<Long> evaluated = new ConcurrentLinkedQueue<>();
        EventFilter never = filter(Set.of("approved"), view -> {
            evaluated.add(position(view));
            return false;
        });
        for (Direction direction : Direction.values()) {
            evaluated.clear();
            EventCursor cursor = store.store()
                    .readAll(new LogRead(
                            never, direction, Position.NONE, store.store().head()));
            EventPage page;
            do {
                int before = evaluated.size();
                page = cursor.next(StoreUnderTest.PAGE);
                assertThat(evaluated.size() - before).isLessThanOrEqualTo(512);
            } while (!page.isLast());
            assertThat(evaluated).containsExactlyInAnyOrderElementsOf(positions(1, 2_000));
        }
    }

    private void many(String name, int count) {
        store.stored(IntStream.range(0, count)
                .mapToObj(i -> event(name + i).payload("{\"n\":1}"))
                .toArray(EventDraft[]::new));
    }

    private static NoneMatching none(EventPredicate predicate) {
        return new NoneMatching(filter(predicate), Position.NONE);
    }

    private static EventFilter filter(EventPredicate predicate) {
        return filter(Set.of(), predicate);
    }

    private static EventFilter filter(Set<String> actions, EventPredicate predicate) {
        return new EventFilter(
                Set.of(),
                actions,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                Set.of(),
                List.of(),
                new EventExpression("predicate", predicate));
    }

    private static long position(EventView view) {
        return view.envelope().stamp().position().value();
    }

    private static List<Long> positions(long first, long last) {
        return IntStream.rangeClosed((int) first, (int) last)
                .mapToObj(Long::valueOf)
                .toList();
    }

    /** What was evaluated, and by whom. The first evaluation is a reader's, and makes events come meanwhile. */
    private final class Seen {
        private final ConcurrentLinkedQueue<Evaluation> evaluations = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> payloads = new ConcurrentLinkedQueue<>();

        void add(EventView view) {
            boolean isFirst = evaluations.isEmpty();
            evaluations.add(new Evaluation(Thread.currentThread(), position(view)));
            byte[] payload = view.payload();
            payloads.add(payload == null ? "none" : new String(payload, StandardCharsets.UTF_8));
            if (isFirst) {
                many("late", LATE);
            }
        }

        List<Long> byReader() {
            Thread reader = evaluations.element().thread();
            return evaluations.stream()
                    .filter(it -> it.thread().equals(reader))
                    .map(Evaluation::position)
                    .toList();
        }

        List<Long> byOthers() {
            Thread reader = evaluations.element().thread();
            return evaluations.stream()
                    .filter(it -> !it.thread().equals(reader))
                    .map(Evaluation::position)
                    .toList();
        }
    }

    private record Evaluation(Thread thread, long position) {}
}
