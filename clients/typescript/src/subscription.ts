import { create } from "@bufbuild/protobuf";
import { type Duration, DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { Backoff } from "./backoff.js";
import { BatchCall } from "./batch-call.js";
import { ownDetails } from "./error-details.js";
import type { FoldlogError } from "./errors.js";
import type { RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import {
  EventStore,
  type SubscribeAllRequest,
  SubscribeAllRequestSchema,
  type SubscribeAllResponse,
  type SubscribeAllResponseSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import { LinkedAbort } from "./linked-abort.js";
import { MILLIS_MAX, whole } from "./options.js";
import { changed } from "./read-kinds.js";
import { errorOf, foldlogError } from "./reasons.js";
import type { SubscribeAllInit } from "./requests.js";
import type { Calling } from "./unary-calls.js";

const HEARTBEAT_SECONDS = 15n;
const HEARTBEATS_MISSED_MAX = 3;

/** How a subscription behaves. */
export interface SubscribeOptions {
  /** Ends the subscription: iteration is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** After so many heartbeat intervals of silence the connection counts as broken. Default 3. */
  readonly heartbeatsMissedMax?: number | undefined;
}

/**
 * What a subscription says, in the order of positions. `position` means: whoever has handled the message has
 * handled everything that matches through there; it never goes back. Newer versions may add kinds: ignore what you
 * do not know.
 */
export type SubscriptionMessage =
  /** The subscription runs: first after the start, then after each reconnection. */
  | {
      readonly kind: "connected";
      readonly position: bigint;
      /** The store's identity, to keep beside the position. */
      readonly storeId: string;
      readonly headPosition: bigint;
    }
  /** An event: each once in the life of a subscription. */
  | { readonly kind: "event"; readonly position: bigint; readonly event: RecordedEvent }
  /** Everything through here was delivered, or does not match: a good place for a checkpoint. */
  | { readonly kind: "position"; readonly position: bigint }
  /** The past is done, what follows is live. Again after each `fellBehind` and after reconnections. */
  | { readonly kind: "caughtUp"; readonly position: bigint }
  /** Delivery is far behind the head: no longer live, the past is read again. */
  | { readonly kind: "fellBehind"; readonly position: bigint; readonly headPosition: bigint }
  /** Nothing new, but the server is there. */
  | { readonly kind: "heartbeat"; readonly position: bigint; readonly headPosition: bigint }
  /** The connection broke or was silent for too long, and is made again after a pause. */
  | {
      readonly kind: "disconnected";
      readonly position: bigint;
      readonly cause: FoldlogError;
      readonly pauseMillis: number;
    };

/**
 * A running subscription, to be iterated once. It connects again by itself, with pauses that grow, after a restart
 * of the server, a broken connection or a silent one, and goes on behind the last event that was pulled, in the same
 * store only. Iteration is done when it was closed, and rejected with what no repeat can mend, such as a
 * `RetentionGapError`, `StoreMismatchError` or `PositionAheadError`. A `for await` loop that is left closes it. The
 * first pull makes the call; a slow user slows the server down.
 */
export class Subscription implements AsyncIterableIterator<SubscriptionMessage>, Disposable {
  readonly #calling: Calling;
  readonly #request: SubscribeAllRequest;
  readonly #options: SubscribeOptions;
  readonly #missedMax: number;
  readonly #closing = new AbortController();
  readonly #backoff: Backoff;
  readonly #messages: AsyncGenerator<SubscriptionMessage, undefined>;
  #call: BatchCall<typeof SubscribeAllResponseSchema> | undefined;
  #position: bigint;
  #storeId: string;
  #hasStarted = false;
  #silenceMaxMillis = 0;

  /** @internal */
  constructor(calling: Calling, request: SubscribeAllInit, options: SubscribeOptions) {
    this.#calling = calling;
    this.#request = create(SubscribeAllRequestSchema, request);
    this.#options = options;
    this.#missedMax = whole("heartbeatsMissedMax", options.heartbeatsMissedMax ?? HEARTBEATS_MISSED_MAX, 1);
    this.#backoff = new Backoff(calling.settings.retry, () => calling.environment.random());
    this.#position = this.#request.start.case === "afterPosition" ? this.#request.start.value : 0n;
    this.#storeId = this.#request.storeId;
    this.#messages = this.#generated();
  }

  /** Everything that matches through here was pulled. */
  get position(): bigint {
    return this.#position;
  }

  /** The store that {@link position} belongs to; empty before the first connection. */
  get storeId(): string {
    return this.#storeId;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next message; done when the subscription was closed. */
  next(): Promise<IteratorResult<SubscriptionMessage, undefined>> {
    return this.#messages.next();
  }

  /** Ends the subscription: what leaving a `for await` loop does. */
  return(): Promise<IteratorResult<SubscriptionMessage, undefined>> {
    this.close();
    return this.#messages.return(undefined);
  }

  /** The events alone, for those who need nothing else. Iterate either this or the subscription. */
  async *events(): AsyncGenerator<RecordedEvent, undefined> {
    for await (const message of this) {
      if (message.kind === "event") {
        yield message.event;
      }
    }
    return undefined;
  }

  /** Ends it; the server is told, and nothing more is delivered. Safe to repeat. */
  close(): void {
    this.#closing.abort();
    this.#call?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #isOver(): boolean {
    return this.#closing.signal.aborted || this.#calling.connection.closed.aborted;
  }

  async *#generated(): AsyncGenerator<SubscriptionMessage, undefined> {
    try {
      while (!this.#isOver()) {
        const cause = yield* this.#delivered();
        if (this.#isOver()) {
          break;
        }
        this.#options.signal?.throwIfAborted();
        if (!cause.isTransient) {
          throw cause;
        }
        const pauseMillis = this.#backoff.after(cause);
        yield { kind: "disconnected", position: this.#position, cause, pauseMillis };
        await this.#pause(pauseMillis);
      }
      return undefined;
    } finally {
      this.close();
    }
  }

  /** Delivers until the connection breaks, and returns why it did. */
  async *#delivered(): AsyncGenerator<SubscriptionMessage, FoldlogError> {
    this.#options.signal?.throwIfAborted();
    const request = this.#nextRequest();
    const intervalMillis = millis(request.heartbeatInterval);
    // A server confirms at once; whoever is content with shorter silences later need not wait longer for that.
    this.#silenceMaxMillis = Math.min(
      this.#calling.settings.silenceMaxMillis,
      intervalMillis * this.#missedMax,
    );
    try {
      const { connection } = this.#calling;
      const call = BatchCall.start(connection, EventStore.method.subscribeAll, request, this.#options.signal);
      this.#call = call;
      for (;;) {
        const response = await call.next(this.#silenceMaxMillis);
        if (response === undefined) {
          return errorOf(ownDetails(Code.Unavailable, "the subscription was ended"));
        }
        for (const message of this.#read(response)) {
          if (this.#isOver()) {
            break;
          }
          this.#position = message.position > this.#position ? message.position : this.#position;
          yield message;
        }
      }
    } catch (failure) {
      return foldlogError(failure);
    } finally {
      this.#call?.close();
    }
  }

  /** What a response of the server says. */
  *#read({ kind, position: stated }: SubscribeAllResponse): Generator<SubscriptionMessage> {
    const position = stated > this.#position ? stated : this.#position;
    switch (kind.case) {
      case "confirmed": {
        const { storeId, startPosition, headPosition, heartbeatInterval } = kind.value;
        this.#storeId = storeId;
        this.#hasStarted = true;
        const intervalMillis = millis(heartbeatInterval ?? this.#nextRequest().heartbeatInterval);
        this.#silenceMaxMillis = Math.min(MILLIS_MAX, intervalMillis * this.#missedMax);
        const start = startPosition > this.#position ? startPosition : this.#position;
        yield { kind: "connected", position: start, storeId, headPosition };
        return;
      }
      case "batch":
        for (const event of kind.value.events) {
          yield { kind: "event", position: event.position, event };
        }
        yield { kind: "position", position };
        break;
      case "caughtUp":
        yield { kind: "caughtUp", position };
        break;
      case "fellBehind":
        yield { kind: "fellBehind", position, headPosition: kind.value.headPosition };
        break;
      case "heartbeat":
        yield { kind: "heartbeat", position, headPosition: kind.value.headPosition };
        break;
      case undefined:
        // A kind of a newer server: only its position counts.
        yield { kind: "position", position };
        break;
    }
    this.#backoff.reset();
  }

  #nextRequest(): SubscribeAllRequest {
    const request = changed(SubscribeAllRequestSchema, this.#request, {
      storeId: this.#storeId,
      heartbeatInterval: this.#request.heartbeatInterval ?? { seconds: HEARTBEAT_SECONDS },
    });
    if (this.#hasStarted) {
      request.start = { case: "afterPosition", value: this.#position };
    }
    return request;
  }

  async #pause(pauseMillis: number): Promise<void> {
    const { connection, environment } = this.#calling;
    const link = new LinkedAbort(connection.closed, this.#options.signal, this.#closing.signal);
    try {
      await environment.pause(pauseMillis, link.signal);
    } catch (interruption) {
      this.#options.signal?.throwIfAborted();
      if (!this.#isOver()) {
        throw interruption;
      }
    } finally {
      link.unlink();
    }
  }
}

function millis(duration: Duration | undefined): number {
  const { seconds, nanos } = duration ?? create(DurationSchema, { seconds: HEARTBEAT_SECONDS });
  return Number(seconds) * 1_000 + nanos / 1_000_000;
}
