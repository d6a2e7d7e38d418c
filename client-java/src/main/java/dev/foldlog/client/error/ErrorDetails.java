package dev.foldlog.client.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call answered: the status, and the details of the server's own errors where there are any.
 *
 * @param wasSent false when it is certain that the call never left this machine
 */
record ErrorDetails(
        Status.Code code,
        boolean wasSent,
        String message,
        String reasonName,
        Map<String, String> metadata,
        List<FieldViolation> fieldViolations,
        Conflict conflict,
        List<ExpressionError> expressionErrors,
        Optional<Duration> retryDelay,
        String requestId) {
    private static final String DOMAIN = "foldlog.dev";
    private static final String REASON_PREFIX = "ERROR_REASON_";

    /** Preconditions that failed, as many as fit, and their number. */
    record Conflict(List<ConflictViolation> violations, int count) {}

    static ErrorDetails of(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        com.google.rpc.@Nullable Status rich = StatusProto.fromThrowable(failure);
        List<Any> details = rich == null ? List.of() : rich.getDetailsList();
        ErrorInfo info = detail(details, ErrorInfo.getDefaultInstance());
        boolean isOurs = info.getDomain().equals(DOMAIN);
        return new ErrorDetails(
                status.getCode(),
                wasSent(status),
                message(status),
                isOurs ? info.getReason() : "",
                Map.copyOf(info.getMetadataMap()),
                violations(detail(details, BadRequest.getDefaultInstance())),
                conflict(detail(details, AppendConflict.getDefaultInstance())),
                expressionErrors(detail(details, ExpressionErrors.getDefaultInstance())),
                retryDelay(detail(details, RetryInfo.getDefaultInstance())),
                detail(details, RequestInfo.getDefaultInstance()).getRequestId());
    }

    /** The reason: UNSPECIFIED without a name, UNRECOGNIZED with one that is not known here. */
    ErrorReason reason() {
        if (reasonName.isEmpty()) {
            return ErrorReason.ERROR_REASON_UNSPECIFIED;
        }
        try {
            ErrorReason reason = ErrorReason.valueOf(REASON_PREFIX + reasonName);
            return reason == ErrorReason.ERROR_REASON_UNSPECIFIED ? ErrorReason.UNRECOGNIZED : reason;
        } catch (IllegalArgumentException e) {
            return ErrorReason.UNRECOGNIZED;
        }
    }

    /** A fact beside the message, or an empty text. */
    String text(String key) {
        return metadata.getOrDefault(key, "");
    }

    /** A number beside the message, or 0. */
    long number(String key) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A connection that was never made carries nothing: only then is a failure to connect the cause. */
    private static boolean wasSent(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return false;
            }
        }
        return true;
    }

    private static String message(Status status) {
        String text = status.getDescription();
        if (text != null && !text.isEmpty()) {
            return text;
        }
        Throwable cause = status.getCause();
        return status.getCode().name() + (cause == null ? "" : ": " + cause);
    }

    private static List<FieldViolation> violations(BadRequest request) {
        return request.getFieldViolationsList().stream()
                .map(it -> new FieldViolation(it.getField(), it.getDescription(), it.getReason()))
                .toList();
    }

    private static Conflict conflict(AppendConflict conflict) {
        return new Conflict(
                conflict.getViolationsList().stream()
                        .map(it -> new ConflictViolation(
                                it.getIndex(), it.getPartitionKey(), it.getActualSequence(), it.getMatchingPosition()))
                        .toList(),
                conflict.getViolationCount());
    }

    private static List<ExpressionError> expressionErrors(ExpressionErrors errors) {
        return errors.getErrorsList().stream()
                .map(it -> new ExpressionError(
                        it.getField(), it.getLine(), it.getColumn(), it.getMessage(), it.getSnippet()))
                .toList();
    }

    private static Optional<Duration> retryDelay(RetryInfo retry) {
        return retry.hasRetryDelay()
                ? Optional.of(Duration.ofSeconds(
                        retry.getRetryDelay().getSeconds(),
                        retry.getRetryDelay().getNanos()))
                : Optional.empty();
    }

    @SuppressWarnings("unchecked") // is() has compared the type
    private static <T extends Message> T detail(List<Any> details, T absent) {
        for (Any any : details) {
            if (any.is(absent.getClass())) {
                try {
                    return (T) any.unpack(absent.getClass());
                } catch (InvalidProtocolBufferException e) {
                    return absent;
                }
            }
        }
        return absent;
    }
}
