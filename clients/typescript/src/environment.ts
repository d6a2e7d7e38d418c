import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

/** What a client needs of the machine; tests give another. */
export interface Environment {
  /** The time of day, in milliseconds since 1970. */
  now(): number;
  /** A clock that never goes back, in milliseconds. */
  elapsed(): number;
  /** A number from 0 to 1, without 1. */
  random(): number;
  /** So many random bytes. */
  randomBytes(count: number): Uint8Array;
  /** Waits; is rejected when the signal aborts. */
  pause(millis: number, signal: AbortSignal): Promise<void>;
}

/** This process's own. */
export const MACHINE: Environment = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  randomBytes: (count) => randomBytes(count),
  pause: (millis, signal) => pause(millis, undefined, { signal }),
};
