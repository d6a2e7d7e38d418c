import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { EventReader } from "./event-reader.js";
import {
  ReadAllRequestSchema,
  ReadStreamRequestSchema,
  ReadStreamSinceRequestSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import { ALL, STREAM, STREAM_SINCE } from "./read-kinds.js";
import { ResumingRead } from "./resuming-read.js";
import type { Calling } from "./unary-calls.js";

/** The three reads. */
export class Reads {
  readonly #calling: Calling;

  constructor(calling: Calling) {
    this.#calling = calling;
  }

  stream(request: MessageInitShape<typeof ReadStreamRequestSchema>, signal?: AbortSignal): EventReader {
    return new EventReader(
      new ResumingRead(this.#calling, STREAM, create(ReadStreamRequestSchema, request), signal),
    );
  }

  streamSince(
    request: MessageInitShape<typeof ReadStreamSinceRequestSchema>,
    signal?: AbortSignal,
  ): EventReader {
    return new EventReader(
      new ResumingRead(this.#calling, STREAM_SINCE, create(ReadStreamSinceRequestSchema, request), signal),
    );
  }

  all(request: MessageInitShape<typeof ReadAllRequestSchema>, signal?: AbortSignal): EventReader {
    return new EventReader(
      new ResumingRead(this.#calling, ALL, create(ReadAllRequestSchema, request), signal),
    );
  }
}
