package dev.foldlog.core.store;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Head and bounds of a partition.
 *
 * @param first oldest kept sequence
 * @param last newest sequence ever given
 * @param lastPosition position of the newest event kept
 * @param lastRecordedAt recorded_at of that event, null without one
 */
public record PartitionState(
        String partitionKey,
        Sequence first,
        Sequence last,
        Position lastPosition,
        @Nullable Instant lastRecordedAt) {
    public PartitionState {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        requireNonNull(lastPosition, "lastPosition");
    }

    public static PartitionState empty(String partitionKey) {
        return new PartitionState(partitionKey, Sequence.NONE, Sequence.NONE, Position.NONE, null);
    }
}
