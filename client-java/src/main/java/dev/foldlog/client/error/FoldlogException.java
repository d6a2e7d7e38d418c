package dev.foldlog.client.error;

import dev.foldlog.v1.ErrorReason;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that failed. Each reason of {@code errors.proto} has its own subclass with its data; a reason that is
 * not known becomes an {@link UnknownReasonException}, a failure that is not the server's own a
 * {@link TransportException}. Only this package makes subclasses, and newer versions may add some.
 */
public abstract class FoldlogException extends RuntimeException {
    private final transient ErrorDetails details;

    FoldlogException(ErrorDetails details, Throwable cause) {
        this(details, details.message(), cause);
    }

    FoldlogException(ErrorDetails details, String message, Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /** The exception of a failed gRPC call, for those who use the stubs themselves. */
    public static FoldlogException of(Throwable failure) {
        return failure instanceof FoldlogException known
                ? known
                : Reasons.toException(ErrorDetails.of(failure), failure);
    }

    /**
     * The reason: UNSPECIFIED when the error is not the server's own, UNRECOGNIZED when this client does not
     * know it.
     */
    public final ErrorReason reason() {
        return details.reason();
    }

    /** The reason's name as the server sent it, such as CONCURRENCY_CONFLICT; empty when there is none. */
    public final String reasonName() {
        return details.reasonName();
    }

    /** The gRPC status. */
    public final Status.Code statusCode() {
        return details.code();
    }

    /** Facts beside the message, as {@code errors.proto} lists them for the reason. */
    public final Map<String, String> metadata() {
        return details.metadata();
    }

    /** What is wrong with the request's fields, as far as the server listed it. */
    public final List<FieldViolation> fieldViolations() {
        return details.fieldViolations();
    }

    /** How long the server asks to wait before another try; empty when it does not ask. */
    public final Optional<Duration> retryDelay() {
        return details.retryDelay();
    }

    /** Whether the same call may succeed later without anybody's help. */
    public final boolean isTransient() {
        return Reasons.isTransient(details);
    }

    /** Whether it is certain that the call took no effect. Of no interest for calls that only read. */
    public final boolean isWithoutEffect() {
        return !(this instanceof OutcomeUnknownException) && Reasons.isWithoutEffect(details);
    }

    final ErrorDetails details() {
        return details;
    }
}
