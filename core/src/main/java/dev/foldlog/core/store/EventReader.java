package dev.foldlog.core.store;

import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads events. Thread-safe. Every method may block on the disk, but for {@link #head}: never call them on
 * an event loop. All throw {@link StoreException}, and {@link CorruptionException} for a damaged event.
 * Everything committed at or below {@link #head} is visible to all of them, and nothing above is.
 */
public interface EventReader {
    /** Position of the newest committed event. Never goes back; one volatile read. */
    Position head();

    /** Reads one partition; an unknown one has no events. */
    StreamSlice readStream(StreamRead read);

    /**
     * Reads the recent slice of one partition, at a cost linear in that slice; for one of hundreds of
     * thousands of events, in what the partition has from its oldest event on.
     */
    StreamSlice readStreamSince(StreamSinceRead read);

    /** Reads across partitions. */
    EventCursor readAll(LogRead read);

    /** Follows the log after a position: each page goes as far as the head is at that moment. */
    EventCursor tail(EventFilter filter, Position after);

    /** The position before the first event with recorded_at at or after the time; the head if there is none. */
    Position positionBefore(Instant recordedSince);

    Optional<RecordedEvent> event(EventId id);

    /** Head and bounds of a partition; one without events when it is unknown. */
    PartitionState partition(String partitionKey);

    /** Partitions in bytewise key order, those with the prefix and after the given key. */
    List<PartitionState> partitions(String prefix, String afterKey, int limit);
}
