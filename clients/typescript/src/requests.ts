import { create, type DescMessage, isMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate, type TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { NewEventSchema } from "./gen/foldlog/v1/event_pb.js";
import {
  type AppendRequestSchema,
  type ReadAllRequestSchema,
  type ReadStreamRequestSchema,
  type ReadStreamSinceRequest,
  ReadStreamSinceRequestSchema,
  type SubscribeAllRequestSchema,
} from "./gen/foldlog/v1/event_store_pb.js";

/** The fields of a message, of which what is left out has its default. */
type Fields<D extends DescMessage> = Exclude<MessageInitShape<D>, { $typeName: string }>;

/** An event to append: what it has not is left to the client (its id) and to the server. */
export type NewEventInit = MessageInitShape<typeof NewEventSchema>;

/** A whole append. */
export type AppendRequestInit = MessageInitShape<typeof AppendRequestSchema>;

/** What an append can have beside its events. */
export type AppendConditions = Pick<
  Fields<typeof AppendRequestSchema>,
  "preconditions" | "checkpoints" | "requestId" | "validateOnly"
>;

/** What to read of one partition: direction, place, limit, snapshot, filter. */
export type ReadStreamInit = MessageInitShape<typeof ReadStreamRequestSchema>;

/** The recent slice of one partition: its `since` may be a `Date`; limit (from the end), snapshot, filter. */
export type ReadStreamSinceInit =
  | ReadStreamSinceRequest
  | (Omit<Fields<typeof ReadStreamSinceRequestSchema>, "since"> & {
      since: Date | MessageInitShape<typeof TimestampSchema>;
    });

/** What to read of all partitions: filter, direction, place, limit, snapshot. */
export type ReadAllInit = MessageInitShape<typeof ReadAllRequestSchema>;

/** What to follow, and from where. */
export type SubscribeAllInit = MessageInitShape<typeof SubscribeAllRequestSchema>;

/** The message that a `readStreamSince` sends. */
export function readStreamSinceRequest(init: ReadStreamSinceInit): ReadStreamSinceRequest {
  if (isMessage(init, ReadStreamSinceRequestSchema)) {
    return init;
  }
  const since = init.since instanceof Date ? timestampFromDate(init.since) : init.since;
  return create(ReadStreamSinceRequestSchema, { ...init, since });
}
