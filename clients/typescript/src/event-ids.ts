import type { Environment } from "./environment.js";

const COUNTER_MAX = 0xfff;

/**
 * Ids for events that have none: UUIDv7 (RFC 9562), which sort by the time they were made, as the store's index of
 * ids likes them. The 12 bits after the version count within a millisecond.
 */
export class EventIds {
  readonly #environment: Pick<Environment, "now" | "randomBytes">;
  #millis = 0;
  #counter = 0;

  constructor(environment: Pick<Environment, "now" | "randomBytes">) {
    this.#environment = environment;
  }

  /** A new id, greater than every one that this object made before, also when the clock goes back. */
  next(): string {
    this.#tick(this.#environment.now());
    const time = this.#millis.toString(16).padStart(12, "0");
    const counter = this.#counter.toString(16).padStart(3, "0");
    const tail = Buffer.from(this.#environment.randomBytes(8));
    tail.writeUInt8(0x80 | (tail.readUInt8(0) & 0x3f), 0);
    const random = tail.toString("hex");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${random.slice(0, 4)}-${random.slice(4)}`;
  }

  #tick(now: number): void {
    if (now > this.#millis) {
      this.#millis = now;
      this.#counter = 0;
    } else if (this.#counter < COUNTER_MAX) {
      this.#counter++;
    } else {
      this.#millis++;
      this.#counter = 0;
    }
  }
}
