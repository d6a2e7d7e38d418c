import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import {
  EventStore,
  ReadAllRequestSchema,
  type ReadAllResponseSchema,
  ReadStreamRequestSchema,
  type ReadStreamResponseSchema,
  ReadStreamSinceRequestSchema,
  type ReadStreamSinceResponseSchema,
} from "./gen/foldlog/v1/event_store_pb.js";
import type { ReadProgress } from "./read-progress.js";

/** An answer of any of the three reads. What one of them does not say is 0 or false. */
export interface ReadBatch {
  readonly events: readonly RecordedEvent[];
  readonly asOfPosition: bigint;
  readonly lastSequence: bigint;
  readonly scannedPosition: bigint;
  readonly isTruncated: boolean;
}

/** What differs between the reads: their messages, and how one goes on where it broke off, under its snapshot. */
export interface ReadKind<I extends DescMessage, O extends DescMessage> {
  readonly method: DescMethodServerStreaming<I, O>;
  batch(answer: MessageShape<O>): ReadBatch;
  /** The request for what is left. */
  rest(request: MessageShape<I>, progress: ReadProgress): MessageShape<I>;
  /** Whether the rest begins with events that have come already, up to the progress's sequence. */
  readonly isReadAgain: boolean;
}

/** `ReadStream`: goes on after (or, backward, before) the last sequence. */
export const STREAM: ReadKind<typeof ReadStreamRequestSchema, typeof ReadStreamResponseSchema> = {
  method: EventStore.method.readStream,
  batch: ({ events, asOfPosition, lastSequence }) => ({
    events,
    asOfPosition,
    lastSequence,
    scannedPosition: 0n,
    isTruncated: false,
  }),
  rest: (request, progress) =>
    changed(ReadStreamRequestSchema, request, {
      afterSequence: progress.events === 0n ? request.afterSequence : progress.sequence,
      limit: progress.left(request.limit),
      asOfPosition: progress.asOfPosition,
    }),
  isReadAgain: false,
};

/** `ReadStreamSince`: its limit counts from the end, so the same slice is read again. */
export const STREAM_SINCE: ReadKind<
  typeof ReadStreamSinceRequestSchema,
  typeof ReadStreamSinceResponseSchema
> = {
  method: EventStore.method.readStreamSince,
  batch: ({ events, asOfPosition, lastSequence, truncated }) => ({
    events,
    asOfPosition,
    lastSequence,
    scannedPosition: 0n,
    isTruncated: truncated,
  }),
  rest: (request, progress) =>
    changed(ReadStreamSinceRequestSchema, request, { asOfPosition: progress.asOfPosition }),
  isReadAgain: true,
};

/** `ReadAll`: goes on after (or, backward, before) the position it has looked at. */
export const ALL: ReadKind<typeof ReadAllRequestSchema, typeof ReadAllResponseSchema> = {
  method: EventStore.method.readAll,
  batch: ({ events, asOfPosition, scannedPosition }) => ({
    events,
    asOfPosition,
    lastSequence: 0n,
    scannedPosition,
    isTruncated: false,
  }),
  rest: (request, progress) =>
    changed(ReadAllRequestSchema, request, {
      afterPosition: progress.position === 0n ? request.afterPosition : progress.position,
      limit: progress.left(request.limit),
      asOfPosition: progress.asOfPosition,
    }),
  isReadAgain: false,
};

/** A copy of a message with other values in some fields. */
export function changed<D extends DescMessage>(
  schema: D,
  message: MessageShape<D>,
  fields: MessageInitShape<D>,
): MessageShape<D> {
  const { $typeName: _typeName, $unknown: _unknown, ...rest } = message;
  return create(schema, { ...rest, ...fields });
}
