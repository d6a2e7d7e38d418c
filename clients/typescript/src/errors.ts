import { Code } from "@connectrpc/connect";
import type { CommitCheckpointRequest, DeleteCheckpointRequest } from "./gen/foldlog/v1/checkpoints_pb.js";
import type { AppendRequest } from "./gen/foldlog/v1/event_store_pb.js";
import type { ConflictViolation, ErrorDetails, ExpressionError, FieldViolation } from "./error-details.js";

const NOT_BEGUN = new Set([
  Code.Unimplemented,
  Code.Unauthenticated,
  Code.PermissionDenied,
  Code.InvalidArgument,
]);

/** What an error is made with besides its details. */
export interface ErrorMaking {
  readonly cause?: unknown;
  readonly message?: string;
}

/**
 * A call that failed. Each reason of Foldlog's API has a subclass of its own, with its facts; a reason that is not
 * known becomes an {@link UnknownReasonError}, a failure that is not the server's own a {@link TransportError}.
 * Only this package makes such errors, and newer versions may add types.
 */
export abstract class FoldlogError extends Error {
  /** The reason's name as the server sent it, such as `CONCURRENCY_CONFLICT`; empty when there is none. */
  readonly reason: string;
  /** The gRPC status. */
  readonly code: Code;
  /** Facts beside the message, as `errors.proto` lists them for the reason. */
  readonly metadata: Readonly<Record<string, string>>;
  /** What is wrong with the request's fields, as far as the server listed it. */
  readonly fieldViolations: readonly FieldViolation[];
  /** How long the server asks to wait before another try, in milliseconds; undefined when it does not ask. */
  readonly retryDelayMillis: number | undefined;
  readonly #details: ErrorDetails;

  /** Not for applications: `foldlogError` makes one of a failed call. */
  constructor(details: ErrorDetails, making: ErrorMaking = {}) {
    super(making.message ?? details.message, "cause" in making ? { cause: making.cause } : undefined);
    this.#details = details;
    this.reason = details.reason;
    this.code = details.code;
    this.metadata = details.metadata;
    this.fieldViolations = details.fieldViolations;
    this.retryDelayMillis = details.retryDelayMillis;
  }

  /** Whether the same call may succeed later without anybody's help. */
  get isTransient(): boolean {
    return (
      this.code === Code.Unavailable ||
      this.code === Code.DeadlineExceeded ||
      (this.code === Code.ResourceExhausted && this instanceof OverloadedError)
    );
  }

  /** Whether it is certain that the call took no effect. Of no interest for calls that only read. */
  get isWithoutEffect(): boolean {
    return true;
  }

  /** @internal */
  get details(): ErrorDetails {
    return this.#details;
  }

  /** @internal A fact that is a text. */
  protected text(key: string): string {
    return this.metadata[key] ?? "";
  }

  /** @internal A fact that is a whole number; 0 when it is missing. */
  protected integer(key: string): bigint {
    const text = this.text(key);
    return /^-?\d+$/.test(text) ? BigInt(text) : 0n;
  }
}

/**
 * A failure of the way to the server and not of Foldlog: no connection, a connection that broke, a deadline that
 * passed, a silent server, an unknown method. {@link FoldlogError.code} tells which.
 */
export class TransportError extends FoldlogError {
  override readonly name = "TransportError";
  override get isWithoutEffect(): boolean {
    return !this.details.wasSent || NOT_BEGUN.has(this.code);
  }
}

/** A reason that this version of the client does not know: a newer server's. */
export class UnknownReasonError extends FoldlogError {
  override readonly name = "UnknownReasonError";
  override get isWithoutEffect(): boolean {
    return false;
  }
}

/** A field is missing or malformed; {@link FoldlogError.fieldViolations} lists them, as many as fit. */
export class InvalidFieldError extends FoldlogError {
  override readonly name = "InvalidFieldError";
  /** All violations, also those cut off. */
  readonly violationCount = Number(this.integer("violation_count"));
}

/** An expression does not compile. */
export class InvalidExpressionError extends FoldlogError {
  override readonly name = "InvalidExpressionError";
  /** What the compiler says. */
  readonly errors: readonly ExpressionError[] = this.details.expressionErrors;
}

/** An upcaster chain has a gap, a skip or a double step. */
export class InvalidUpcasterChainError extends FoldlogError {
  override readonly name = "InvalidUpcasterChainError";
}

/** A size or count is over its limit. */
export class LimitExceededError extends FoldlogError {
  override readonly name = "LimitExceededError";
  /** The limit's name, such as `max_payload_bytes`. */
  readonly limit = this.text("limit");
  /** The size or count of the request. */
  readonly actual = this.integer("actual");
  /** The most that is allowed. */
  readonly max = this.integer("max");
  /** Path of the field, where it is one field's limit; otherwise empty. */
  readonly field = this.text("field");
}

/** An event's version is not on its chain. */
export class EventVersionUnknownError extends FoldlogError {
  override readonly name = "EventVersionUnknownError";
}

/** A precondition failed and nothing was stored: read again and decide again. */
export class ConcurrencyConflictError extends FoldlogError {
  override readonly name = "ConcurrencyConflictError";
  /** The preconditions that failed, in order of their index, as many as fit. */
  readonly violations: readonly ConflictViolation[] = this.details.conflict.violations;
  /** All violations, also those cut off. */
  readonly violationCount = this.details.conflict.count;
}

/** An event's id is stored with other content, or only some events of the append are stored. */
export class EventIdConflictError extends FoldlogError {
  override readonly name = "EventIdConflictError";
  /** The id. */
  readonly eventId = this.text("event_id");
  /** Position of the event that has it. */
  readonly position = this.integer("position");
}

/** The request's id was used with other content. */
export class RequestIdReusedError extends FoldlogError {
  override readonly name = "RequestIdReusedError";
}

/** A resource of that name exists with other content. */
export class ResourceExistsError extends FoldlogError {
  override readonly name = "ResourceExistsError";
}

/** There is no such event, checkpoint, or other resource. */
export class ResourceNotFoundError extends FoldlogError {
  override readonly name = "ResourceNotFoundError";
}

/** The resource has another revision than expected. */
export class RevisionConflictError extends FoldlogError {
  override readonly name = "RevisionConflictError";
}

/** The resource is in a state that does not allow the call. */
export class InvalidStateError extends FoldlogError {
  override readonly name = "InvalidStateError";
}

/** A synchronous projection failed on an event, so nothing was appended. */
export class SyncProjectionFailedError extends FoldlogError {
  override readonly name = "SyncProjectionFailedError";
  /** The projection. */
  readonly projection = this.text("projection");
  /** Index of the event in the append. */
  readonly eventIndex = Number(this.integer("event_index"));
  /** What the projection says. */
  readonly projectionMessage = this.text("message");
}

/** The position belongs to another store: a restored backup, or another server. */
export class StoreMismatchError extends FoldlogError {
  override readonly name = "StoreMismatchError";
}

/** A position is past the head of the store. */
export class PositionAheadError extends FoldlogError {
  override readonly name = "PositionAheadError";
  /** Path of the field. */
  readonly field = this.text("field");
  /** The position asked for. */
  readonly position = this.integer("position");
  /** The head. */
  readonly headPosition = this.integer("head_position");
}

/** Retention removed events after the position: what follows would have a gap. */
export class RetentionGapError extends FoldlogError {
  override readonly name = "RetentionGapError";
  /** Position of the oldest event that is kept. */
  readonly oldestPosition = this.integer("oldest_position");
}

/** A checkpoint would go back. */
export class CheckpointWentBackError extends FoldlogError {
  override readonly name = "CheckpointWentBackError";
  /** Its name. */
  readonly checkpoint = this.text("checkpoint");
  /** Where it was to go. */
  readonly position = this.integer("position");
  /** Where it is. */
  readonly currentPosition = this.integer("current_position");
}

/** A checkpoint is not where it was expected: another worker moved it. */
export class CheckpointMovedError extends FoldlogError {
  override readonly name = "CheckpointMovedError";
  /** Its name. */
  readonly checkpoint = this.text("checkpoint");
  /** Where it was expected. */
  readonly expectedPosition = this.integer("expected_position");
  /** Where it is. */
  readonly currentPosition = this.integer("current_position");
}

/** The evaluation of an expression ran out of steps, or made too large a value. */
export class ExpressionBudgetExceededError extends FoldlogError {
  override readonly name = "ExpressionBudgetExceededError";
}

/** The server has too much to do; {@link FoldlogError.retryDelayMillis} says when to come back. */
export class OverloadedError extends FoldlogError {
  override readonly name = "OverloadedError";
}

/** The disk, the store's size limit, or its memory is full. */
export class StorageFullError extends FoldlogError {
  override readonly name = "StorageFullError";
}

/** The server starts or stops, or its store waits for a restart. */
export class NotReadyError extends FoldlogError {
  override readonly name = "NotReadyError";
}

/** A stored event cannot be read. */
export class EventUnreadableError extends FoldlogError {
  override readonly name = "EventUnreadableError";
  /** Its position, 0 where it is not known. */
  readonly position = this.integer("position");
}

/** The caller may not do this. */
export class ForbiddenError extends FoldlogError {
  override readonly name = "ForbiddenError";
}

/** There is no credential, or a wrong one. */
export class UnauthenticatedError extends FoldlogError {
  override readonly name = "UnauthenticatedError";
}

/** A defect of the server. Whether the call took effect is not known. */
export class InternalError extends FoldlogError {
  override readonly name = "InternalError";
  /** Id of the incident in the server's log. */
  readonly incidentId = this.details.incidentId;
  override get isWithoutEffect(): boolean {
    return false;
  }
}

/** A request that writes; `$typeName` tells which. */
export type WriteRequest = AppendRequest | CommitCheckpointRequest | DeleteCheckpointRequest;

/**
 * It is not known whether a call that writes took effect: the server said so, or no answer came. An append is
 * stored whole or not at all, and sending the same request with the same ids stores it once; the client has done
 * so until its deadline or its tries came to an end.
 */
export class OutcomeUnknownError extends FoldlogError {
  override readonly name = "OutcomeUnknownError";
  /**
   * The request as it was sent, an append with its ids filled in: `appendRequest` may send it again. Undefined
   * when the error was not raised by a call of this client.
   */
  readonly request: WriteRequest | undefined;

  /** Not for applications. */
  constructor(details: ErrorDetails, making: ErrorMaking & { readonly request?: WriteRequest } = {}) {
    super(details, making);
    this.request = making.request;
  }

  override get isWithoutEffect(): boolean {
    return false;
  }
}

/** This server lacks the feature. */
export class FeatureUnsupportedError extends FoldlogError {
  override readonly name = "FeatureUnsupportedError";
  /** The feature, as in `features` of the store's info. */
  readonly feature = this.text("feature");
}

/** An event's timestamp is further ahead of the server's clock than allowed. */
export class TimestampAheadError extends FoldlogError {
  override readonly name = "TimestampAheadError";
  /** Path of the field. */
  readonly field = this.text("field");
  /** The time, as RFC 3339 text. */
  readonly timestamp = this.text("timestamp");
  /** The latest time allowed, as RFC 3339 text. */
  readonly max = this.text("max");
}
