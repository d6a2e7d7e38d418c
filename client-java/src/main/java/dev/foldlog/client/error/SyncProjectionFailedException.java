package dev.foldlog.client.error;

/** A synchronous projection failed on an event, so nothing was appended. */
public final class SyncProjectionFailedException extends FoldlogException {
    SyncProjectionFailedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The projection's name. */
    public String projection() {
        return details().text("projection");
    }

    /** Index of the event in the append, from 0. */
    public long eventIndex() {
        return details().number("event_index");
    }

    /** What the projection says. */
    public String projectionMessage() {
        return details().text("message");
    }
}
