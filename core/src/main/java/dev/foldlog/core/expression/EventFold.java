package dev.foldlog.core.expression;

import org.jspecify.annotations.Nullable;

/** The next state after an event. Immutable, thread-safe, deterministic; see {@link ExpressionEngine}. */
@FunctionalInterface
public interface EventFold {
    /** The state of a key that no event has touched. */
    String EMPTY = "{}";

    /**
     * The new state as canonical JSON: keys sorted by code point at every level, no white space, one form for
     * each number. Null: the key has no state any more.
     *
     * @param state JSON text of an object, {@link #EMPTY} at first
     * @throws EvaluationException when there is no value
     * @throws IllegalArgumentException when the state is no JSON object
     */
    @Nullable
    String apply(EventView event, String state);
}
