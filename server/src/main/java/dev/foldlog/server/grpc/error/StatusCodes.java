package dev.foldlog.server.grpc.error;

import dev.foldlog.v1.ErrorReason;
import io.grpc.Status;

/** The one table that gives each reason its gRPC status, as {@code errors.proto} documents it. */
public final class StatusCodes {
    private StatusCodes() {}

    /** The status of a reason; what is no reason at all is a defect. */
    public static Status.Code of(ErrorReason reason) {
        return switch (reason) {
            case ERROR_REASON_INVALID_FIELD,
                    ERROR_REASON_INVALID_EXPRESSION,
                    ERROR_REASON_INVALID_UPCASTER_CHAIN,
                    ERROR_REASON_LIMIT_EXCEEDED,
                    ERROR_REASON_EVENT_VERSION_UNKNOWN,
                    ERROR_REASON_TIMESTAMP_AHEAD -> Status.Code.INVALID_ARGUMENT;
            case ERROR_REASON_CONCURRENCY_CONFLICT, ERROR_REASON_REVISION_CONFLICT, ERROR_REASON_CHECKPOINT_MOVED ->
                Status.Code.ABORTED;
            case ERROR_REASON_EVENT_ID_CONFLICT, ERROR_REASON_REQUEST_ID_REUSED, ERROR_REASON_RESOURCE_EXISTS ->
                Status.Code.ALREADY_EXISTS;
            case ERROR_REASON_RESOURCE_NOT_FOUND -> Status.Code.NOT_FOUND;
            case ERROR_REASON_INVALID_STATE,
                    ERROR_REASON_SYNC_PROJECTION_FAILED,
                    ERROR_REASON_STORE_MISMATCH,
                    ERROR_REASON_CHECKPOINT_WENT_BACK -> Status.Code.FAILED_PRECONDITION;
            case ERROR_REASON_POSITION_AHEAD, ERROR_REASON_RETENTION_GAP -> Status.Code.OUT_OF_RANGE;
            case ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED, ERROR_REASON_OVERLOADED, ERROR_REASON_STORAGE_FULL ->
                Status.Code.RESOURCE_EXHAUSTED;
            case ERROR_REASON_NOT_READY, ERROR_REASON_OUTCOME_UNKNOWN -> Status.Code.UNAVAILABLE;
            case ERROR_REASON_EVENT_UNREADABLE -> Status.Code.DATA_LOSS;
            case ERROR_REASON_FORBIDDEN -> Status.Code.PERMISSION_DENIED;
            case ERROR_REASON_UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case ERROR_REASON_FEATURE_UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
            case ERROR_REASON_INTERNAL, ERROR_REASON_UNSPECIFIED, UNRECOGNIZED -> Status.Code.INTERNAL;
        };
    }
}
