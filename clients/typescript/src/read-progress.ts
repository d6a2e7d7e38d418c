import type { ReadBatch } from "./read-kinds.js";

/** How far a read has come. Immutable. */
export class ReadProgress {
  static readonly NONE = new ReadProgress(-1n, 0n, 0n, 0n);

  private constructor(
    /** The read's snapshot, -1: not known yet. */
    readonly asOfPosition: bigint,
    /** How many events have come. */
    readonly events: bigint,
    /** Sequence of the last of them, 0: none yet. */
    readonly sequence: bigint,
    /** How far a read across partitions has looked, 0: nowhere yet. */
    readonly position: bigint,
  ) {}

  get hasBegun(): boolean {
    return this.asOfPosition >= 0n;
  }

  after(batch: ReadBatch): ReadProgress {
    const last = batch.events.at(-1);
    return new ReadProgress(
      batch.asOfPosition,
      this.events + BigInt(batch.events.length),
      last?.sequence ?? this.sequence,
      batch.scannedPosition > 0n ? batch.scannedPosition : (last?.position ?? this.position),
    );
  }

  /** Whether nothing is left to read: the store was empty, or the limit (0: none) is reached. */
  isAtEnd(limit: bigint): boolean {
    return this.asOfPosition === 0n || (limit > 0n && this.events >= limit);
  }

  /** What is left of a limit; 0: there is none. */
  left(limit: bigint): bigint {
    return limit === 0n ? 0n : limit - this.events;
  }
}
