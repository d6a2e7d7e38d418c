import type { RecordedEvent, Subscription } from "foldlog";
import { Waiting } from "./waiting.js";

/** A subscription under way, with all that it has said. */
export class Collector {
  readonly #subscription: Subscription;
  readonly #waiting = new Waiting();
  readonly #signals = new Set<string>();
  readonly #events: RecordedEvent[] = [];
  readonly #ended: Promise<void>;
  #position = 0n;
  #end: { readonly failure: unknown } | undefined;

  constructor(subscription: Subscription) {
    this.#subscription = subscription;
    this.#ended = this.#collect().then(
      () => {
        this.#ends(undefined);
      },
      (failure: unknown) => {
        this.#ends(failure);
      },
    );
  }

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  get position(): bigint {
    return this.#position;
  }

  /** Whether the server has said this, in the words of the scenarios. */
  hasSaid(signal: string): boolean {
    return this.#signals.has(signal);
  }

  /** Waits until the condition holds; fails when the subscription ends before. */
  async until(holds: () => boolean, what: () => string): Promise<void> {
    await this.#waiting.until(() => {
      if (this.#end !== undefined) {
        throw new Error(`${what()}: the subscription has ended`, { cause: this.#end.failure });
      }
      return holds();
    }, what);
  }

  /** Waits until it has ended by itself: what it was rejected with, or undefined. */
  async end(): Promise<unknown> {
    await this.#waiting.until(
      () => this.#end !== undefined,
      () => "the subscription goes on",
    );
    return this.#end?.failure;
  }

  async close(): Promise<void> {
    this.#subscription.close();
    await this.#ended;
    if (this.#end?.failure !== undefined) {
      throw new Error("closing failed", { cause: this.#end.failure });
    }
  }

  async #collect(): Promise<void> {
    for await (const message of this.#subscription) {
      if (message.kind === "event") {
        this.#events.push(message.event);
      } else {
        this.#signals.add(message.kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
      }
      if (message.position < this.#position) {
        throw new Error(`position: ${message.position} (expected: at least ${this.#position})`);
      }
      this.#position = message.position;
      this.#waiting.changed();
    }
  }

  #ends(failure: unknown): void {
    this.#end = { failure };
    this.#waiting.changed();
  }
}
