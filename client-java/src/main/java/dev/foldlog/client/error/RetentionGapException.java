package dev.foldlog.client.error;

/** Retention removed events after the position, so that nothing can go on from there. */
public final class RetentionGapException extends FoldlogException {
    RetentionGapException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The oldest position to start from. */
    public long oldestPosition() {
        return details().number("oldest_position");
    }
}
