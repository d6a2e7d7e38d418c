import { create } from "@bufbuild/protobuf";
import { EventReader } from "./event-reader.js";
import {
  ReadAllRequestSchema,
  ReadStreamRequestSchema,
  type ReadStreamSinceRequest,
} from "./gen/foldlog/v1/event_store_pb.js";
import { ALL, STREAM, STREAM_SINCE } from "./read-kinds.js";
import type { ReadAllInit, ReadStreamInit } from "./requests.js";
import { ResumingRead } from "./resuming-read.js";
import type { Calling } from "./unary-calls.js";

/** The three reads. */
export class Reads {
  readonly #calling: Calling;

  constructor(calling: Calling) {
    this.#calling = calling;
  }

  stream(request: ReadStreamInit, signal?: AbortSignal): EventReader {
    return new EventReader(
      new ResumingRead(this.#calling, STREAM, create(ReadStreamRequestSchema, request), signal),
    );
  }

  streamSince(request: ReadStreamSinceRequest, signal?: AbortSignal): EventReader {
    return new EventReader(new ResumingRead(this.#calling, STREAM_SINCE, request, signal));
  }

  all(request: ReadAllInit, signal?: AbortSignal): EventReader {
    return new EventReader(
      new ResumingRead(this.#calling, ALL, create(ReadAllRequestSchema, request), signal),
    );
  }
}
