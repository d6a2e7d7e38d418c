import type { RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import type { ReadBatch } from "./read-kinds.js";

/** @internal Where the batches of a read come from. */
export interface BatchSource {
  next(): Promise<ReadBatch | undefined>;
  close(): void;
}

/**
 * The events of one read, pulled from the server batch by batch as they are used: one batch is in use, and what
 * comes behind it waits in the connection, however slow the user is. All of them are as of one snapshot. A
 * connection that breaks is made again and the read goes on where it was, as often as the client's `retry` allows
 * between two batches. The first pull makes the call.
 *
 * A `for await` loop that is left ends the read. One that is pulled by hand and not used up must be closed, or the
 * server keeps the read open. Iteration is rejected with a `FoldlogError` when the server fails.
 */
export class EventReader implements AsyncIterableIterator<RecordedEvent>, Disposable {
  readonly #source: BatchSource;
  readonly #events: AsyncGenerator<RecordedEvent, undefined>;
  #waiting: readonly RecordedEvent[] = [];
  #fetching: Promise<boolean> | undefined;
  #newest: ReadBatch | undefined;
  #isClosed = false;

  /** @internal */
  constructor(source: BatchSource) {
    this.#source = source;
    this.#events = this.#generated();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next event; done when the read has ended or was closed. */
  next(): Promise<IteratorResult<RecordedEvent, undefined>> {
    return this.#events.next();
  }

  /** Ends the read: what leaving a `for await` loop does. */
  return(): Promise<IteratorResult<RecordedEvent, undefined>> {
    this.close();
    return this.#events.return(undefined);
  }

  /** What is left, in memory. */
  async toArray(): Promise<RecordedEvent[]> {
    const all: RecordedEvent[] = [];
    for await (const event of this) {
      all.push(event);
    }
    return all;
  }

  /** The read's snapshot: pass it as `asOfPosition` to read something else at the same point. */
  async asOfPosition(): Promise<bigint> {
    return (await this.#batch()).asOfPosition;
  }

  /** The partition's last sequence as of the snapshot, 0: empty. 0 in a read across partitions. */
  async lastSequence(): Promise<bigint> {
    return (await this.#batch()).lastSequence;
  }

  /**
   * How far a read across partitions has looked, with the batch in use: the `afterPosition` that goes on behind this
   * batch. 0 in reads of one partition.
   */
  async scannedPosition(): Promise<bigint> {
    return (await this.#batch()).scannedPosition;
  }

  /** Whether the limit of a `readStreamSince` left older events of the slice out. */
  async isTruncated(): Promise<boolean> {
    return (await this.#batch()).isTruncated;
  }

  /** Ends the read; the server is told. No further event comes. Safe to repeat. */
  close(): void {
    this.#isClosed = true;
    this.#source.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async *#generated(): AsyncGenerator<RecordedEvent, undefined> {
    try {
      do {
        const batch = this.#waiting;
        this.#waiting = [];
        for (const event of batch) {
          if (this.#isClosed) {
            return undefined;
          }
          yield event;
        }
      } while (this.#waiting.length > 0 || (await this.#fetch()));
      return undefined;
    } finally {
      this.close();
    }
  }

  async #batch(): Promise<ReadBatch> {
    if (this.#newest === undefined) {
      await this.#fetch();
    }
    if (this.#newest === undefined) {
      throw new Error("the read was closed before its first batch came");
    }
    return this.#newest;
  }

  /** Whether there was another batch. Who asks while one is under way waits for the same. */
  #fetch(): Promise<boolean> {
    this.#fetching ??= this.#fetched().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetched(): Promise<boolean> {
    const batch = await this.#source.next();
    if (batch === undefined) {
      return false;
    }
    this.#newest = batch;
    this.#waiting = batch.events;
    return true;
  }
}
