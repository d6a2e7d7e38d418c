package dev.foldlog.store.memory;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.store.PartitionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The events of one partition: in their order, and by time. For the holder of the store's lock only. */
final class Partition {
    private final String key;
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Instant, List<Entry>> byTime = new TreeMap<>();

    Partition(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    void add(Entry entry) {
        entries.add(entry);
        byTime.computeIfAbsent(entry.timestamp(), _ -> new ArrayList<>()).add(entry);
    }

    /** All of them: the one with sequence n has index n - 1. */
    List<Entry> entries() {
        return entries;
    }

    Sequence last() {
        return new Sequence(entries.size());
    }

    /** The last sequence at or before a position: both grow together. */
    Sequence lastAsOf(Position position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).position().isAfter(position)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return new Sequence(low);
    }

    /** Those with a timestamp at or after the time, in sequence order; looks at no others. */
    List<Entry> since(Instant time) {
        return byTime.tailMap(time, true).values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Entry::sequence))
                .toList();
    }

    PartitionState state() {
        if (entries.isEmpty()) {
            return PartitionState.empty(key);
        }
        Entry newest = entries.getLast();
        return new PartitionState(
                key, entries.getFirst().sequence(), newest.sequence(), newest.position(), newest.recordedAt());
    }
}
