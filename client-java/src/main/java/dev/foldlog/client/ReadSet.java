package dev.foldlog.client;

import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.Precondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a unit of work has read, as the preconditions that say that none of it has changed since: a partition that
 * was read as a whole has its sequence still, and no event after the snapshot matches what was read by a filter.
 * Confined to one thread.
 */
final class ReadSet {
    private final Map<String, Long> sequences = new LinkedHashMap<>();
    private final Set<EventFilter> filters = new LinkedHashSet<>();

    /** A partition was read as a whole, up to this sequence. */
    void partition(String key, long lastSequence) {
        sequences.put(key, lastSequence);
    }

    /** All events that match were read. */
    void matching(EventFilter filter) {
        filters.add(filter);
    }

    /** What must hold at the commit. */
    List<Precondition> preconditions(long snapshot) {
        List<Precondition> derived = new ArrayList<>();
        sequences.forEach((key, sequence) -> derived.add(Preconditions.sequence(key, sequence)));
        filters.forEach(filter -> derived.add(Preconditions.noEventsMatching(filter, snapshot)));
        return derived;
    }
}
