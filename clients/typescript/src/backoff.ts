import type { FoldlogError } from "./errors.js";
import type { RetryPolicy } from "./options.js";

/** Growing pauses with full jitter, as {@link RetryPolicy} says. */
export class Backoff {
  readonly #policy: RetryPolicy;
  readonly #random: () => number;
  #boundMillis: number;

  /** @param random draws from 0 to 1, without 1 */
  constructor(policy: RetryPolicy, random: () => number) {
    this.#policy = policy;
    this.#random = random;
    this.#boundMillis = policy.firstPauseMaxMillis;
  }

  /** The pause after a failure, in milliseconds: what the server asks for, and a random part. */
  after(failure: FoldlogError): number {
    return (failure.retryDelayMillis ?? 0) + this.next();
  }

  /** The next pause, in milliseconds. */
  next(): number {
    const drawn = this.#random() * this.#boundMillis;
    this.#boundMillis = Math.min(this.#policy.pauseMaxMillis, this.#boundMillis * 2);
    return drawn;
  }

  /** Starts anew with short pauses. */
  reset(): void {
    this.#boundMillis = this.#policy.firstPauseMaxMillis;
  }
}
