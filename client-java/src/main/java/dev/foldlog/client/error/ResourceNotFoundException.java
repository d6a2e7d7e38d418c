package dev.foldlog.client.error;

/** There is no such event, checkpoint or other resource. */
public final class ResourceNotFoundException extends FoldlogException {
    ResourceNotFoundException(ErrorDetails details, Throwable cause) {
        super(details, cause);
    }
}
