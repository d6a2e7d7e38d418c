import { toBinary } from "@bufbuild/protobuf";
import { type EventFilter, EventFilterSchema } from "./gen/foldlog/v1/event_pb.js";
import type { Precondition } from "./gen/foldlog/v1/event_store_pb.js";
import { preconditions } from "./preconditions.js";

/**
 * What a unit of work has read, as the preconditions that say that none of it has changed since: a partition that
 * was read as a whole has its sequence still, and no event after the snapshot matches what was read by a filter.
 */
export class ReadSet {
  readonly #sequences = new Map<string, bigint>();
  readonly #filters = new Map<string, EventFilter>();

  /** A partition was read as a whole, up to this sequence. */
  partition(key: string, lastSequence: bigint): void {
    this.#sequences.set(key, lastSequence);
  }

  /** All events that match were read. */
  matching(filter: EventFilter): void {
    this.#filters.set(Buffer.from(toBinary(EventFilterSchema, filter)).toString("base64"), filter);
  }

  /** What must hold at the commit. */
  preconditions(snapshot: bigint): Precondition[] {
    return [
      ...Array.from(this.#sequences, ([key, sequence]) => preconditions.sequence(key, sequence)),
      ...Array.from(this.#filters.values(), (filter) => preconditions.noEventsMatching(filter, snapshot)),
    ];
  }
}
