package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.Sequence;

/**
 * A read of one partition in sequence order.
 *
 * @param after starts after it (backward: before it); {@link Sequence#NONE}: from the respective end
 * @param asOf only events up to here
 */
public record StreamRead(String partitionKey, EventFilter filter, Direction direction, Sequence after, Position asOf) {
    public StreamRead {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(filter, "filter");
        requireNonNull(direction, "direction");
        requireNonNull(after, "after");
        requireNonNull(asOf, "asOf");
    }
}
