package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.expression.EventView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events. Set fields are ANDed; the values of one field are ORed, but for tags, which must all be
 * there. An empty set, a null time, an empty {@code anyOf} and a null expression do not restrict. Immutable.
 *
 * @param since inclusive lower bound on the producer's time
 * @param until exclusive upper bound on the producer's time
 * @param anyOf alternatives of which at least one must match; they have no alternatives themselves
 * @param expression what else must be true of the event; looked at where everything else matches
 */
public record EventFilter(
        Set<String> partitionKeys,
        Set<String> actions,
        Set<String> artifactTypes,
        Set<String> artifactIds,
        Set<String> threadIds,
        Set<String> producers,
        @Nullable Instant since,
        @Nullable Instant until,
        Set<String> tags,
        List<EventFilter> anyOf,
        @Nullable EventExpression expression) {
    /** Matches every event. */
    public static final EventFilter ALL = new EventFilter(
            Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null, Set.of(), List.of());

    private static final int OBJECT_BYTES = 256;

    public EventFilter {
        partitionKeys = Set.copyOf(partitionKeys);
        actions = Set.copyOf(actions);
        artifactTypes = Set.copyOf(artifactTypes);
        artifactIds = Set.copyOf(artifactIds);
        threadIds = Set.copyOf(threadIds);
        producers = Set.copyOf(producers);
        tags = Set.copyOf(tags);
        anyOf = List.copyOf(anyOf);
        for (EventFilter alternative : anyOf) {
            if (!alternative.anyOf.isEmpty()) {
                throw new IllegalArgumentException("anyOf: nested (expected: alternatives without any_of)");
            }
        }
    }

    /** A filter without an expression. */
    public EventFilter(
            Set<String> partitionKeys,
            Set<String> actions,
            Set<String> artifactTypes,
            Set<String> artifactIds,
            Set<String> threadIds,
            Set<String> producers,
            @Nullable Instant since,
            @Nullable Instant until,
            Set<String> tags,
            List<EventFilter> anyOf) {
        this(partitionKeys, actions, artifactTypes, artifactIds, threadIds, producers, since, until, tags, anyOf, null);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether an expression has to be looked at, here or in an alternative. */
    public boolean hasExpression() {
        return expression != null || anyOf.stream().anyMatch(EventFilter::hasExpression);
    }

    /**
     * Whether the event matches: the meaning of a filter, of which indexes are only short cuts.
     *
     * @throws dev.foldlog.core.expression.EvaluationException when an expression is over its budget
     */
    public FilterMatch match(EventView event) {
        requireNonNull(event, "event");
        if (!acceptsFacts(event.envelope().facts(), event.envelope().timestamp())) {
            return FilterMatch.DIFFERS;
        }
        FilterMatch match = anyOf.isEmpty() ? FilterMatch.MATCHES : matchOfAny(event);
        return match == FilterMatch.DIFFERS || expression == null ? match : match.and(expression.match(event));
    }

    /** Whether the facts let an event match: all there is to a filter without an expression. */
    public boolean mayMatch(EventFacts facts, Instant timestamp) {
        requireNonNull(facts, "facts");
        return acceptsFacts(facts, timestamp)
                && (anyOf.isEmpty() || anyOf.stream().anyMatch(it -> it.mayMatch(facts, timestamp)));
    }

    /** The same filter, but that an event on which an expression fails matches. */
    public EventFilter failingClosed() {
        return hasExpression()
                ? new EventFilter(
                        partitionKeys,
                        actions,
                        artifactTypes,
                        artifactIds,
                        threadIds,
                        producers,
                        since,
                        until,
                        tags,
                        anyOf.stream().map(EventFilter::failingClosed).toList(),
                        expression == null ? null : expression.failingClosed())
                : this;
    }

    private FilterMatch matchOfAny(EventView event) {
        FilterMatch match = FilterMatch.DIFFERS;
        for (EventFilter alternative : anyOf) {
            match = match.or(alternative.match(event));
            if (match == FilterMatch.MATCHES) {
                return match;
            }
        }
        return match;
    }

    private boolean acceptsFacts(EventFacts facts, Instant timestamp) {
        return accepts(partitionKeys, facts.partitionKey())
                && accepts(actions, facts.action())
                && accepts(artifactTypes, facts.artifactType())
                && accepts(artifactIds, facts.artifactId())
                && accepts(threadIds, facts.threadId())
                && accepts(producers, facts.producer())
                && (since == null || !timestamp.isBefore(since))
                && (until == null || timestamp.isBefore(until))
                && (tags.isEmpty() || facts.tags().containsAll(tags));
    }

    /** Bytes that it holds in memory, about. */
    public long sizeBytes() {
        return OBJECT_BYTES
                + Stream.of(partitionKeys, actions, artifactTypes, artifactIds, threadIds, producers, tags)
                        .flatMap(Set::stream)
                        .mapToLong(TextSize::bytes)
                        .sum()
                + (expression == null ? 0 : expression.sizeBytes())
                + anyOf.stream().mapToLong(EventFilter::sizeBytes).sum();
    }

    private static boolean accepts(Set<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }
}
