import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { EventFilterSchema } from "./gen/foldlog/v1/event_pb.js";
import { type Precondition, PreconditionSchema } from "./gen/foldlog/v1/event_store_pb.js";

/** What must hold for an append when it is committed; otherwise nothing is stored. */
export const preconditions = {
  /** The partition's last sequence is exactly this; 0: it never had an event. */
  sequence(partitionKey: string, sequence: bigint): Precondition {
    const expected = { case: "sequence", value: sequence } as const;
    return create(PreconditionSchema, {
      condition: { case: "partition", value: { partitionKey, expected } },
    });
  },

  /** The partition has had an event. */
  present(partitionKey: string): Precondition {
    return exists(partitionKey, true);
  },

  /** The partition never had an event. */
  absent(partitionKey: string): Precondition {
    return exists(partitionKey, false);
  },

  /** No event after the position matches the filter; position 0: no event at all. */
  noEventsMatching(filter: MessageInitShape<typeof EventFilterSchema>, afterPosition: bigint): Precondition {
    return create(PreconditionSchema, {
      condition: { case: "noEventsMatching", value: { filter, afterPosition } },
    });
  },
} as const;

function exists(partitionKey: string, value: boolean): Precondition {
  const expected = { case: "exists", value } as const;
  return create(PreconditionSchema, { condition: { case: "partition", value: { partitionKey, expected } } });
}
