package dev.foldlog.client.error;

/**
 * The server starts or stops, or its store has failed and waits for a restart; nothing took effect. The client
 * tries again by itself.
 */
public final class NotReadyException extends FoldlogException {
    NotReadyException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
