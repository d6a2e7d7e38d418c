package dev.foldlog.client.error;

/** The event_version is not on the chain of its kind. */
public final class EventVersionUnknownException extends FoldlogException {
    EventVersionUnknownException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
