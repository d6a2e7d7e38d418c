import type { ClientSessionOptions, SecureClientSessionOptions } from "node:http2";
import type { Interceptor } from "@connectrpc/connect";

/**
 * How often a call that failed is made again, and how long it waits in between: at random between nothing and a
 * bound that starts with `firstPauseMaxMillis` and doubles up to `pauseMaxMillis` (full jitter), so that clients
 * do not come back all at once. When the server asks for a pause, that comes on top.
 */
export interface RetryPolicy {
  /** How often a call is made at most, the first time included; 1: never again. Default 5. */
  readonly triesMax: number;
  /** Bound of the first pause, in milliseconds. Default 100. */
  readonly firstPauseMaxMillis: number;
  /** Bound of any pause, in milliseconds. Default 5000. */
  readonly pauseMaxMillis: number;
}

/** How a client behaves. Durations are in milliseconds. */
export interface ClientOptions {
  /** How long a call may take with all its tries; reads and subscriptions have none as a whole. Default 30000. */
  readonly deadlineMillis?: number;
  /** How long one try may take, after which its outcome counts as unknown. Default 10000. */
  readonly tryDeadlineMillis?: number;
  /** How long a read waits for its next batch before the connection counts as broken. Default 30000. */
  readonly silenceMaxMillis?: number;
  /** Tries and pauses of calls and reads; subscriptions use its pauses and never give up. */
  readonly retry?: Partial<RetryPolicy>;
  /** How often the function of `withTransaction` runs again after a conflict. Default 5. */
  readonly rerunsMax?: number;
}

/** How a client reaches its server. */
export interface ConnectOptions extends ClientOptions {
  /** Node's own options of the connection, such as certificates for an `https:` address. */
  readonly nodeOptions?: ClientSessionOptions | SecureClientSessionOptions;
  /** Around every call, for example to add a header. */
  readonly interceptors?: readonly Interceptor[];
}

/** What one call can be given. */
export interface CallOptions {
  /** Gives the call up: the server is told, and the call is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long this call may take with all its tries, instead of the client's `deadlineMillis`. */
  readonly deadlineMillis?: number | undefined;
}

/** What one read can be given. */
export interface ReadCallOptions {
  /** Gives the read up: the server is told, and the read is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options with their defaults filled in. */
export interface Settings {
  readonly deadlineMillis: number;
  readonly tryDeadlineMillis: number;
  readonly silenceMaxMillis: number;
  readonly retry: RetryPolicy;
  readonly rerunsMax: number;
}

const RETRY: RetryPolicy = { triesMax: 5, firstPauseMaxMillis: 100, pauseMaxMillis: 5_000 };

/** The settings that options mean. Throws a RangeError for what cannot be. */
export function settings(options: ClientOptions): Settings {
  const retry = { ...RETRY, ...options.retry };
  return {
    deadlineMillis: positive("deadlineMillis", options.deadlineMillis ?? 30_000),
    tryDeadlineMillis: positive("tryDeadlineMillis", options.tryDeadlineMillis ?? 10_000),
    silenceMaxMillis: positive("silenceMaxMillis", options.silenceMaxMillis ?? 30_000),
    retry: {
      triesMax: whole("retry.triesMax", retry.triesMax, 1),
      firstPauseMaxMillis: positive("retry.firstPauseMaxMillis", retry.firstPauseMaxMillis),
      pauseMaxMillis: atLeast("retry.pauseMaxMillis", retry.pauseMaxMillis, retry.firstPauseMaxMillis),
    },
    rerunsMax: whole("rerunsMax", options.rerunsMax ?? 5, 0),
  };
}

/** The longest time that Node's timers take, in milliseconds: beyond it they fire at once. */
export const MILLIS_MAX = 0x7fff_ffff;

/** The value, if it is a time that can be waited. */
export function positive(name: string, value: number): number {
  return required(name, value, value > 0 && value <= MILLIS_MAX, `> 0 and <= ${MILLIS_MAX}`);
}

/** The value, if it is a whole number and not below the least. */
export function whole(name: string, value: number, least: number): number {
  return required(name, value, Number.isSafeInteger(value) && value >= least, `a whole number >= ${least}`);
}

function atLeast(name: string, value: number, least: number): number {
  return required(name, value, value >= least && value <= MILLIS_MAX, `>= ${least} and <= ${MILLIS_MAX}`);
}

function required(name: string, value: number, holds: boolean, expected: string): number {
  if (!holds) {
    throw new RangeError(`${name}: ${value} (expected: ${expected})`);
  }
  return value;
}
