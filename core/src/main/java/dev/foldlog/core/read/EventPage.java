package dev.foldlog.core.read;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import java.util.List;

/**
 * Some events of a read, in its order.
 *
 * @param events possibly none, also before the end: a sparse filter is scanned in pieces
 * @param scanned everything up to (backward: down to) here was looked at: a read of the rest starts after
 *     (backward: before) it. Backward it is never {@link Position#NONE} but in an empty store
 * @param isLast nothing is left of the read (a tail: nothing is left now)
 * @param failures events that were looked at, and left out because an expression of the filter has no value for them
 */
public record EventPage(List<RecordedEvent> events, Position scanned, boolean isLast, long failures) {
    public EventPage {
        events = List.copyOf(events);
        requireNonNull(scanned, "scanned");
    }

    /** A page without failures. */
    public EventPage(List<RecordedEvent> events, Position scanned, boolean isLast) {
        this(events, scanned, isLast, 0);
    }
}
