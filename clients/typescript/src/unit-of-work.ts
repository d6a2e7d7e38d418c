import { create } from "@bufbuild/protobuf";
import type { BufferedEvents } from "./buffered-events.js";
import type { RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import {
  type AppendRequest,
  AppendRequestSchema,
  type CheckpointUpdate,
  CheckpointUpdateSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import {
  type NewEventInit,
  type ReadAllInit,
  type ReadStreamInit,
  type ReadStreamSinceInit,
  readStreamSinceRequest,
} from "./requests.js";
import type { UnitReads } from "./unit-reads.js";

/**
 * What the function of `withTransaction` reads and writes through. The first read fixes a snapshot, and every read
 * is as of it, plus the events that this unit appended before: those come last, with position and sequence 0 (not
 * given yet), and with the client's time where they had none. Nothing is stored before the function has returned.
 *
 * The events of a read are held in memory. An event without `partitionKey` is taken to be in the partition of its
 * artifact: give the key where a rule of the artifact's type makes another. Of no use after the function has
 * returned, before which all reads must have been awaited.
 */
export class UnitOfWork {
  readonly #reads: UnitReads;
  readonly #buffered: BufferedEvents;
  readonly #checkpoints: CheckpointUpdate[] = [];
  #isOver = false;

  /** @internal */
  constructor(reads: UnitReads, buffered: BufferedEvents) {
    this.#reads = reads;
    this.#buffered = buffered;
  }

  /**
   * A partition, in sequence order: as a whole by its key, or as the request says.
   *
   * @throws Error when its filter has an expression and the unit has appended
   * @throws RangeError when it names a snapshot of its own
   */
  async readStream(request: string | ReadStreamInit): Promise<RecordedEvent[]> {
    this.#requireOpen();
    return this.#reads.stream(typeof request === "string" ? { partitionKey: request } : request);
  }

  /** The recent events of a partition: those with `timestamp >= since`; refused as {@link readStream}. */
  async readStreamSince(request: ReadStreamSinceInit): Promise<RecordedEvent[]> {
    this.#requireOpen();
    return this.#reads.streamSince(readStreamSinceRequest(request));
  }

  /** The events of all partitions that match, in position order, as the request says; refused as {@link readStream}. */
  async readAll(request: ReadAllInit = {}): Promise<RecordedEvent[]> {
    this.#requireOpen();
    return this.#reads.all(request);
  }

  /** Appends events when the unit commits. Later reads of this unit see them. */
  append(...events: readonly NewEventInit[]): void {
    this.#requireOpen();
    for (const event of events) {
      this.#buffered.add(event);
    }
  }

  /**
   * Moves a checkpoint when the unit commits, with the events appended; a unit that appends none cannot.
   *
   * @param from where it must be then; 0: nowhere yet. If it is elsewhere the unit fails with a
   *     `CheckpointMovedError` and does not run again
   * @param to processed through here
   */
  moveCheckpoint(name: string, from: bigint, to: bigint): void {
    this.#requireOpen();
    this.#checkpoints.push(create(CheckpointUpdateSchema, { name, expectedPosition: from, position: to }));
  }

  /** The snapshot; undefined before the first read. Projection states are not covered by it. */
  get asOfPosition(): bigint | undefined {
    return this.#reads.snapshot;
  }

  /** @internal No more use of it. */
  end(): void {
    this.#isOver = true;
  }

  /** @internal The append that commits it; undefined: there is nothing to commit. */
  commit(): AppendRequest | undefined {
    if (this.#reads.isUnderWay) {
      throw new Error(
        "a read of the unit of work is under way (expected: awaited before its function returns)",
      );
    }
    if (!this.#buffered.isEmpty) {
      return create(AppendRequestSchema, {
        events: this.#buffered.proposed,
        preconditions: this.#reads.preconditions,
        checkpoints: this.#checkpoints,
      });
    }
    if (this.#checkpoints.length > 0) {
      throw new Error("checkpoints: moved without an event (expected: an append beside them)");
    }
    return undefined;
  }

  #requireOpen(): void {
    if (this.#isOver) {
      throw new Error("the unit of work is over (expected: used inside its function only)");
    }
  }
}
