package dev.foldlog.core.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the writer adds to an event when it records it.
 *
 * @param recordedAt the server's time of append; never goes back along position
 * @param transactionPosition position of the first event of the same append
 */
public record Stamp(Position position, Sequence sequence, Instant recordedAt, Position transactionPosition) {
    public Stamp {
        requireNonNull(position, "position");
        requireNonNull(sequence, "sequence");
        requireNonNull(recordedAt, "recordedAt");
        requireNonNull(transactionPosition, "transactionPosition");
    }
}
