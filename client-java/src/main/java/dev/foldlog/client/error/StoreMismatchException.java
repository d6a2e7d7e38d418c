package dev.foldlog.client.error;

/**
 * The store is not the one that the position belongs to: a restored backup, or another server. Start anew, do not
 * resume.
 */
public final class StoreMismatchException extends FoldlogException {
    StoreMismatchException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
