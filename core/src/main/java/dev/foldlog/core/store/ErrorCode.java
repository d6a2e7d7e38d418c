package dev.foldlog.core.store;

/** Why a store could not do what it was asked, and whether asking again can help. */
public enum ErrorCode {
    /** Too much is waiting already: nothing was done, try again later. */
    OVERLOADED(true),
    /** The disk, the database's size limit, or the memory for events is full: nothing was stored. */
    STORAGE_FULL(false),
    /** The store failed during a commit: the append is stored whole or not at all. Repeat it with the same ids. */
    OUTCOME_UNKNOWN(true),
    /** The store is closed, closing, or has failed and waits for a restart: nothing was done. */
    UNAVAILABLE(true),
    /** A stored event is damaged; see {@link CorruptionException}. */
    CORRUPT(false),
    /** A defect of the store: nothing was done. */
    DEFECT(false);

    private final boolean isRetryable;

    ErrorCode(boolean isRetryable) {
        this.isRetryable = isRetryable;
    }

    /** Whether the same call can succeed later without anybody's help. */
    public boolean isRetryable() {
        return isRetryable;
    }
}
