package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Sequence;

/**
 * An opened read of one partition.
 *
 * @param lastSequence last sequence of the partition as of the read's snapshot
 * @param isTruncated whether a limit cut matching events off
 * @param cursor the events
 */
public record StreamSlice(Sequence lastSequence, boolean isTruncated, EventCursor cursor) {
    public StreamSlice {
        requireNonNull(lastSequence, "lastSequence");
        requireNonNull(cursor, "cursor");
    }
}
