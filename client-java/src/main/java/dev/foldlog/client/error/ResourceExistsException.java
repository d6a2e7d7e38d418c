package dev.foldlog.client.error;

/** A resource of that name exists with other content. */
public final class ResourceExistsException extends FoldlogException {
    ResourceExistsException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
