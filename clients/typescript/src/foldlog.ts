import { clone, create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";
import { Checkpoints } from "./checkpoints.js";
import { Connection } from "./connection.js";
import { MACHINE } from "./environment.js";
import { EventIds } from "./event-ids.js";
import type { EventReader } from "./event-reader.js";
import type { RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import {
  AppendRequestSchema,
  type AppendResponse,
  EventStore,
  GetEventRequestSchema,
  GetPartitionRequestSchema,
  GetStoreInfoRequestSchema,
  type GetStoreInfoResponse,
  ListPartitionsRequestSchema,
  type Partition,
  PartitionSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import {
  type CallOptions,
  type ClientOptions,
  type ConnectOptions,
  type ReadCallOptions,
  settings,
} from "./options.js";
import { pages } from "./pages.js";
import { Reads } from "./reads.js";
import {
  type AppendConditions,
  type AppendRequestInit,
  type NewEventInit,
  type ReadAllInit,
  type ReadStreamInit,
  type ReadStreamSinceInit,
  readStreamSinceRequest,
  type SubscribeAllInit,
} from "./requests.js";
import { type SubscribeOptions, Subscription } from "./subscription.js";
import { type TransactionFunction, Transactions } from "./transactions.js";
import { type Calling, UnaryCalls } from "./unary-calls.js";

const PAGE = 1_000;

/** How far back `loadHistory` looks unless told otherwise: 30 days, in milliseconds. */
export const HISTORY_MILLIS = 30 * 24 * 60 * 60 * 1_000;

/** What an append can be given beside its events. */
export interface AppendOptions extends CallOptions, AppendConditions {}

/**
 * A client of one Foldlog server: make one and share it.
 *
 * Every call has a deadline and is rejected with a `FoldlogError` when it fails. What may pass (no connection, an
 * overloaded or starting server) is tried again, with full jitter, where that is safe: for reads, and for appends,
 * because their events always have ids. An append that has answered is as durable as the store's info says, and
 * every later read shows it. Positions, sequences and other 64-bit numbers are `bigint`s.
 */
export class Foldlog implements Disposable {
  /** Named checkpoints. */
  readonly checkpoints: Checkpoints;
  readonly #calling: Calling;
  readonly #calls: UnaryCalls;
  readonly #reads: Reads;
  readonly #ids: EventIds;
  readonly #transactions: Transactions;

  private constructor(connection: Connection, options: ClientOptions) {
    this.#calling = { connection, settings: settings(options), environment: MACHINE };
    this.#calls = new UnaryCalls(this.#calling);
    this.#reads = new Reads(this.#calling);
    this.#ids = new EventIds(MACHINE);
    this.checkpoints = new Checkpoints(this.#calls);
    this.#transactions = new Transactions(
      this.#calling,
      this.#reads,
      (request, call) => this.appendRequest(request, call),
      this.#ids,
    );
  }

  /**
   * A client of the server at an address: `127.0.0.1:7070` (without TLS), `http://…` or `https://…`. The first call
   * connects. An idle connection does not keep the process alive.
   *
   * @throws TypeError when the address is none
   * @throws RangeError when an option cannot be
   */
  static connect(target: string, options: ConnectOptions = {}): Foldlog {
    return new Foldlog(Connection.to(target, options), options);
  }

  /** A client over a transport of the caller's, who closes it. */
  static over(transport: Transport, options: ClientOptions = {}): Foldlog {
    return new Foldlog(Connection.over(transport), options);
  }

  /**
   * Appends events, all or none, in this order, to one or more partitions, if all preconditions hold, and moves
   * checkpoints with them. Events without an id get a UUIDv7 (unless there is a `requestId`, from which the server
   * derives them), so that the client's own repeats, and the application's with the same ids, store them once.
   *
   * A signal that aborts leaves open whether the events were stored.
   *
   * @throws ConcurrencyConflictError when a precondition does not hold
   * @throws CheckpointMovedError when a checkpoint is not where it was expected
   * @throws EventIdConflictError when an id is stored with other content
   * @throws OutcomeUnknownError when no try brought an answer: stored whole or not at all; its request may be sent again
   */
  append(
    events: NewEventInit | readonly NewEventInit[],
    options: AppendOptions = {},
  ): Promise<AppendResponse> {
    const { signal, deadlineMillis, ...conditions } = options;
    const request = { ...conditions, events: isList(events) ? [...events] : [events] };
    return this.appendRequest(request, { signal, deadlineMillis });
  }

  /** As {@link append}, for a request that is there already, such as that of an `OutcomeUnknownError`. */
  async appendRequest(request: AppendRequestInit, options?: CallOptions): Promise<AppendResponse> {
    // A copy: what is sent again is what was sent, whatever the application does with its objects meanwhile.
    const message = clone(AppendRequestSchema, create(AppendRequestSchema, request));
    if (message.requestId === "") {
      for (const event of message.events) {
        event.eventId ||= this.#ids.next();
      }
    }
    return this.#calls.answer(EventStore.method.append, message, "write-with-ids", options);
  }

  /** A new id for an event: a UUIDv7, for applications that want to know it before the append. */
  newEventId(): string {
    return this.#ids.next();
  }

  /**
   * The events of one partition: a whole one by its key, in sequence order, or as the request says (direction,
   * place, limit, snapshot, filter). An unknown one is empty.
   */
  readStream(request: string | ReadStreamInit, options: ReadCallOptions = {}): EventReader {
    return this.#reads.stream(
      typeof request === "string" ? { partitionKey: request } : request,
      options.signal,
    );
  }

  /**
   * The recent slice of a partition: events with `timestamp >= since`, in sequence order, or as the request says
   * (limit, which counts from the end; snapshot; filter). Costs what the slice costs, not the partition.
   */
  readStreamSince(request: ReadStreamSinceInit, options: ReadCallOptions = {}): EventReader {
    return this.#reads.streamSince(readStreamSinceRequest(request), options.signal);
  }

  /**
   * The events of all partitions that match, in position order, up to the head at the first pull, or as the request
   * says (direction, place, limit, snapshot).
   */
  readAll(request: ReadAllInit = {}, options: ReadCallOptions = {}): EventReader {
    return this.#reads.all(request, options.signal);
  }

  /**
   * The recent events of a partition by their own timestamps, in sequence order, in memory.
   *
   * @param options.windowMillis how far back of this machine's clock; default {@link HISTORY_MILLIS}, 30 days
   */
  async loadHistory(
    partitionKey: string,
    options: ReadCallOptions & { readonly windowMillis?: number } = {},
  ): Promise<RecordedEvent[]> {
    const { windowMillis = HISTORY_MILLIS, ...rest } = options;
    if (!(windowMillis >= 0)) {
      throw new RangeError(`windowMillis: ${windowMillis} (expected: >= 0)`);
    }
    const since = timestampFromMs(this.#calling.environment.now() - windowMillis);
    return this.readStreamSince({ partitionKey, since }, rest).toArray();
  }

  /**
   * One event by its id.
   *
   * @throws ResourceNotFoundError when there is none
   */
  async getEvent(eventId: string, options?: CallOptions): Promise<RecordedEvent> {
    const request = create(GetEventRequestSchema, { eventId });
    const { event } = await this.#calls.answer(EventStore.method.getEvent, request, "read", options);
    if (event === undefined) {
      throw new Error("GetEvent answered without an event");
    }
    return event;
  }

  /** Head and bounds of a partition; an unknown one has last sequence 0. */
  async getPartition(partitionKey: string, options?: CallOptions): Promise<Partition> {
    const request = create(GetPartitionRequestSchema, { partitionKey });
    const { partition } = await this.#calls.answer(EventStore.method.getPartition, request, "read", options);
    return partition ?? create(PartitionSchema, { partitionKey });
  }

  /** The partitions whose keys have a prefix, in key order (bytewise), fetched a page at a time as they are used. */
  listPartitions(prefix = "", options?: CallOptions): AsyncGenerator<Partition, undefined> {
    return pages(async (pageToken) => {
      const request = create(ListPartitionsRequestSchema, { prefix, pageSize: PAGE, pageToken });
      const page = await this.#calls.answer(EventStore.method.listPartitions, request, "read", options);
      return { elements: page.partitions, nextToken: page.nextPageToken };
    });
  }

  /** Identity, head, durability, limits and features of the store. The cheapest call: use it to warm the connection. */
  storeInfo(options?: CallOptions): Promise<GetStoreInfoResponse> {
    const request = create(GetStoreInfoRequestSchema);
    return this.#calls.answer(EventStore.method.getStoreInfo, request, "read", options);
  }

  /**
   * Follows the log: first the past, from the oldest event or where the request's `start` says, then what comes.
   * Heartbeats come each 15 s unless the request says otherwise (1 s to 300 s).
   */
  subscribeAll(request: SubscribeAllInit = {}, options: SubscribeOptions = {}): Subscription {
    return new Subscription(this.#calling, request, options);
  }

  /**
   * Runs a function that reads and appends, as if nobody else wrote meanwhile (serializable for the events read
   * through the unit; projection states read meanwhile are not covered).
   *
   * Optimistic: the first read fixes a snapshot, appends are held back and seen by later reads of the unit, and the
   * commit is one append on the conditions that nothing read has changed. On a conflict the function runs again, at
   * most `rerunsMax` times, with full jitter; on an unknown outcome the same request is sent again. A function that
   * only reads commits nothing: its reads are of one snapshot already. The unit's reads may have 1,000 different
   * conditions and its appends the limits of one append.
   *
   * What the function throws ends the unit without an effect. A `deadlineMillis` is for the commit alone.
   *
   * @returns what the function returned in the run that was committed
   * @throws ConcurrencyConflictError when the last rerun met a conflict too
   * @throws OutcomeUnknownError when no try of the commit brought an answer
   */
  withTransaction<T>(work: TransactionFunction<T>, options: CallOptions = {}): Promise<T> {
    return this.#transactions.run(work, options);
  }

  /**
   * Closes the connection and ends the subscriptions. Calls and reads under way fail with a `TransportError` (an
   * append with an `OutcomeUnknownError`), so await them before. Safe to repeat.
   */
  close(): void {
    this.#calling.connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function isList(events: NewEventInit | readonly NewEventInit[]): events is readonly NewEventInit[] {
  return Array.isArray(events);
}
