package dev.foldlog.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.append.Precondition;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.expression.EventView;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The meaning of a filter. */
final class EventFilterTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final EventFacts FACTS = new EventFacts(
            new EventId("id"), "partition", "action", "producer", "artifact", "type", "thread", 1, List.of("t", "u"));

    private static final EventPredicate FAILING = event -> {
        throw new EvaluationException(EvaluationException.Kind.NO_VALUE, "no such key");
    };

    @Test
    void without_restrictions_everything_matches() {
        assertThat(EventFilter.ALL.isAll()).isTrue();
        assertThat(matches(EventFilter.ALL)).isTrue();
        assertThat(tags("t").isAll()).isFalse();
    }

    @Test
    void each_field_restricts_and_its_values_are_alternatives() {
        for (int field = 0; field < 6; field++) {
            String own = List.of("partition", "action", "type", "artifact", "thread", "producer")
                    .get(field);
            assertThat(matches(field(field, Set.of(own)))).as(own).isTrue();
            assertThat(matches(field(field, Set.of("other", own)))).as(own).isTrue();
            assertThat(matches(field(field, Set.of("other")))).as(own).isFalse();
        }
    }

    @Test
    void fields_must_all_match() {
        EventFilter both = new EventFilter(
                Set.of("partition"),
                Set.of("other"),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                Set.of(),
                List.of());
        assertThat(matches(both)).isFalse();
    }

    @Test
    void tags_must_all_be_there() {
        assertThat(matches(tags("t"))).isTrue();
        assertThat(matches(tags("u", "t"))).isTrue();
        assertThat(matches(tags("t", "v"))).isFalse();
    }

    @Test
    void times_are_bounded_inclusively_below_and_exclusively_above() {
        assertThat(matches(times(TIME, null))).isTrue();
        assertThat(matches(times(TIME.plusNanos(1), null))).isFalse();
        assertThat(matches(times(null, TIME.plusNanos(1)))).isTrue();
        assertThat(matches(times(null, TIME))).isFalse();
    }

    @Test
    void one_alternative_is_enough_but_one_must_be() {
        assertThat(matches(anyOf(Set.of(), tags("v"), tags("t")))).isTrue();
        assertThat(matches(anyOf(Set.of(), tags("v"), tags("w")))).isFalse();
        assertThat(matches(anyOf(Set.of("v"), tags("t")))).isFalse();
    }

    @Test
    void alternatives_have_no_alternatives() {
        EventFilter nested = anyOf(Set.of(), tags("t"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> anyOf(Set.of(), nested))
                .withMessage("anyOf: nested (expected: alternatives without any_of)");
    }

    @Test
    void keeps_its_values_whatever_becomes_of_the_sets() {
        Set<String> actions = new HashSet<>(Set.of("action"));
        EventFilter filter = field(1, actions);
        actions.clear();

        assertThat(filter.actions()).containsExactly("action");
        assertThat(filter.actions()).isUnmodifiable();
    }

    @Test
    void an_expression_is_looked_at_where_everything_else_matches() {
        EventFilter failing = expression("fails", FAILING);

        assertThat(match(failing)).isEqualTo(FilterMatch.FAILS);
        assertThat(match(expression("true", it -> true))).isEqualTo(FilterMatch.MATCHES);
        assertThat(match(expression("false", it -> false))).isEqualTo(FilterMatch.DIFFERS);
        assertThat(match(with(tags("t"), FAILING))).isEqualTo(FilterMatch.FAILS);
        assertThat(match(with(tags("v"), FAILING))).isEqualTo(FilterMatch.DIFFERS);
        assertThat(match(with(anyOf(Set.of(), tags("v")), FAILING))).isEqualTo(FilterMatch.DIFFERS);
    }

    @Test
    void among_alternatives_one_that_matches_is_enough_and_one_that_fails_is_not_forgotten() {
        EventFilter failing = expression("fails", FAILING);
        EventFilter no = expression("false", it -> false);

        assertThat(match(anyOf(Set.of(), failing, tags("t")))).isEqualTo(FilterMatch.MATCHES);
        assertThat(match(anyOf(Set.of(), tags("t"), failing))).isEqualTo(FilterMatch.MATCHES);
        assertThat(match(anyOf(Set.of(), failing, no))).isEqualTo(FilterMatch.FAILS);
        assertThat(match(anyOf(Set.of(), no, failing))).isEqualTo(FilterMatch.FAILS);
        assertThat(match(with(anyOf(Set.of(), failing), it -> false))).isEqualTo(FilterMatch.DIFFERS);
        assertThat(match(with(anyOf(Set.of(), failing), it -> true))).isEqualTo(FilterMatch.FAILS);
    }

    @Test
    void a_condition_takes_a_failure_for_a_match_wherever_it_is() {
        EventFilter failing = expression("fails", FAILING);
        for (EventFilter filter : List.of(failing, anyOf(Set.of(), failing), anyOf(Set.of("t"), tags("v"), failing))) {
            EventFilter closed = new Precondition.NoneMatching(filter, Position.NONE).filter();

            assertThat(match(closed)).isEqualTo(FilterMatch.MATCHES);
            assertThat(closed).isEqualTo(filter);
        }
        assertThat(match(expression("false", it -> false).failingClosed())).isEqualTo(FilterMatch.DIFFERS);
        assertThat(EventFilter.ALL.failingClosed()).isSameAs(EventFilter.ALL);
    }

    @Test
    void a_budget_that_is_spent_is_no_answer() {
        EventFilter huge = expression("huge", it -> {
            throw new EvaluationException(EvaluationException.Kind.OVER_BUDGET, "too much");
        });

        assertThatExceptionOfType(EvaluationException.class).isThrownBy(() -> match(huge));
        assertThatExceptionOfType(EvaluationException.class).isThrownBy(() -> match(huge.failingClosed()));
        assertThat(match(with(tags("v"), it -> {
                    throw new EvaluationException(EvaluationException.Kind.OVER_BUDGET, "too much");
                })))
                .isEqualTo(FilterMatch.DIFFERS);
    }

    @Test
    void filters_are_equal_when_their_expressions_sources_are() {
        assertThat(expression("a", it -> true)).isEqualTo(expression("a", it -> false));
        assertThat(expression("a", it -> true)).isNotEqualTo(expression("b", it -> true));
        assertThat(expression("a", it -> true).hasExpression()).isTrue();
        assertThat(anyOf(Set.of(), expression("a", it -> true)).hasExpression()).isTrue();
        assertThat(tags("t").hasExpression()).isFalse();
        assertThat(expression("a".repeat(100), it -> true).sizeBytes())
                .isGreaterThan(EventFilter.ALL.sizeBytes() + 100);
    }

    private static FilterMatch match(EventFilter filter) {
        Stamp stamp = new Stamp(new Position(1), new Sequence(1), TIME, new Position(1));
        return filter.match(new EventView(new Envelope(FACTS, TIME, stamp), 1, null));
    }

    private static EventFilter expression(String source, EventPredicate predicate) {
        return with(EventFilter.ALL, source, predicate);
    }

    private static EventFilter with(EventFilter filter, EventPredicate predicate) {
        return with(filter, "source", predicate);
    }

    private static EventFilter with(EventFilter filter, String source, EventPredicate predicate) {
        return new EventFilter(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                filter.tags(),
                filter.anyOf(),
                new EventExpression(source, predicate));
    }

    private static boolean matches(EventFilter filter) {
        return filter.mayMatch(FACTS, TIME);
    }

    private static EventFilter field(int index, Set<String> values) {
        List<Set<String>> fields = new java.util.ArrayList<>(java.util.Collections.nCopies(6, Set.of()));
        fields.set(index, values);
        return new EventFilter(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                null,
                null,
                Set.of(),
                List.of());
    }

    private static EventFilter tags(String... tags) {
        return anyOf(Set.of(tags));
    }

    private static EventFilter anyOf(Set<String> tags, EventFilter... alternatives) {
        return new EventFilter(
                Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, tags, List.of(alternatives));
    }

    private static EventFilter times(@Nullable Instant since, @Nullable Instant until) {
        return new EventFilter(
                Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), since, until, Set.of(), List.of());
    }
}
