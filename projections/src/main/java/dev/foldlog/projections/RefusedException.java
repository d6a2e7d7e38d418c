package dev.foldlog.projections;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What was asked of a projection cannot be done now. The message is for callers. Has no stack trace. */
public final class RefusedException extends RuntimeException {
    private final Reason reason;
    private final List<Object> facts;

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
        /** It is to start past the head. */
        POSITION_AHEAD,
        /** There are as many as there may be. */
        TOO_MANY
    }

    /** {@code facts} are keys and values in turn. */
    public RefusedException(Reason reason, String message, Object... facts) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
        this.facts = List.of(facts);
    }

    public Reason reason() {
        return reason;
    }

    /** Keys and values in turn, for callers too. */
    public List<Object> facts() {
        return facts;
    }
}
