package dev.foldlog.conformance.judge;

import org.jspecify.annotations.Nullable;

/** Says why a server cannot be judged as it stands. */
final class UnfitTargetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfitTargetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
