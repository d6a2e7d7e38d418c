package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.time.Instant;

/**
 * An event that could not be applied.
 *
 * @param eventId empty when the event itself cannot be read
 * @param message short, for callers
 */
public record FoldFailure(Position position, String eventId, String message, Instant failedAt) {
    public FoldFailure {
        requireNonNull(position, "position");
        requireNonNull(eventId, "eventId");
        requireNonNull(message, "message");
        requireNonNull(failedAt, "failedAt");
    }
}
