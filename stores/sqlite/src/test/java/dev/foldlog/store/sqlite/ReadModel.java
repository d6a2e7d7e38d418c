package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A log in a list, read by looking at every event, and the source of random events and filters from few
 * values each, so that much matches. Deterministic by its seed. Confined to one thread.
 */
final class ReadModel {
    private static final List<String> TAGS = List.of("t0", "t1", "t2", "t3");
    private static final int TIMES = 40;

    private final Random random;
    private final List<Envelope> events = new ArrayList<>();
    private int made;

    ReadModel(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    /** An event for the store to append. */
    EventDraft draft() {
        made++;
        List<String> tags = new ArrayList<>(TAGS);
        Collections.shuffle(tags, random);
        EventFacts facts = new EventFacts(
                new EventId("e" + made),
                any("p", 4),
                any("action", 3),
                any("producer", 3),
                any("artifact", 5),
                any("type", 2),
                chance(50) ? "" : any("thread", 3),
                1 + below(2),
                List.copyOf(tags.subList(0, chance(50) ? 0 : below(4))));
        return EventDraft.event("e" + made)
                .with(facts)
                .at(time())
                .payload("{\"n\":%d,\"filler\":\"%s\"}".formatted(made, "x".repeat(below(60))));
    }

    /** Takes in what the store has, which other tests compare with what was appended. */
    void know(List<RecordedEvent> stored) {
        events.clear();
        stored.forEach(it -> events.add(StoreUnderTest.envelope(it)));
    }

    int size() {
        return events.size();
    }

    EventFilter filter() {
        Filters filter = fields();
        if (chance(30)) {
            filter.anyOf(Stream.generate(this::fields)
                    .limit(1 + below(3))
                    .map(Filters::filter)
                    .toArray(EventFilter[]::new));
        }
        return filter.filter();
    }

    List<Long> expected(LogRead read) {
        return positions(matching(
                read.filter(),
                read.direction(),
                it -> position(it) <= read.asOf().value() && isBeyond(read, position(it))));
    }

    List<Long> expected(StreamRead read) {
        boolean isForward = read.direction() == Direction.FORWARD;
        long after = read.after().value();
        return positions(matching(
                read.filter(),
                read.direction(),
                it -> it.facts().partitionKey().equals(read.partitionKey())
                        && position(it) <= read.asOf().value()
                        && (isForward ? sequence(it) > after : after == 0 || sequence(it) < after)));
    }

    /** The whole slice; the limit is the test's affair. */
    List<Long> expected(StreamSinceRead read) {
        return positions(matching(
                read.filter(),
                Direction.FORWARD,
                it -> it.facts().partitionKey().equals(read.partitionKey())
                        && position(it) <= read.asOf().value()
                        && it.timestamp().compareTo(read.since()) >= 0));
    }

    Instant time() {
        return TestClock.START.minusSeconds(below(TIMES));
    }

    String partition() {
        return any("p", 5);
    }

    private static boolean isBeyond(LogRead read, long position) {
        long after = read.after().value();
        return read.direction() == Direction.FORWARD ? position > after : after == 0 || position < after;
    }

    private Stream<Envelope> matching(EventFilter filter, Direction direction, Predicate<Envelope> within) {
        List<Envelope> ordered = direction == Direction.FORWARD ? events : events.reversed();
        return ordered.stream().filter(within).filter(it -> accepts(filter, it));
    }

    /** Said anew, in other words than {@link EventFilter#mayMatch}. */
    private static boolean accepts(EventFilter filter, Envelope event) {
        EventFacts facts = event.facts();
        for (String tag : filter.tags()) {
            if (facts.tags().stream().noneMatch(tag::equals)) {
                return false;
            }
        }
        boolean isInTime = (filter.since() == null || event.timestamp().compareTo(filter.since()) >= 0)
                && (filter.until() == null || event.timestamp().compareTo(filter.until()) < 0);
        boolean isInSets = wants(filter.partitionKeys(), facts.partitionKey())
                && wants(filter.actions(), facts.action())
                && wants(filter.artifactTypes(), facts.artifactType())
                && wants(filter.artifactIds(), facts.artifactId())
                && wants(filter.threadIds(), facts.threadId())
                && wants(filter.producers(), facts.producer());
        boolean isAlternative =
                filter.anyOf().isEmpty() || filter.anyOf().stream().anyMatch(it -> accepts(it, event));
        return isInTime && isInSets && isAlternative;
    }

    private static boolean wants(Set<String> values, String value) {
        return values.isEmpty() || values.stream().anyMatch(value::equals);
    }

    /** Mostly one or two restrictions; of each field often a value that never occurs. */
    private Filters fields() {
        Filters filter = Filters.of();
        if (chance(25)) {
            filter.partitionKeys(some("p", 5));
        }
        if (chance(20)) {
            filter.actions(some("action", 4));
        }
        if (chance(15)) {
            filter.artifactTypes(some("type", 3));
        }
        if (chance(15)) {
            filter.artifactIds(some("artifact", 6));
        }
        if (chance(10)) {
            filter.threadIds(chance(50) ? new String[] {""} : some("thread", 4));
        }
        if (chance(15)) {
            filter.producers(some("producer", 4));
        }
        return chance(30) ? filter.tags(some("t", 5)) : times(filter);
    }

    private Filters times(Filters filter) {
        @Nullable Instant since = chance(15) ? time() : null;
        if (since != null) {
            filter.since(since);
        }
        return chance(15) ? filter.until(time()) : filter;
    }

    private String any(String prefix, int bound) {
        return prefix + below(bound);
    }

    private String[] some(String prefix, int bound) {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1 + below(3); i++) {
            values.add(any(prefix, bound));
        }
        return values.stream().sorted().toArray(String[]::new);
    }

    private static long position(Envelope event) {
        return event.stamp().position().value();
    }

    private static long sequence(Envelope event) {
        return event.stamp().sequence().value();
    }

    private static List<Long> positions(Stream<Envelope> events) {
        return events.map(ReadModel::position).toList();
    }
}
