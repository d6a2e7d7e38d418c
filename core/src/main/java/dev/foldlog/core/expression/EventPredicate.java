package dev.foldlog.core.expression;

/** Whether an event counts. Immutable, thread-safe, deterministic; see {@link ExpressionEngine}. */
@FunctionalInterface
public interface EventPredicate {
    /**
     * The answer for this event.
     *
     * @throws EvaluationException when there is none
     */
    boolean test(EventView event);
}
