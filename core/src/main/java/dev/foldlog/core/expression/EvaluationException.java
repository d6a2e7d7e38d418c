package dev.foldlog.core.expression;

import static java.util.Objects.requireNonNull;

/**
 * A program has no value for this input. The message is short, for callers, and the same for the same input. Has no
 * stack trace: a filter may throw one for each event that it looks at.
 */
public final class EvaluationException extends RuntimeException {
    private final Kind kind;

    /** What kind of failure. */
    public enum Kind {
        /** A missing key, a wrong type, a division by zero, a value that is no JSON. */
        NO_VALUE,
        /** The evaluation took too many steps or made too large a value. */
        OVER_BUDGET
    }

    public EvaluationException(Kind kind, String message) {
        super(requireNonNull(message, "message"), null, false, false);
        this.kind = requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }
}
