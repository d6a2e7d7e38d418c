package dev.foldlog.client.error;

/** A stored event cannot be read. */
public final class EventUnreadableException extends FoldlogException {
    EventUnreadableException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** Its position; 0 when the server did not say. */
    public long position() {
        return details().number("position");
    }

    /** Its id; empty when the server did not say. */
    public String eventId() {
        return details().text("event_id");
    }
}
