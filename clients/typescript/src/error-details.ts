import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { AppendConflictSchema, ExpressionErrorsSchema } from "./gen/foldlog/v1/errors_pb.js";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RequestInfoSchema,
  RetryInfoSchema,
} from "./gen/google/rpc/error_details_pb.js";

const DOMAIN = "foldlog.dev";
const UNSENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** What is wrong with one field of a request. */
export interface FieldViolation {
  /** Path of the field, such as `events[0].action`; empty: the request itself. */
  readonly field: string;
  /** What was expected. */
  readonly description: string;
  /** A name for what is wrong, or an empty text. */
  readonly reason: string;
}

/** One precondition that failed. */
export interface ConflictViolation {
  /** Index in the append's preconditions. */
  readonly index: number;
  /** The partition, for a condition on one; otherwise empty. */
  readonly partitionKey: string;
  /** The partition's actual last sequence. */
  readonly actualSequence: bigint;
  /** Position of the first event that matches, for a condition that none does; otherwise 0. */
  readonly matchingPosition: bigint;
}

/** One thing that the compiler of expressions says. */
export interface ExpressionError {
  /** Path of the request field. */
  readonly field: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in code points. */
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** The line around the column. */
  readonly snippet: string;
}

/** What a failed call says, before it becomes an error of its own type. */
export interface ErrorDetails {
  readonly code: Code;
  readonly message: string;
  /** Whether bytes may have reached a server. */
  readonly wasSent: boolean;
  /** The reason's name without prefix; empty: the failure is not Foldlog's own. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly fieldViolations: readonly FieldViolation[];
  readonly conflict: { readonly violations: readonly ConflictViolation[]; readonly count: number };
  readonly expressionErrors: readonly ExpressionError[];
  readonly retryDelayMillis: number | undefined;
  readonly incidentId: string;
}

/** The details of whatever a call was rejected with. */
export function errorDetails(failure: unknown): ErrorDetails {
  const error = ConnectError.from(failure);
  const info = detail(error, ErrorInfoSchema);
  return {
    code: isBrokenWay(error) ? Code.Unavailable : error.code,
    message: error.rawMessage || `the call failed with ${Code[error.code]}`,
    wasSent: !nodeErrorCodes(error).some((code) => UNSENT.has(code)),
    reason: info?.domain === DOMAIN ? info.reason : "",
    metadata: info?.metadata ?? {},
    fieldViolations: (detail(error, BadRequestSchema)?.fieldViolations ?? []).map(
      ({ field, description, reason }) => ({ field, description, reason }),
    ),
    conflict: conflict(error),
    expressionErrors: (detail(error, ExpressionErrorsSchema)?.errors ?? []).map(
      ({ field, line, column, message, snippet }) => ({ field, line, column, message, snippet }),
    ),
    retryDelayMillis: retryDelayMillis(error),
    incidentId: detail(error, RequestInfoSchema)?.requestId ?? "",
  };
}

/** Details that a client makes for a failure of its own: nothing but a status and a message. */
export function ownDetails(code: Code, message: string): ErrorDetails {
  return errorDetails(new ConnectError(message, code, { "grpc-status": String(code) }));
}

/**
 * Whether the connection broke, in which case the transport reports one of several statuses that no server has
 * sent: gRPC's word for all of them is UNAVAILABLE.
 */
function isBrokenWay(error: ConnectError): boolean {
  if (error.metadata.has("grpc-status") || error.details.length > 0) {
    return false;
  }
  switch (error.code) {
    case Code.Aborted:
    case Code.Canceled:
      return true;
    case Code.Internal:
    case Code.Unknown:
      return nodeErrorCodes(error).length > 0 || error.rawMessage.startsWith("protocol error: missing");
    case Code.ResourceExhausted:
      return error.rawMessage.includes("ENHANCE_YOUR_CALM");
    default:
      return false;
  }
}

/** The codes that Node gives errors of its own, along the chain of causes. */
function nodeErrorCodes(error: unknown): string[] {
  const codes: string[] = [];
  const seen = new Set<unknown>();
  for (let cause = error; cause instanceof Error && !seen.has(cause); cause = cause.cause) {
    seen.add(cause);
    if ("code" in cause && typeof cause.code === "string") {
      codes.push(cause.code);
    }
    if (cause instanceof AggregateError) {
      codes.push(...cause.errors.flatMap(nodeErrorCodes));
    }
  }
  return codes;
}

function conflict(error: ConnectError): ErrorDetails["conflict"] {
  const found = detail(error, AppendConflictSchema);
  return {
    violations: (found?.violations ?? []).map(
      ({ index, partitionKey, actualSequence, matchingPosition }) => ({
        index,
        partitionKey,
        actualSequence,
        matchingPosition,
      }),
    ),
    count: found?.violationCount ?? 0,
  };
}

function retryDelayMillis(error: ConnectError): number | undefined {
  const delay = detail(error, RetryInfoSchema)?.retryDelay;
  return delay === undefined
    ? undefined
    : Math.max(0, Number(delay.seconds) * 1_000 + delay.nanos / 1_000_000);
}

function detail<D extends DescMessage>(error: ConnectError, schema: D): MessageShape<D> | undefined {
  return error.findDetails(schema)[0];
}
