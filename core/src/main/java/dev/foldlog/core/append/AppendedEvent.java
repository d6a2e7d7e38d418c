package dev.foldlog.core.append;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import java.time.Instant;

/** Where an event went. */
public record AppendedEvent(
        EventId eventId, String partitionKey, Sequence sequence, Position position, Instant recordedAt) {
    public AppendedEvent {
        requireNonNull(eventId, "eventId");
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(sequence, "sequence");
        requireNonNull(position, "position");
        requireNonNull(recordedAt, "recordedAt");
    }
}
