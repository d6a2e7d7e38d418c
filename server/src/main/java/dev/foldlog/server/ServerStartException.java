package dev.foldlog.server;

import org.jspecify.annotations.Nullable;

/** Why a server could not start: one line for whoever started it. */
public final class ServerStartException extends RuntimeException {
    public ServerStartException(String message) {
        this(message, null);
    }

    public ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
