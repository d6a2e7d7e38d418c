import { clone, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Environment } from "./environment.js";
import type { EventIds } from "./event-ids.js";
import { matches } from "./event-matching.js";
import {
  type EventFilter,
  type NewEvent,
  NewEventSchema,
  type RecordedEvent,
  RecordedEventSchema,
} from "./gen/foldlog/v1/event_pb.js";
import { jsonTextPayload } from "./payloads.js";
import type { NewEventInit } from "./requests.js";
import { changed } from "./read-kinds.js";

/**
 * The events that a unit of work will append, as they will be sent and as its own reads see them: with id and time,
 * without position and sequence.
 */
export class BufferedEvents {
  readonly #ids: EventIds;
  readonly #environment: Pick<Environment, "now">;
  readonly #proposed: NewEvent[] = [];
  readonly #seen: RecordedEvent[] = [];

  constructor(ids: EventIds, environment: Pick<Environment, "now">) {
    this.#ids = ids;
    this.#environment = environment;
  }

  add(event: NewEventInit): void {
    // A copy: what the application does with its object afterwards is not appended.
    const filled = clone(NewEventSchema, create(NewEventSchema, event));
    filled.eventId ||= this.#ids.next();
    filled.timestamp ??= timestampFromMs(this.#environment.now());
    this.#proposed.push(filled);
    this.#seen.push(asRead(filled));
  }

  get isEmpty(): boolean {
    return this.#proposed.length === 0;
  }

  /** As they will be sent. */
  get proposed(): NewEvent[] {
    return [...this.#proposed];
  }

  /** Those that match, as they would be read, oldest first. */
  matching(filter: EventFilter, isHeadersOnly: boolean): RecordedEvent[] {
    const found = this.#seen.filter((event) => matches(filter, event));
    return isHeadersOnly ? found.map(headers) : found;
  }
}

function headers(event: RecordedEvent): RecordedEvent {
  const { payload: _payload, ...rest } = event;
  return changed(RecordedEventSchema, rest, { metadata: {} });
}

/** Both kinds of events have the same fields under the same numbers. */
function asRead(event: NewEvent): RecordedEvent {
  const read = fromBinary(RecordedEventSchema, toBinary(NewEventSchema, event));
  read.partitionKey ||= event.artifactId;
  read.payload ??= jsonTextPayload("{}");
  read.eventVersion = read.storedEventVersion = Math.max(1, event.eventVersion);
  return read;
}
