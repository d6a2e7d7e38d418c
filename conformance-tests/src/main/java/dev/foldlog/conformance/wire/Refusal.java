package dev.foldlog.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.v1.ErrorReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * An error answered by the server, held to what every one promises: an ErrorInfo of this API, the status
 * that belongs to its reason, details under 4 KiB, and a message without the server's insides.
 */
public final class Refusal {
    private static final String DOMAIN = "foldlog.dev";
    private static final int DETAILS_BYTES_MAX = 4096;
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat [a-z]+\\.[a-z.]+|\\b(java|javax|jdk|io\\.grpc|org)\\.[a-z]+\\.|\\w+Exception\\b|\\.java\\b"
                    + "|\\b(SQLITE|JDBC|jOOQ)|\\b(select|insert into|update|delete from|pragma) [a-z_*]+"
                    + "|(^|[\\s'\"(:=])/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+");

    private final Status status;
    private final ErrorInfo info;

    private Refusal(Status status) {
        this.status = status;
        this.info = detail(status, ErrorInfo.class);
    }

    /** The refusal of a call, which must be for this reason. */
    public static Refusal of(ErrorReason reason, ThrowingCallable call) {
        return of(Set.of(reason), call);
    }

    /** The refusal of a call, which must be for one of these reasons. */
    public static Refusal of(Set<ErrorReason> reasons, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).as("answer (expected: %s)", reasons).isInstanceOf(StatusRuntimeException.class);
        Status status = StatusProto.fromThrowable(thrown);
        assertThat(status).as("details of %s", thrown).isNotNull();
        Refusal refusal = new Refusal(Objects.requireNonNull(status));
        assertThat(((StatusRuntimeException) thrown).getStatus().getDescription())
                .as("message beside the details")
                .isEqualTo(refusal.message());
        assertThat(refusal.reason()).as("reason of %s", thrown).isIn(reasons);
        assertThat(refusal.code()).as("status of %s", thrown).isEqualTo(code(refusal.reason()));
        refusal.assertKeepsPromisesOfAllErrors();
        return refusal;
    }

    /** The reason of the ErrorInfo. */
    public ErrorReason reason() {
        return Stream.of(ErrorReason.values())
                .filter(it -> wireName(it).equals(info.getReason()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("reason: " + info.getReason() + " (expected: an ErrorReason)"));
    }

    /** Metadata of the ErrorInfo. */
    public Map<String, String> metadata() {
        return info.getMetadataMap();
    }

    /** The text for people. */
    public String message() {
        return status.getMessage();
    }

    /** Paths of the fields that the BadRequest lists. */
    public List<String> fields() {
        return detail(BadRequest.class).getFieldViolationsList().stream()
                .map(BadRequest.FieldViolation::getField)
                .toList();
    }

    /** The detail of this type, which must be there. */
    public <T extends Message> T detail(Class<T> type) {
        return detail(status, type);
    }

    private Code code() {
        return io.grpc.Status.fromCodeValue(status.getCode()).getCode();
    }

    private void assertKeepsPromisesOfAllErrors() {
        assertThat(info.getDomain()).isEqualTo(DOMAIN);
        assertThat(status.getDetailsList().stream()
                        .mapToInt(Any::getSerializedSize)
                        .sum())
                .as("bytes of all details")
                .isLessThan(DETAILS_BYTES_MAX);
        assertThat(status.getMessage()).isNotBlank().doesNotContain("\n").doesNotContainPattern(INSIDES);
        assertThat(info.getMetadataMap().values())
                .noneMatch(it -> INSIDES.matcher(it).find());
    }

    private static <T extends Message> T detail(Status status, Class<T> type) {
        List<Any> matching =
                status.getDetailsList().stream().filter(it -> it.is(type)).toList();
        assertThat(matching)
                .as("details of type %s of %s", type.getSimpleName(), status)
                .hasSize(1);
        try {
            return matching.getFirst().unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("detail of type " + type.getSimpleName() + " (expected: readable)", e);
        }
    }

    private static String wireName(ErrorReason reason) {
        return reason.name().replace("ERROR_REASON_", "");
    }

    /** The one status of each reason, as errors.proto says. */
    static Code code(ErrorReason reason) {
        return switch (reason) {
            case ERROR_REASON_INVALID_FIELD,
                    ERROR_REASON_INVALID_EXPRESSION,
                    ERROR_REASON_INVALID_UPCASTER_CHAIN,
                    ERROR_REASON_LIMIT_EXCEEDED,
                    ERROR_REASON_EVENT_VERSION_UNKNOWN,
                    ERROR_REASON_TIMESTAMP_AHEAD -> Code.INVALID_ARGUMENT;
            case ERROR_REASON_CONCURRENCY_CONFLICT, ERROR_REASON_REVISION_CONFLICT, ERROR_REASON_CHECKPOINT_MOVED ->
                Code.ABORTED;
            case ERROR_REASON_EVENT_ID_CONFLICT, ERROR_REASON_REQUEST_ID_REUSED, ERROR_REASON_RESOURCE_EXISTS ->
                Code.ALREADY_EXISTS;
            case ERROR_REASON_RESOURCE_NOT_FOUND -> Code.NOT_FOUND;
            case ERROR_REASON_INVALID_STATE,
                    ERROR_REASON_SYNC_PROJECTION_FAILED,
                    ERROR_REASON_STORE_MISMATCH,
                    ERROR_REASON_CHECKPOINT_WENT_BACK -> Code.FAILED_PRECONDITION;
            case ERROR_REASON_POSITION_AHEAD, ERROR_REASON_RETENTION_GAP -> Code.OUT_OF_RANGE;
            case ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED, ERROR_REASON_OVERLOADED, ERROR_REASON_STORAGE_FULL ->
                Code.RESOURCE_EXHAUSTED;
            case ERROR_REASON_NOT_READY, ERROR_REASON_OUTCOME_UNKNOWN -> Code.UNAVAILABLE;
            case ERROR_REASON_EVENT_UNREADABLE -> Code.DATA_LOSS;
            case ERROR_REASON_FORBIDDEN -> Code.PERMISSION_DENIED;
            case ERROR_REASON_UNAUTHENTICATED -> Code.UNAUTHENTICATED;
            case ERROR_REASON_FEATURE_UNSUPPORTED -> Code.UNIMPLEMENTED;
            case ERROR_REASON_INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
        };
    }
}
