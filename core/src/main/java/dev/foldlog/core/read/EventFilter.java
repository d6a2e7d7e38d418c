package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which events. Set fields are ANDed; the values of one field are ORed, but for tags, which must all be
 * there. An empty set, a null time and an empty {@code anyOf} do not restrict. Immutable.
 *
 * @param since inclusive lower bound on the producer's time
 * @param until exclusive upper bound on the producer's time
 * @param anyOf alternatives of which at least one must match; they have no alternatives themselves
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
        List<EventFilter> anyOf) {
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

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the event matches: the meaning of a filter, of which indexes are only short cuts. */
    public boolean matches(EventFacts facts, Instant timestamp) {
        requireNonNull(facts, "facts");
        return accepts(partitionKeys, facts.partitionKey())
                && accepts(actions, facts.action())
                && accepts(artifactTypes, facts.artifactType())
                && accepts(artifactIds, facts.artifactId())
                && accepts(threadIds, facts.threadId())
                && accepts(producers, facts.producer())
                && (since == null || !timestamp.isBefore(since))
                && (until == null || timestamp.isBefore(until))
                && (tags.isEmpty() || facts.tags().containsAll(tags))
                && (anyOf.isEmpty() || anyOf.stream().anyMatch(it -> it.matches(facts, timestamp)));
    }

    /** Bytes that it holds in memory, about. */
    public long sizeBytes() {
        return OBJECT_BYTES
                + Stream.of(partitionKeys, actions, artifactTypes, artifactIds, threadIds, producers, tags)
                        .flatMap(Set::stream)
                        .mapToLong(TextSize::bytes)
                        .sum()
                + anyOf.stream().mapToLong(EventFilter::sizeBytes).sum();
    }

    private static boolean accepts(Set<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }
}
