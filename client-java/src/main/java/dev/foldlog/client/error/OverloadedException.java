package dev.foldlog.client.error;

/**
 * The write queue, the calls or the subscriptions of the server are at their limit; nothing took effect. {@link
 * #retryDelay} says when to come back; the client does so by itself.
 */
public final class OverloadedException extends FoldlogException {
    OverloadedException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
