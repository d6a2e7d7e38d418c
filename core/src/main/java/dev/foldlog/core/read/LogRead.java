package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;

/**
 * A read across partitions in position order.
 *
 * @param after starts after it (backward: before it); {@link Position#NONE}: from the respective end
 * @param asOf only events up to here
 */
public record LogRead(EventFilter filter, Direction direction, Position after, Position asOf) {
    public LogRead {
        requireNonNull(filter, "filter");
        requireNonNull(direction, "direction");
        requireNonNull(after, "after");
        requireNonNull(asOf, "asOf");
    }
}
