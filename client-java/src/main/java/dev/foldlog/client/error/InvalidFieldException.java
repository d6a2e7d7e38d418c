package dev.foldlog.client.error;

/**
 * The request has a field that is missing or malformed; {@link #fieldViolations} lists them, as many as fit into 4
 * KiB.
 */
public final class InvalidFieldException extends FoldlogException {
    InvalidFieldException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** All violations, also those that did not fit; 0 when the server did not say. */
    public long violationCount() {
        return details().number("violation_count");
    }
}
