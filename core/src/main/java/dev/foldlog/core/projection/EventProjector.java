package dev.foldlog.core.projection;

import dev.foldlog.core.expression.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A projection's logic, ready to run: three pure functions. Thread-safe; sees no clock, no chance and no other
 * event, so that folding the same events again gives the same states. What it throws is the event's failure;
 * the message is shown to callers.
 */
public interface EventProjector {
    /** The state of a key that no event has touched. */
    String EMPTY = "{}";

    /** Whether the event counts. */
    boolean applies(EventView event);

    /** The keys whose states it changes, none twice; possibly none. */
    List<String> keys(EventView event);

    /**
     * The next state: JSON text of an object, or null where the key has none any more.
     *
     * @param state the state so far as canonical JSON, {@link #EMPTY} at first
     */
    @Nullable
    String apply(EventView event, String state);
}
