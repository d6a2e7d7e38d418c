package dev.foldlog.client.error;

/** The resource is at another revision than expected: read it again and decide again. */
public final class RevisionConflictException extends FoldlogException {
    RevisionConflictException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
