package dev.foldlog.core.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A store's failure. Its message is for the log, never for a caller. */
public class StoreException extends RuntimeException {
    private final ErrorCode code;

    public StoreException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = requireNonNull(code, "code");
    }

    public ErrorCode code() {
        return code;
    }
}
