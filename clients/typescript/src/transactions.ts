import { Backoff } from "./backoff.js";
import { BufferedEvents } from "./buffered-events.js";
import { ConcurrencyConflictError, type FoldlogError } from "./errors.js";
import type { EventIds } from "./event-ids.js";
import type { AppendRequest } from "./gen/foldlog/v1/event_store_pb.js";
import { LinkedAbort } from "./linked-abort.js";
import type { CallOptions } from "./options.js";
import type { Reads } from "./reads.js";
import type { Calling } from "./unary-calls.js";
import { UnitOfWork } from "./unit-of-work.js";
import { UnitReads } from "./unit-reads.js";

/** What runs in a transaction. It may run several times, so it should do nothing that a rerun would double. */
export type TransactionFunction<T> = (unit: UnitOfWork) => T | Promise<T>;

/** Runs units of work: reads, decides, commits by one append, and again on a conflict. */
export class Transactions {
  readonly #calling: Calling;
  readonly #reads: Reads;
  readonly #append: (request: AppendRequest, options: CallOptions) => Promise<unknown>;
  readonly #ids: EventIds;

  constructor(
    calling: Calling,
    reads: Reads,
    append: (request: AppendRequest, options: CallOptions) => Promise<unknown>,
    ids: EventIds,
  ) {
    this.#calling = calling;
    this.#reads = reads;
    this.#append = append;
    this.#ids = ids;
  }

  async run<T>(work: TransactionFunction<T>, options: CallOptions): Promise<T> {
    const { settings, environment } = this.#calling;
    const backoff = new Backoff(settings.retry, () => environment.random());
    for (let reruns = 0; ; reruns++) {
      const { result, request } = await this.#ran(work, options);
      if (request === undefined) {
        return result;
      }
      try {
        await this.#append(request, options);
        return result;
      } catch (failure) {
        if (!(failure instanceof ConcurrencyConflictError) || reruns === settings.rerunsMax) {
          throw failure;
        }
        await this.#pauseAfter(failure, backoff, options);
      }
    }
  }

  async #ran<T>(
    work: TransactionFunction<T>,
    { signal }: CallOptions,
  ): Promise<{ result: T; request: AppendRequest | undefined }> {
    signal?.throwIfAborted();
    const buffered = new BufferedEvents(this.#ids, this.#calling.environment);
    const unit = new UnitOfWork(new UnitReads(this.#reads, buffered, signal), buffered);
    try {
      const result = await work(unit);
      return { result, request: unit.commit() };
    } finally {
      unit.end();
    }
  }

  async #pauseAfter(failure: FoldlogError, backoff: Backoff, { signal }: CallOptions): Promise<void> {
    const link = new LinkedAbort(this.#calling.connection.closed, signal);
    try {
      await this.#calling.environment.pause(backoff.after(failure), link.signal);
    } catch {
      signal?.throwIfAborted();
      throw failure;
    } finally {
      link.unlink();
    }
  }
}
