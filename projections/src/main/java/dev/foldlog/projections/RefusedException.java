package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

/** What was asked of a projection cannot be done now. The message is for callers. Has no stack trace. */
public final class RefusedException extends RuntimeException {
    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** No projection of that name. */
        UNKNOWN,
        /** One of that name exists with another definition. */
        EXISTS,
        /** Its state does not allow it. */
        INVALID_STATE,
        /** Its revision is another. */
        REVISION,
        /** There are as many as there may be. */
        TOO_MANY
    }

    public RefusedException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
