package dev.foldlog.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.RecordedEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that a unit of work will append, as they will be sent and as its own reads see them: with id and
 * time, without position and sequence. Confined to one thread.
 */
final class BufferedEvents {
    private final EventIds ids;
    private final InstantSource clock;
    private final List<NewEvent> proposed = new ArrayList<>();
    private final List<RecordedEvent> seen = new ArrayList<>();

    BufferedEvents(EventIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    void add(NewEvent event) {
        NewEvent.Builder filled = event.toBuilder();
        if (event.getEventId().isEmpty()) {
            filled.setEventId(ids.next());
        }
        if (!event.hasTimestamp()) {
            filled.setTimestamp(WireTimes.timestamp(clock.instant()));
        }
        proposed.add(filled.build());
        seen.add(asRead(filled.build()));
    }

    boolean isEmpty() {
        return proposed.isEmpty();
    }

    /** As they will be sent. */
    List<NewEvent> proposed() {
        return List.copyOf(proposed);
    }

    /** Those that match, as they would be read, oldest first. */
    List<RecordedEvent> matching(EventFilter filter, boolean isHeadersOnly) {
        return seen.stream()
                .filter(it -> EventMatching.matches(filter, it))
                .map(it -> isHeadersOnly ? headers(it) : it)
                .toList();
    }

    private static RecordedEvent headers(RecordedEvent event) {
        return event.toBuilder().clearPayload().clearMetadata().build();
    }

    /** Both kinds of events have the same fields under the same numbers. */
    private static RecordedEvent asRead(NewEvent event) {
        int version = Math.max(1, event.getEventVersion());
        RecordedEvent.Builder read;
        try {
            read = RecordedEvent.newBuilder().mergeFrom(event.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a proposed event does not read as a recorded one", e);
        }
        if (event.getPartitionKey().isEmpty()) {
            read.setPartitionKey(event.getArtifactId());
        }
        if (!event.hasPayload()) {
            read.setPayload(Payloads.json("{}"));
        }
        return read.setEventVersion(version).setStoredEventVersion(version).build();
    }
}
