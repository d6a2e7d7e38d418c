export type { Checkpoints } from "./checkpoints.js";
export type { ConflictViolation, ExpressionError, FieldViolation } from "./error-details.js";
export * from "./errors.js";
export type { EventReader } from "./event-reader.js";
export { type AppendOptions, Foldlog, HISTORY_MILLIS } from "./foldlog.js";
export type { Checkpoint } from "./gen/foldlog/v1/checkpoints_pb.js";
export {
  Direction,
  type EventFilter,
  type NewEvent,
  type Payload,
  PayloadForm,
  type RecordedEvent,
} from "./gen/foldlog/v1/event_pb.js";
export {
  type AppendedEvent,
  type AppendRequest,
  type AppendResponse,
  Durability,
  type GetStoreInfoResponse,
  type Partition,
  type Precondition,
  type StoreLimits,
} from "./gen/foldlog/v1/event_store_pb.js";
export { type JsonObject, type JsonValue, parseJson, stringifyJson } from "./json.js";
export type { CallOptions, ClientOptions, ConnectOptions, ReadCallOptions, RetryPolicy } from "./options.js";
export { bytesPayload, jsonPayload, jsonTextPayload, payloadValue } from "./payloads.js";
export { preconditions } from "./preconditions.js";
export { foldlogError } from "./reasons.js";
export type {
  AppendConditions,
  AppendRequestInit,
  NewEventInit,
  ReadAllInit,
  ReadStreamInit,
  ReadStreamSinceInit,
  SubscribeAllInit,
} from "./requests.js";
export type { SubscribeOptions, Subscription, SubscriptionMessage } from "./subscription.js";
export type { TransactionFunction } from "./transactions.js";
export type { UnitOfWork } from "./unit-of-work.js";
export { Code } from "@connectrpc/connect";
