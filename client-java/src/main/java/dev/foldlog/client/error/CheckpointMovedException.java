package dev.foldlog.client.error;

/** A checkpoint is not where it was expected: another worker moved it. Nothing was stored. */
public final class CheckpointMovedException extends FoldlogException {
    CheckpointMovedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The checkpoint's name. */
    public String checkpoint() {
        return details().text("checkpoint");
    }

    /** Where it was expected. */
    public long expectedPosition() {
        return details().number("expected_position");
    }

    /** Where it is. */
    public long currentPosition() {
        return details().number("current_position");
    }
}
