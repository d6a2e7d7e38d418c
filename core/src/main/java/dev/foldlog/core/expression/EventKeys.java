package dev.foldlog.core.expression;

import java.util.List;

/** The keys of an event. Immutable, thread-safe, deterministic; see {@link ExpressionEngine}. */
@FunctionalInterface
public interface EventKeys {
    /**
     * The keys in the order of the expression's value, none twice; possibly none.
     *
     * @throws EvaluationException when there is no value
     */
    List<String> of(EventView event);
}
