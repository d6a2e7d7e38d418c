import { create, equals } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { BufferedEvents } from "./buffered-events.js";
import { hasExpression } from "./event-matching.js";
import type { EventReader } from "./event-reader.js";
import {
  Direction,
  type EventFilter,
  EventFilterSchema,
  PayloadForm,
  type ReadOptions,
  type RecordedEvent,
} from "./gen/foldlog/v1/event_pb.js";
import {
  type Precondition,
  ReadAllRequestSchema,
  ReadStreamRequestSchema,
  type ReadStreamSinceRequest,
  ReadStreamSinceRequestSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import { changed } from "./read-kinds.js";
import { ReadSet } from "./read-set.js";
import type { Reads } from "./reads.js";
import type { ReadAllInit, ReadStreamInit } from "./requests.js";
import { compareTimes } from "./times.js";

/** What the store answers, and the partition's last sequence. */
interface Stored {
  readonly events: RecordedEvent[];
  readonly lastSequence: bigint;
}

/** The part of a request that every read has. */
interface Checked {
  readonly filter?: EventFilter | undefined;
  readonly options?: ReadOptions | undefined;
  readonly asOfPosition: bigint;
}

/**
 * The reads of one unit of work: as of one snapshot, with the unit's own events behind, and remembered as
 * preconditions. They are made one after the other, so that the first one fixes the snapshot of all.
 *
 * A snapshot of 0 is an empty store. On the wire 0 means "the head at the call", so nothing is asked any more: the
 * answer to every read is known.
 */
export class UnitReads {
  readonly #reads: Reads;
  readonly #buffered: BufferedEvents;
  readonly #signal: AbortSignal | undefined;
  readonly #readSet = new ReadSet();
  #snapshot: bigint | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #underWay = 0;

  constructor(reads: Reads, buffered: BufferedEvents, signal: AbortSignal | undefined) {
    this.#reads = reads;
    this.#buffered = buffered;
    this.#signal = signal;
  }

  get snapshot(): bigint | undefined {
    return this.#snapshot;
  }

  get isUnderWay(): boolean {
    return this.#underWay > 0;
  }

  get preconditions(): Precondition[] {
    return this.#readSet.preconditions(this.#snapshot ?? 0n);
  }

  async stream(init: ReadStreamInit): Promise<RecordedEvent[]> {
    const request = create(ReadStreamRequestSchema, init);
    this.#check(request);
    const { partitionKey, limit } = request;
    const filter = request.filter ?? create(EventFilterSchema);
    const isBackward = request.direction === Direction.BACKWARD;
    // Backward and from a place: what is newer than all that is stored is not asked for.
    const own =
      isBackward && request.afterSequence > 0n ? [] : this.#ownIn(partitionKey, filter, request.options);
    const stored = await this.#stored((asOfPosition) =>
      this.#reads.stream(changed(ReadStreamRequestSchema, request, { asOfPosition }), this.#signal),
    );
    if (equals(EventFilterSchema, filter, create(EventFilterSchema))) {
      this.#readSet.partition(partitionKey, stored.lastSequence);
    } else {
      this.#rememberIn(partitionKey, filter);
    }
    return merged(stored.events, own, isBackward, limit);
  }

  async streamSince(request: ReadStreamSinceRequest): Promise<RecordedEvent[]> {
    this.#check(request);
    const filter = since(request.filter ?? create(EventFilterSchema), request.since);
    const own = this.#ownIn(request.partitionKey, filter, request.options);
    const stored = await this.#stored((asOfPosition) =>
      this.#reads.streamSince(changed(ReadStreamSinceRequestSchema, request, { asOfPosition }), this.#signal),
    );
    this.#rememberIn(request.partitionKey, filter);
    const all = merged(stored.events, own, false, 0n);
    return request.limit === 0n ? all : all.slice(Math.max(0, all.length - Number(request.limit)));
  }

  async all(init: ReadAllInit): Promise<RecordedEvent[]> {
    const request = create(ReadAllRequestSchema, init);
    this.#check(request);
    const filter = request.filter ?? create(EventFilterSchema);
    const isBackward = request.direction === Direction.BACKWARD;
    const own =
      isBackward && request.afterPosition > 0n
        ? []
        : this.#buffered.matching(filter, request.options?.headersOnly === true);
    const stored = await this.#stored((asOfPosition) =>
      this.#reads.all(changed(ReadAllRequestSchema, request, { asOfPosition }), this.#signal),
    );
    this.#readSet.matching(filter);
    return merged(stored.events, own, isBackward, request.limit);
  }

  /** The answer to a read as of the snapshot, when the reads before it are over. */
  async #stored(read: (asOfPosition: bigint) => EventReader): Promise<Stored> {
    this.#underWay++;
    const answer = this.#turn.then(() => this.#answer(read));
    this.#turn = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.#underWay--;
    }
  }

  async #answer(read: (asOfPosition: bigint) => EventReader): Promise<Stored> {
    if (this.#snapshot === 0n) {
      return { events: [], lastSequence: 0n };
    }
    const reader = read(this.#snapshot ?? 0n);
    const events = await reader.toArray();
    this.#snapshot = await reader.asOfPosition();
    return { events, lastSequence: await reader.lastSequence() };
  }

  /** An empty filter on one partition is remembered by its caller as the whole partition. */
  #rememberIn(partitionKey: string, filter: EventFilter): void {
    if (filter.partitionKeys.length === 0 || filter.partitionKeys.includes(partitionKey)) {
      this.#readSet.matching(changed(EventFilterSchema, filter, { partitionKeys: [partitionKey] }));
    }
  }

  #ownIn(partitionKey: string, filter: EventFilter, options: ReadOptions | undefined): RecordedEvent[] {
    return this.#buffered
      .matching(filter, options?.headersOnly === true)
      .filter((event) => event.partitionKey === partitionKey);
  }

  #check({ filter, options, asOfPosition }: Checked): void {
    if (asOfPosition !== 0n) {
      throw new RangeError(
        `asOfPosition: ${String(asOfPosition)} (expected: 0, the unit has a snapshot of its own)`,
      );
    }
    if (this.#buffered.isEmpty) {
      return;
    }
    if (filter !== undefined && hasExpression(filter)) {
      throw new Error(
        "filter.expression: after an append (expected: before it; expressions run on the server only)",
      );
    }
    if (options?.payloadForm === PayloadForm.STRUCT) {
      throw new Error(
        "options.payloadForm: STRUCT after an append (expected: before it; forms are made on the server)",
      );
    }
  }
}

function since(filter: EventFilter, time: Timestamp | undefined): EventFilter {
  const isLater = time === undefined || (filter.since !== undefined && compareTimes(filter.since, time) > 0);
  return isLater ? filter : changed(EventFilterSchema, filter, { since: time });
}

/** @param stored in the direction of the read, own oldest first */
function merged(
  stored: RecordedEvent[],
  own: RecordedEvent[],
  isBackward: boolean,
  limit: bigint,
): RecordedEvent[] {
  const all = isBackward ? [...own.toReversed(), ...stored] : [...stored, ...own];
  return limit > 0n && limit < all.length ? all.slice(0, Number(limit)) : all;
}
