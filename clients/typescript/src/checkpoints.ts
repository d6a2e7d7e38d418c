import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { ResourceNotFoundError } from "./errors.js";
import {
  type Checkpoint,
  Checkpoints as CheckpointsService,
  CommitCheckpointRequestSchema,
  DeleteCheckpointRequestSchema,
  GetCheckpointRequestSchema,
  ListCheckpointsRequestSchema,
} from "./gen/foldlog/v1/checkpoints_pb.js";
import type { CallOptions } from "./options.js";
import { pages } from "./pages.js";
import type { UnaryCalls } from "./unary-calls.js";

const PAGE = 1_000;

/**
 * Named checkpoints: where workers that follow the log have come to. To move one together with the events that a
 * worker derives, put it into the append.
 *
 * A move or a removal whose answer is lost is not made again by itself: a second try could not tell its own first
 * from another worker's. It is rejected with an `OutcomeUnknownError`; {@link get} tells where the checkpoint is.
 */
export class Checkpoints {
  readonly #calls: UnaryCalls;

  /** @internal */
  constructor(calls: UnaryCalls) {
    this.#calls = calls;
  }

  /** Where a checkpoint is; undefined: nowhere yet. */
  async get(name: string, options?: CallOptions): Promise<Checkpoint | undefined> {
    const { getCheckpoint } = CheckpointsService.method;
    const request = create(GetCheckpointRequestSchema, { name });
    return unlessMissing(
      async () => (await this.#calls.answer(getCheckpoint, request, "read", options)).checkpoint,
    );
  }

  /**
   * Moves a checkpoint if it is where it is expected, so that of two workers under one name only one gets through.
   * As durable as an append when it has answered.
   *
   * @param from where it must be now; 0: nowhere yet
   * @param to processed through here
   * @throws CheckpointMovedError when it is elsewhere
   * @throws CheckpointWentBackError when `to` is before where it is
   * @throws PositionAheadError when `to` is past the head
   */
  move(name: string, from: bigint, to: bigint, options?: CallOptions): Promise<Checkpoint> {
    return this.commit({ name, expectedPosition: from, position: to }, options);
  }

  /** As {@link move}, with every choice of the API: unconditional moves, and moves back. */
  async commit(
    request: MessageInitShape<typeof CommitCheckpointRequestSchema>,
    options?: CallOptions,
  ): Promise<Checkpoint> {
    const { commitCheckpoint } = CheckpointsService.method;
    const message = create(CommitCheckpointRequestSchema, request);
    const { checkpoint } = await this.#calls.answer(commitCheckpoint, message, "write-once", options);
    if (checkpoint === undefined) {
      throw new Error("CommitCheckpoint answered without a checkpoint");
    }
    return checkpoint;
  }

  /** Removes a checkpoint; false: there was none. */
  async delete(name: string, options?: CallOptions): Promise<boolean> {
    const { deleteCheckpoint } = CheckpointsService.method;
    const request = create(DeleteCheckpointRequestSchema, { name });
    const answer = await unlessMissing(() =>
      this.#calls.answer(deleteCheckpoint, request, "write-once", options),
    );
    return answer !== undefined;
  }

  /** All checkpoints in name order (bytewise), fetched a page at a time as they are used. */
  list(options?: CallOptions): AsyncGenerator<Checkpoint, undefined> {
    return pages(async (pageToken) => {
      const request = create(ListCheckpointsRequestSchema, { pageSize: PAGE, pageToken });
      const page = await this.#calls.answer(
        CheckpointsService.method.listCheckpoints,
        request,
        "read",
        options,
      );
      return { elements: page.checkpoints, nextToken: page.nextPageToken };
    });
  }
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (failure) {
    if (failure instanceof ResourceNotFoundError) {
      return undefined;
    }
    throw failure;
  }
}
