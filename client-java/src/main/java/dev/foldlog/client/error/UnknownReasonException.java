package dev.foldlog.client.error;

/** An error for a reason that this client does not know: the server is newer. {@link #reasonName} has its name. */
public final class UnknownReasonException extends FoldlogException {
    UnknownReasonException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
