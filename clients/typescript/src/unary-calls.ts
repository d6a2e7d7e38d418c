import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { Backoff } from "./backoff.js";
import type { Connection } from "./connection.js";
import type { Environment } from "./environment.js";
import { ownDetails } from "./error-details.js";
import type { FoldlogError, WriteRequest } from "./errors.js";
import { LinkedAbort } from "./linked-abort.js";
import { type CallOptions, positive, type Settings } from "./options.js";
import { errorOf, foldlogError, outcomeUnknown } from "./reasons.js";

/**
 * What a call does, and so when it may be made again by itself: `read`, whenever the failure may pass;
 * `write-with-ids`, the same, because ids make a second time the same as the first; `write-once`, only when it is
 * certain that it took no effect.
 */
export type Repeat = "read" | "write-with-ids" | "write-once";

/** What all calls of a client share. */
export interface Calling {
  readonly connection: Connection;
  readonly settings: Settings;
  readonly environment: Environment;
}

/** Calls with one answer: each has a deadline, and is made again where that is safe. */
export class UnaryCalls {
  readonly #calling: Calling;

  constructor(calling: Calling) {
    this.#calling = calling;
  }

  /**
   * The answer to a call.
   *
   * @throws OutcomeUnknownError when it writes and nothing tells whether it did
   * @throws FoldlogError for every other failure
   */
  async answer<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    repeat: Repeat,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    options.signal?.throwIfAborted();
    return new Call(this.#calling, method, request, repeat, options).answer();
  }
}

/** One call with its tries. */
class Call<I extends DescMessage, O extends DescMessage> {
  readonly #calling: Calling;
  readonly #method: DescMethodUnary<I, O>;
  readonly #request: MessageShape<I>;
  readonly #repeat: Repeat;
  readonly #signal: AbortSignal | undefined;
  readonly #backoff: Backoff;
  readonly #endMillis: number;
  #tries = 0;
  #isInDoubt = false;

  constructor(
    calling: Calling,
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    repeat: Repeat,
    options: CallOptions,
  ) {
    const { settings, environment } = calling;
    this.#calling = calling;
    this.#method = method;
    this.#request = request;
    this.#repeat = repeat;
    this.#signal = options.signal;
    this.#backoff = new Backoff(settings.retry, () => environment.random());
    const deadlineMillis = positive("deadlineMillis", options.deadlineMillis ?? settings.deadlineMillis);
    this.#endMillis = environment.elapsed() + deadlineMillis;
  }

  async answer(): Promise<MessageShape<O>> {
    const link = new LinkedAbort(this.#calling.connection.closed, this.#signal);
    try {
      for (;;) {
        try {
          this.#tries++;
          return await this.#once(link.signal);
        } catch (failure) {
          await this.#pauseAfter(this.#asTold(failure), link.signal);
        }
      }
    } finally {
      link.unlink();
    }
  }

  async #once(signal: AbortSignal): Promise<MessageShape<O>> {
    const lease = this.#calling.connection.lease();
    const millis = Math.max(
      1,
      Math.ceil(Math.min(this.#leftMillis(), this.#calling.settings.tryDeadlineMillis)),
    );
    try {
      const answer = await lease.transport.unary(
        this.#method,
        signal,
        millis,
        undefined,
        this.#request as never,
      );
      return answer.message;
    } catch (failure) {
      const error = foldlogError(failure);
      if (error.code === Code.DeadlineExceeded) {
        lease.abandon();
      }
      throw error;
    } finally {
      lease.release();
    }
  }

  /** The failure of a try, unless the caller gave up. */
  #asTold(failure: unknown): FoldlogError {
    this.#signal?.throwIfAborted();
    if (!this.#calling.connection.closed.aborted) {
      return foldlogError(failure);
    }
    return errorOf(ownDetails(Code.Canceled, "the client was closed"), failure);
  }

  /** Returns when the call is to be made again; otherwise throws what the caller is told. */
  async #pauseAfter(failure: FoldlogError, signal: AbortSignal): Promise<void> {
    this.#isInDoubt ||= this.#repeat !== "read" && !failure.isWithoutEffect;
    const pauseMillis = this.#backoff.after(failure);
    if (!this.#mayRepeat(failure) || pauseMillis >= this.#leftMillis()) {
      throw this.#told(failure);
    }
    try {
      await this.#calling.environment.pause(pauseMillis, signal);
    } catch (interruption) {
      throw this.#told(this.#asTold(interruption));
    }
  }

  #mayRepeat(failure: FoldlogError): boolean {
    return (
      failure.isTransient &&
      this.#tries < this.#calling.settings.retry.triesMax &&
      (this.#repeat !== "write-once" || failure.isWithoutEffect)
    );
  }

  #leftMillis(): number {
    return this.#endMillis - this.#calling.environment.elapsed();
  }

  /**
   * A definite answer of the server ends a doubt: ids are looked up first, so a try that had been stored would have
   * been answered.
   */
  #told(failure: FoldlogError): FoldlogError {
    const isEnd = failure.isWithoutEffect && !failure.isTransient;
    if (!this.#isInDoubt || isEnd) {
      return failure;
    }
    // Only a call that writes is in doubt.
    return outcomeUnknown(failure, this.#request as WriteRequest);
  }
}
