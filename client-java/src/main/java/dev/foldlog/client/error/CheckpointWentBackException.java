package dev.foldlog.client.error;

/** A checkpoint would go back. Nothing was stored. */
public final class CheckpointWentBackException extends FoldlogException {
    CheckpointWentBackException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The checkpoint's name. */
    public String checkpoint() {
        return details().text("checkpoint");
    }

    /** Where it was to go. */
    public long position() {
        return details().number("position");
    }

    /** Where it is. */
    public long currentPosition() {
        return details().number("current_position");
    }
}
