package dev.foldlog.client.error;

/**
 * An event_id of the append is stored with other content, or only some of its events are stored. Nothing was
 * stored.
 */
public final class EventIdConflictException extends FoldlogException {
    EventIdConflictException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The id. */
    public String eventId() {
        return details().text("event_id");
    }

    /** Where it is stored. */
    public long position() {
        return details().number("position");
    }
}
