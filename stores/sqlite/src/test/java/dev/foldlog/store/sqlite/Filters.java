package dev.foldlog.store.sqlite;

import dev.foldlog.core.expression.EventPredicate;
import dev.foldlog.core.read.EventExpression;
import dev.foldlog.core.read.EventFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds filters, field by field. Confined to one thread. */
final class Filters {
    private Set<String> partitionKeys = Set.of();
    private Set<String> actions = Set.of();
    private Set<String> artifactTypes = Set.of();
    private Set<String> artifactIds = Set.of();
    private Set<String> threadIds = Set.of();
    private Set<String> producers = Set.of();
    private @Nullable Instant since;
    private @Nullable Instant until;
    private Set<String> tags = Set.of();
    private List<EventFilter> anyOf = List.of();
    private @Nullable EventExpression expression;

    static Filters of() {
        return new Filters();
    }

    Filters partitionKeys(String... values) {
        partitionKeys = Set.of(values);
        return this;
    }

    Filters actions(String... values) {
        actions = Set.of(values);
        return this;
    }

    Filters artifactTypes(String... values) {
        artifactTypes = Set.of(values);
        return this;
    }

    Filters artifactIds(String... values) {
        artifactIds = Set.of(values);
        return this;
    }

    Filters threadIds(String... values) {
        threadIds = Set.of(values);
        return this;
    }

    Filters producers(String... values) {
        producers = Set.of(values);
        return this;
    }

    Filters since(Instant time) {
        since = time;
        return this;
    }

    Filters until(Instant time) {
        until = time;
        return this;
    }

    Filters tags(String... values) {
        tags = Set.of(values);
        return this;
    }

    Filters anyOf(EventFilter... alternatives) {
        anyOf = List.of(alternatives);
        return this;
    }

    /** An expression without a source: equal to every other such one. */
    Filters expression(EventPredicate predicate) {
        expression = new EventExpression("predicate", predicate);
        return this;
    }

    EventFilter filter() {
        return new EventFilter(
                partitionKeys,
                actions,
                artifactTypes,
                artifactIds,
                threadIds,
                producers,
                since,
                until,
                tags,
                anyOf,
                expression);
    }
}
