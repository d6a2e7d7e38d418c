package dev.foldlog.store.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the store knows, in plain collections. For the holder of the store's lock only. */
final class Contents {
    static final Comparator<String> BYTEWISE =
            (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

    private final List<Entry> log = new ArrayList<>();
    private final Map<EventId, Entry> byId = new HashMap<>();
    private final NavigableMap<String, Partition> partitions = new TreeMap<>(BYTEWISE);
    private final NavigableMap<String, Checkpoint> checkpoints = new TreeMap<>(BYTEWISE);
    private final ProjectionContents projections = new ProjectionContents();
    private long bytes;

    /** Adds what comes next in the log. */
    void add(Entry entry) {
        log.add(entry);
        byId.put(entry.id(), entry);
        partitions.computeIfAbsent(entry.partitionKey(), Partition::new).add(entry);
        bytes += entry.sizeBytes();
    }

    /** Every event: the one at position n has index n - 1. */
    List<Entry> log() {
        return log;
    }

    /** Position of the newest event. */
    Position last() {
        return new Position(log.size());
    }

    /** When the newest event was recorded. */
    Instant lastRecordedAt() {
        return log.isEmpty() ? Instant.MIN : log.getLast().recordedAt();
    }

    /** About what the events take. */
    long bytes() {
        return bytes;
    }

    @Nullable
    Entry find(EventId id) {
        return byId.get(id);
    }

    /** The partition; an unknown one is empty. */
    Partition partition(String key) {
        Partition known = partitions.get(key);
        return known == null ? new Partition(key) : known;
    }

    /** Partitions in bytewise order of their keys, those with the prefix and after the key. */
    List<Partition> partitions(String prefix, String afterKey, int limit) {
        boolean isAmongPrefixed = BYTEWISE.compare(afterKey, prefix) >= 0;
        return partitions.tailMap(isAmongPrefixed ? afterKey : prefix, !isAmongPrefixed).values().stream()
                .takeWhile(it -> it.key().startsWith(prefix))
                .limit(limit)
                .toList();
    }

    /** Projections and their states. */
    ProjectionContents projections() {
        return projections;
    }

    /** Checkpoints by name, in bytewise order. */
    NavigableMap<String, Checkpoint> checkpoints() {
        return checkpoints;
    }
}
