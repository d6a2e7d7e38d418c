package dev.foldlog.client.error;

/** The call has no credential or a wrong one. */
public final class UnauthenticatedException extends FoldlogException {
    UnauthenticatedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
