package dev.foldlog.cli.client;

import static dev.foldlog.cli.shell.ExitCode.BAD_INPUT;
import static dev.foldlog.cli.shell.ExitCode.CONFLICT;
import static dev.foldlog.cli.shell.ExitCode.FAILURE;
import static dev.foldlog.cli.shell.ExitCode.UNAVAILABLE;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a failed call answered: the status, and the details of the server's own errors where there are any.
 *
 * @param reason value of {@code ErrorReason}, UNSPECIFIED when the error is not the server's own
 * @param retryDelay how long the server asks to wait, zero when it does not say
 */
record ServerError(
        Status status,
        ErrorReason reason,
        Map<String, String> metadata,
        List<FieldViolation> fieldViolations,
        List<AppendConflict.Violation> conflicts,
        List<ExpressionErrors.Error> expressionErrors,
        Duration retryDelay,
        String requestId) {

    static ServerError of(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        com.google.rpc.@Nullable Status rich = StatusProto.fromThrowable(failure);
        List<Any> details = rich == null ? List.of() : rich.getDetailsList();
        ErrorInfo info = detail(details, ErrorInfo.getDefaultInstance());
        RetryInfo retry = detail(details, RetryInfo.getDefaultInstance());
        return new ServerError(
                status,
                reason(info),
                info.getMetadataMap(),
                detail(details, BadRequest.getDefaultInstance()).getFieldViolationsList(),
                detail(details, AppendConflict.getDefaultInstance()).getViolationsList(),
                detail(details, ExpressionErrors.getDefaultInstance()).getErrorsList(),
                Duration.ofSeconds(
                        retry.getRetryDelay().getSeconds(),
                        retry.getRetryDelay().getNanos()),
                detail(details, RequestInfo.getDefaultInstance()).getRequestId());
    }

    private static ErrorReason reason(ErrorInfo info) {
        if (!info.getDomain().equals("foldlog.dev")) {
            return ErrorReason.ERROR_REASON_UNSPECIFIED;
        }
        try {
            return ErrorReason.valueOf("ERROR_REASON_" + info.getReason());
        } catch (IllegalArgumentException e) {
            return ErrorReason.UNRECOGNIZED;
        }
    }

    @SuppressWarnings("unchecked") // is() has compared the type
    private static <T extends Message> T detail(List<Any> details, T kind) {
        for (Any any : details) {
            if (any.is(kind.getClass())) {
                try {
                    return (T) any.unpack(kind.getClass());
                } catch (InvalidProtocolBufferException e) {
                    return kind;
                }
            }
        }
        return kind;
    }

    /** Whether the same call can succeed later without anybody's help. */
    boolean isTransient() {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
            case RESOURCE_EXHAUSTED -> reason == ErrorReason.ERROR_REASON_OVERLOADED;
            default -> false;
        };
    }

    /** Whether the call may have been done although it failed. */
    boolean isOutcomeUnknown() {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
            default -> false;
        };
    }

    ExitCode exitCode() {
        if (isTransient()) {
            return UNAVAILABLE;
        }
        return switch (status.getCode()) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> BAD_INPUT;
            case ABORTED, ALREADY_EXISTS -> CONFLICT;
            default -> FAILURE;
        };
    }

    /** The status's own text, or the code where there is none. */
    String message() {
        String text = status.getDescription();
        return text == null || text.isEmpty() ? status.getCode().name() : text;
    }
}
