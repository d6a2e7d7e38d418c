package dev.foldlog.client.error;

/** The resource is in a state that does not allow the call. */
public final class InvalidStateException extends FoldlogException {
    InvalidStateException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
