package dev.foldlog.client.error;

/**
 * A failure of the way to the server and not of Foldlog: no connection, a connection that broke, a deadline
 * that passed, a silent server, a cancelled call, an unknown method. {@link #statusCode} tells which; whether a
 * call that was under way took effect is not known.
 */
public final class TransportException extends FoldlogException {
    TransportException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
