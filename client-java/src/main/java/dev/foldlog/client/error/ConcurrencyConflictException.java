package dev.foldlog.client.error;

import java.util.List;

/** A precondition of an append did not hold, so nothing was stored: read again and decide again. */
public final class ConcurrencyConflictException extends FoldlogException {
    ConcurrencyConflictException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }

    /** The preconditions that failed, in order of index, as many as fit into 4 KiB. */
    public List<ConflictViolation> violations() {
        return details().conflict().violations();
    }

    /** All that failed, also those that did not fit. */
    public int violationCount() {
        return details().conflict().count();
    }
}
