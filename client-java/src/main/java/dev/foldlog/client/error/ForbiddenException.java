package dev.foldlog.client.error;

/** The caller may not do this. */
public final class ForbiddenException extends FoldlogException {
    ForbiddenException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
