package dev.foldlog.core.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
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

    private static boolean matches(EventFilter filter) {
        return filter.matches(FACTS, TIME);
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
