package dev.foldlog.client.error;

import dev.foldlog.v1.ErrorReason;

/** The one table that gives each reason of {@code errors.proto} its exception: the inverse of the server's. */
final class Reasons {
    private Reasons() {}

    static FoldlogException toException(ErrorDetails details, Throwable cause) {
        return switch (details.reason()) {
            case ERROR_REASON_UNSPECIFIED -> new TransportException(details, cause);
            case UNRECOGNIZED -> new UnknownReasonException(details, cause);
            case ERROR_REASON_INVALID_FIELD -> new InvalidFieldException(details, cause);
            case ERROR_REASON_INVALID_EXPRESSION -> new InvalidExpressionException(details, cause);
            case ERROR_REASON_INVALID_UPCASTER_CHAIN -> new InvalidUpcasterChainException(details, cause);
            case ERROR_REASON_LIMIT_EXCEEDED -> new LimitExceededException(details, cause);
            case ERROR_REASON_EVENT_VERSION_UNKNOWN -> new EventVersionUnknownException(details, cause);
            case ERROR_REASON_CONCURRENCY_CONFLICT -> new ConcurrencyConflictException(details, cause);
            case ERROR_REASON_EVENT_ID_CONFLICT -> new EventIdConflictException(details, cause);
            case ERROR_REASON_REQUEST_ID_REUSED -> new RequestIdReusedException(details, cause);
            case ERROR_REASON_RESOURCE_EXISTS -> new ResourceExistsException(details, cause);
            case ERROR_REASON_RESOURCE_NOT_FOUND -> new ResourceNotFoundException(details, cause);
            case ERROR_REASON_REVISION_CONFLICT -> new RevisionConflictException(details, cause);
            case ERROR_REASON_INVALID_STATE -> new InvalidStateException(details, cause);
            case ERROR_REASON_SYNC_PROJECTION_FAILED -> new SyncProjectionFailedException(details, cause);
            case ERROR_REASON_STORE_MISMATCH -> new StoreMismatchException(details, cause);
            case ERROR_REASON_POSITION_AHEAD -> new PositionAheadException(details, cause);
            case ERROR_REASON_RETENTION_GAP -> new RetentionGapException(details, cause);
            case ERROR_REASON_CHECKPOINT_WENT_BACK -> new CheckpointWentBackException(details, cause);
            case ERROR_REASON_CHECKPOINT_MOVED -> new CheckpointMovedException(details, cause);
            case ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED -> new ExpressionBudgetExceededException(details, cause);
            case ERROR_REASON_OVERLOADED -> new OverloadedException(details, cause);
            case ERROR_REASON_STORAGE_FULL -> new StorageFullException(details, cause);
            case ERROR_REASON_NOT_READY -> new NotReadyException(details, cause);
            case ERROR_REASON_EVENT_UNREADABLE -> new EventUnreadableException(details, cause);
            case ERROR_REASON_FORBIDDEN -> new ForbiddenException(details, cause);
            case ERROR_REASON_UNAUTHENTICATED -> new UnauthenticatedException(details, cause);
            case ERROR_REASON_INTERNAL -> new InternalErrorException(details, cause);
            case ERROR_REASON_OUTCOME_UNKNOWN -> new OutcomeUnknownException(details, cause);
            case ERROR_REASON_FEATURE_UNSUPPORTED -> new FeatureUnsupportedException(details, cause);
            case ERROR_REASON_TIMESTAMP_AHEAD -> new TimestampAheadException(details, cause);
        };
    }

    static boolean isTransient(ErrorDetails details) {
        return switch (details.code()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED -> true;
            case RESOURCE_EXHAUSTED -> details.reason() == ErrorReason.ERROR_REASON_OVERLOADED;
            default -> false;
        };
    }

    static boolean isWithoutEffect(ErrorDetails details) {
        return switch (details.reason()) {
            case ERROR_REASON_UNSPECIFIED -> isRefusedByTransport(details);
            case UNRECOGNIZED, ERROR_REASON_INTERNAL, ERROR_REASON_OUTCOME_UNKNOWN -> false;
            default -> true;
        };
    }

    /** What no server has begun to work on. */
    private static boolean isRefusedByTransport(ErrorDetails details) {
        return !details.wasSent()
                || switch (details.code()) {
                    case UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT -> true;
                    default -> false;
                };
    }
}
