package dev.foldlog.client.error;

import com.google.protobuf.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * It is not known whether a call that writes took effect: the server said so, or no answer came. An append is
 * stored whole or not at all, and sending the same request with the same ids stores it once; the client has
 * done so until its deadline or its tries came to an end.
 */
public final class OutcomeUnknownException extends FoldlogException {
    private final @Nullable Message request;

    OutcomeUnknownException(ErrorDetails details, Throwable cause) {
        super(details, cause);
        this.request = null;
    }

    private OutcomeUnknownException(FoldlogException last, Message request) {
        super(last.details(), "it is not known whether the call took effect: " + last.getMessage(), last);
        this.request = request;
    }

    /** The last failure of a call whose outcome is not known. Not for applications. */
    public static OutcomeUnknownException of(FoldlogException last, Message request) {
        return new OutcomeUnknownException(last, request);
    }

    /** The request as it was sent, an append with its ids filled in: sending it again is safe. */
    public Optional<Message> request() {
        return Optional.ofNullable(request);
    }
}
