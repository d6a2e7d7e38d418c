package dev.foldlog.client.error;

/** A defect of the server. Whether the call took effect is not known. */
public final class InternalErrorException extends FoldlogException {
    InternalErrorException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The id under which the server's log has it; empty when the server did not say. */
    public String incidentId() {
        return details().requestId();
    }
}
