import { type ErrorDetails, errorDetails } from "./error-details.js";
import * as errors from "./errors.js";
import type { ErrorReason } from "./gen/foldlog/v1/errors_pb.js";

type ErrorType = new (details: ErrorDetails, making?: errors.ErrorMaking) => errors.FoldlogError;

/** The one table that gives each reason of `errors.proto` its error. The type makes the compiler miss what is missing. */
export const ERROR_TYPES: Readonly<Record<Exclude<keyof typeof ErrorReason, "UNSPECIFIED">, ErrorType>> = {
  INVALID_FIELD: errors.InvalidFieldError,
  INVALID_EXPRESSION: errors.InvalidExpressionError,
  INVALID_UPCASTER_CHAIN: errors.InvalidUpcasterChainError,
  LIMIT_EXCEEDED: errors.LimitExceededError,
  EVENT_VERSION_UNKNOWN: errors.EventVersionUnknownError,
  CONCURRENCY_CONFLICT: errors.ConcurrencyConflictError,
  EVENT_ID_CONFLICT: errors.EventIdConflictError,
  REQUEST_ID_REUSED: errors.RequestIdReusedError,
  RESOURCE_EXISTS: errors.ResourceExistsError,
  RESOURCE_NOT_FOUND: errors.ResourceNotFoundError,
  REVISION_CONFLICT: errors.RevisionConflictError,
  INVALID_STATE: errors.InvalidStateError,
  SYNC_PROJECTION_FAILED: errors.SyncProjectionFailedError,
  STORE_MISMATCH: errors.StoreMismatchError,
  POSITION_AHEAD: errors.PositionAheadError,
  RETENTION_GAP: errors.RetentionGapError,
  CHECKPOINT_WENT_BACK: errors.CheckpointWentBackError,
  CHECKPOINT_MOVED: errors.CheckpointMovedError,
  EXPRESSION_BUDGET_EXCEEDED: errors.ExpressionBudgetExceededError,
  OVERLOADED: errors.OverloadedError,
  STORAGE_FULL: errors.StorageFullError,
  NOT_READY: errors.NotReadyError,
  EVENT_UNREADABLE: errors.EventUnreadableError,
  FORBIDDEN: errors.ForbiddenError,
  UNAUTHENTICATED: errors.UnauthenticatedError,
  INTERNAL: errors.InternalError,
  OUTCOME_UNKNOWN: errors.OutcomeUnknownError,
  FEATURE_UNSUPPORTED: errors.FeatureUnsupportedError,
  TIMESTAMP_AHEAD: errors.TimestampAheadError,
};

/** The error of whatever a call made with the stubs was rejected with. */
export function foldlogError(failure: unknown): errors.FoldlogError {
  return failure instanceof errors.FoldlogError ? failure : errorOf(errorDetails(failure), failure);
}

/** The error that these details are. */
export function errorOf(details: ErrorDetails, cause?: unknown): errors.FoldlogError {
  return new (errorType(details.reason))(details, cause === undefined ? {} : { cause });
}

/** The last failure of a call whose outcome is not known. */
export function outcomeUnknown(
  last: errors.FoldlogError,
  request: errors.WriteRequest,
): errors.OutcomeUnknownError {
  return new errors.OutcomeUnknownError(last.details, {
    cause: last,
    message: `it is not known whether the call took effect: ${last.message}`,
    request,
  });
}

function errorType(reason: string): ErrorType {
  if (reason === "") {
    return errors.TransportError;
  }
  return Object.hasOwn(ERROR_TYPES, reason)
    ? ERROR_TYPES[reason as keyof typeof ERROR_TYPES]
    : errors.UnknownReasonError;
}
