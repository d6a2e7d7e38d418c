package dev.foldlog.core.projection;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import java.util.List;

/**
 * A projection with some states of its serving fold, all as one snapshot of the store sees them.
 *
 * @param head the newest event of that snapshot
 * @param states in bytewise key order; none while nothing serves
 */
public record ProjectionView(StoredProjection projection, Position head, List<KeyState> states) {
    public ProjectionView {
        requireNonNull(projection, "projection");
        requireNonNull(head, "head");
        states = List.copyOf(states);
    }
}
