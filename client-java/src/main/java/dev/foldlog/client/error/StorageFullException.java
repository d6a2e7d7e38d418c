package dev.foldlog.client.error;

/** The disk or the database of the server is full. Nothing was stored. */
public final class StorageFullException extends FoldlogException {
    StorageFullException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
