package dev.foldlog.server.grpc.error;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.core.expression.EvaluationException;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.v1.ErrorReason;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller sees of a failure: gRPC status, ErrorInfo and typed details, all under 4 KiB. What no
 * caller is meant to see (causes, SQL, paths, traces) goes to the log, under an incident id that the
 * answer names. Thread-safe if the generator is.
 */
public final class StatusMapper {
    /** The domain of every ErrorInfo. */
    public static final String DOMAIN = "foldlog.dev";

    private static final Logger log = LoggerFactory.getLogger(StatusMapper.class);
    private static final String REASON_PREFIX = "ERROR_REASON_";
    // So small that message and ErrorInfo alone never reach FittedDetails.BYTES_MAX.
    private static final int MESSAGE_CHARS_MAX = 200;
    private static final int METADATA_CHARS_MAX = 150;
    private static final int METADATA_ENTRIES_MAX = 6;
    private static final long OVERLOADED_RETRY_MILLIS = 100;
    private static final long NOT_READY_RETRY_MILLIS = 900;

    private static final int DAMAGES_KEPT_MAX = 1_000;

    private final RandomGenerator incidentIds;
    private final SaidLately damages = new SaidLately(DAMAGES_KEPT_MAX);

    public StatusMapper(RandomGenerator incidentIds) {
        this.incidentIds = requireNonNull(incidentIds, "incidentIds");
    }

    /** The reason's name as ErrorInfo carries it. */
    public static String wireName(ErrorReason reason) {
        return reason.name().substring(REASON_PREFIX.length());
    }

    /** The answer to a failure. Logs a defect each time, damage once a place, here. */
    public StatusRuntimeException toStatus(Throwable failure) {
        return switch (failure) {
            case ApiException api -> answer(api);
            case CompletionException wrapper when wrapper.getCause() != null -> toStatus(wrapper.getCause());
            case ExecutionException wrapper when wrapper.getCause() != null -> toStatus(wrapper.getCause());
            case CorruptionException corruption -> damaged(corruption);
            case StoreException store -> ofStore(store);
            case EvaluationException evaluation -> ofEvaluation(evaluation);
            case StatusRuntimeException status when hasErrorInfo(status) -> status;
            default -> defect(failure);
        };
    }

    private StatusRuntimeException ofStore(StoreException failure) {
        return switch (failure.code()) {
            case OVERLOADED ->
                answer(ErrorReason.ERROR_REASON_OVERLOADED, "too many calls are waiting; try again later");
            case STORAGE_FULL -> answer(ErrorReason.ERROR_REASON_STORAGE_FULL, "the store has no room left");
            case OUTCOME_UNKNOWN ->
                answer(
                        ErrorReason.ERROR_REASON_OUTCOME_UNKNOWN,
                        "the store failed during the commit: stored whole or not at all; repeat with the same ids");
            case UNAVAILABLE ->
                answer(
                        ErrorReason.ERROR_REASON_NOT_READY,
                        "the store starts, stops, or has failed; nothing took effect");
            case CORRUPT -> damaged(failure);
            case DEFECT -> defect(failure);
        };
    }

    private StatusRuntimeException ofEvaluation(EvaluationException failure) {
        return switch (failure.kind()) {
            case OVER_BUDGET ->
                answer(
                        ErrorReason.ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED,
                        "filter.expression: " + failure.getMessage() + " on one event");
            case NO_VALUE -> defect(failure); // on one event, which a filter takes for an answer
        };
    }

    private StatusRuntimeException damaged(CorruptionException failure) {
        logDamage("the event at position " + failure.position() + " is damaged", failure);
        return answer(ApiException.of(
                ErrorReason.ERROR_REASON_EVENT_UNREADABLE,
                "the event at position " + failure.position() + " cannot be read",
                "position",
                failure.position()));
    }

    private StatusRuntimeException damaged(StoreException failure) {
        logDamage("a stored event is damaged: " + failure.getMessage(), failure);
        return answer(ErrorReason.ERROR_REASON_EVENT_UNREADABLE, "a stored event cannot be read");
    }

    private void logDamage(String what, Throwable failure) {
        if (damages.isNew(what)) {
            log.error("{}; said once, 'foldlog verify' tells all", what, failure);
        }
    }

    private StatusRuntimeException defect(Throwable failure) {
        String incident = "%016x".formatted(incidentIds.nextLong());
        log.error("incident {}", incident, failure);
        return answer(new ApiException(
                ErrorReason.ERROR_REASON_INTERNAL,
                "internal error, incident " + incident,
                Map.of(),
                List.of(RequestInfo.newBuilder().setRequestId(incident).build())));
    }

    private static StatusRuntimeException answer(ErrorReason reason, String message) {
        return answer(ApiException.of(reason, message));
    }

    private static StatusRuntimeException answer(ApiException failure) {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder()
                .setCode(StatusCodes.of(failure.reason()).value())
                .setMessage(ShownText.cut(String.valueOf(failure.getMessage()), MESSAGE_CHARS_MAX))
                .addDetails(Any.pack(errorInfo(failure)));
        FittedDetails.addAll(status, details(failure));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static ErrorInfo errorInfo(ApiException failure) {
        ErrorInfo.Builder info = ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(wireName(failure.reason()));
        failure.metadata().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(METADATA_ENTRIES_MAX)
                .forEach(it -> info.putMetadata(it.getKey(), ShownText.truncated(it.getValue(), METADATA_CHARS_MAX)));
        return info.build();
    }

    private static List<Message> details(ApiException failure) {
        List<Message> details = new ArrayList<>(failure.details());
        if (failure.reason() == ErrorReason.ERROR_REASON_OVERLOADED) {
            details.addFirst(retryAfter(OVERLOADED_RETRY_MILLIS));
        }
        if (failure.reason() == ErrorReason.ERROR_REASON_NOT_READY) {
            details.addFirst(retryAfter(NOT_READY_RETRY_MILLIS));
        }
        return details;
    }

    private static RetryInfo retryAfter(long millis) {
        return RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setNanos((int) TimeUnit.MILLISECONDS.toNanos(millis)))
                .build();
    }

    private static boolean hasErrorInfo(StatusRuntimeException status) {
        com.google.rpc.Status details = StatusProto.fromThrowable(status);
        return details != null && details.getDetailsList().stream().anyMatch(it -> it.is(ErrorInfo.class));
    }
}
