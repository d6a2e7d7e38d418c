import type { DescMessage, Message, MessageShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { Backoff } from "./backoff.js";
import { BatchCall } from "./batch-call.js";
import { ownDetails } from "./error-details.js";
import type { FoldlogError } from "./errors.js";
import { LinkedAbort } from "./linked-abort.js";
import type { ReadBatch, ReadKind } from "./read-kinds.js";
import { ReadProgress } from "./read-progress.js";
import { errorOf, foldlogError } from "./reasons.js";
import type { Calling } from "./unary-calls.js";

/**
 * The batches of one read, one asked for at a time. A call that breaks is made again for what is left, under the
 * same snapshot, so no event is missing and none comes twice.
 */
export class ResumingRead<I extends DescMessage, O extends DescMessage> {
  readonly #calling: Calling;
  readonly #kind: ReadKind<I, O>;
  readonly #request: MessageShape<I> & { readonly limit: bigint };
  readonly #signal: AbortSignal | undefined;
  readonly #closing = new AbortController();
  readonly #backoff: Backoff;
  #progress = ReadProgress.NONE;
  #failures = 0;
  #call: BatchCall<O> | undefined;

  constructor(
    calling: Calling,
    kind: ReadKind<I, O>,
    request: MessageShape<I> & Message & { readonly limit: bigint },
    signal: AbortSignal | undefined,
  ) {
    this.#calling = calling;
    this.#kind = kind;
    this.#request = request;
    this.#signal = signal;
    this.#backoff = new Backoff(calling.settings.retry, () => calling.environment.random());
  }

  /** The next batch; undefined: the read has ended or was closed. */
  async next(): Promise<ReadBatch | undefined> {
    while (!this.#isClosed()) {
      this.#signal?.throwIfAborted();
      try {
        const answer = await this.#running().next(this.#calling.settings.silenceMaxMillis);
        this.#failures = 0;
        this.#backoff.reset();
        return answer === undefined ? undefined : this.#received(this.#kind.batch(answer));
      } catch (failure) {
        // Everything may have come before the connection broke.
        if (this.#isClosed() || this.#progress.isAtEnd(this.#request.limit)) {
          return undefined;
        }
        await this.#pauseAfter(this.#asTold(failure));
      }
    }
    return undefined;
  }

  /** Ends the read; the server is told. Safe to repeat. */
  close(): void {
    this.#closing.abort();
    this.#call?.close();
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  #running(): BatchCall<O> {
    const rest = this.#progress.hasBegun ? this.#kind.rest(this.#request, this.#progress) : this.#request;
    this.#call ??= BatchCall.start(this.#calling.connection, this.#kind.method, rest, this.#signal);
    return this.#call;
  }

  #received(batch: ReadBatch): ReadBatch {
    const isKnown = this.#kind.isReadAgain && this.#progress.events > 0n;
    const fresh = isKnown
      ? { ...batch, events: batch.events.filter((event) => event.sequence > this.#progress.sequence) }
      : batch;
    this.#progress = this.#progress.after(fresh);
    return fresh;
  }

  #asTold(failure: unknown): FoldlogError {
    this.#signal?.throwIfAborted();
    return this.#calling.connection.closed.aborted
      ? errorOf(ownDetails(Code.Canceled, "the client was closed"), failure)
      : foldlogError(failure);
  }

  /** Throws the failure when another try is of no use. */
  async #pauseAfter(failure: FoldlogError): Promise<void> {
    this.#call = undefined;
    this.#failures++;
    if (!failure.isTransient || this.#failures >= this.#calling.settings.retry.triesMax) {
      throw failure;
    }
    const link = new LinkedAbort(this.#calling.connection.closed, this.#signal, this.#closing.signal);
    try {
      await this.#calling.environment.pause(this.#backoff.after(failure), link.signal);
    } catch (interruption) {
      if (!this.#isClosed()) {
        throw this.#asTold(interruption);
      }
    } finally {
      link.unlink();
    }
  }
}
