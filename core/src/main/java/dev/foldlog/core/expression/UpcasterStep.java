package dev.foldlog.core.expression;

/** A payload's next version. Immutable, thread-safe, deterministic; see {@link ExpressionEngine}. */
@FunctionalInterface
public interface UpcasterStep {
    /**
     * The new payload as canonical JSON in UTF-8: keys sorted by code point at every level, no white space,
     * one form for each number.
     *
     * @throws EvaluationException when there is no value
     */
    byte[] apply(EventView event);
}
