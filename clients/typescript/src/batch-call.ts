import type { DescMessage, DescMethodServerStreaming, MessageShape } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import type { Connection, Lease } from "./connection.js";
import { ownDetails } from "./error-details.js";
import { LinkedAbort } from "./linked-abort.js";
import { errorOf, foldlogError } from "./reasons.js";

/**
 * The answers of one server stream, pulled one by one. What is not pulled waits in the connection's window, and a
 * slow user slows the server down.
 */
export class BatchCall<O extends DescMessage> {
  readonly #lease: Lease;
  readonly #link: LinkedAbort;
  readonly #answers: Promise<AsyncIterator<MessageShape<O>>>;
  #isSilent = false;

  private constructor(lease: Lease, link: LinkedAbort, answers: Promise<AsyncIterator<MessageShape<O>>>) {
    this.#lease = lease;
    this.#link = link;
    this.#answers = answers;
    // Who never pulls is not told of a failure either.
    answers.catch(() => undefined);
  }

  /** Makes a call, which ends when the connection or the signal does. */
  static start<I extends DescMessage, O extends DescMessage>(
    connection: Connection,
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    signal: AbortSignal | undefined,
  ): BatchCall<O> {
    const lease = connection.lease();
    const link = new LinkedAbort(connection.closed, signal);
    const answers = lease.transport
      .stream(method, link.signal, undefined, undefined, only(request) as never)
      .then((response) => response.message[Symbol.asyncIterator]());
    return new BatchCall(lease, link, answers);
  }

  /**
   * The next answer; undefined: the stream has ended.
   *
   * @param silenceMaxMillis how long to wait before the connection counts as broken
   * @throws FoldlogError when the call failed, was closed, or said nothing for too long
   */
  async next(silenceMaxMillis: number): Promise<MessageShape<O> | undefined> {
    const timer = setTimeout(() => {
      this.#isSilent = true;
      this.#lease.abandon();
      this.close();
    }, silenceMaxMillis);
    try {
      const result = await (await this.#answers).next();
      if (result.done === true) {
        this.close();
        return undefined;
      }
      return result.value;
    } catch (failure) {
      this.close();
      throw this.#isSilent
        ? errorOf(
            ownDetails(Code.DeadlineExceeded, `the server said nothing for ${silenceMaxMillis} ms`),
            failure,
          )
        : asSeen(failure);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the call; the server is told. Safe to repeat. */
  close(): void {
    this.#link.abort();
    this.#lease.release();
  }
}

/** A server resets a stream whose reader was too slow when others need the room: it can be asked for again. */
function asSeen(failure: unknown): Error {
  const error = foldlogError(failure);
  return error.code === Code.Canceled && error.reason === ""
    ? errorOf(ownDetails(Code.Unavailable, "the server ended the stream, which was read too slowly"), failure)
    : error;
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield await Promise.resolve(value);
}
