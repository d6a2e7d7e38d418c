import {
  type DescMessage,
  fromJson,
  type JsonValue as MessageJson,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import type { EventReader, Foldlog, JsonObject } from "foldlog";
import {
  AppendRequestSchema,
  AppendResponseSchema,
  CheckpointSchema,
  type Checkpoint,
  GetStoreInfoResponseSchema,
  PartitionSchema,
  ReadAllRequestSchema,
  ReadStreamRequestSchema,
  ReadStreamSinceRequestSchema,
  type RecordedEvent,
  RecordedEventSchema,
} from "foldlog/v1";
import { golden } from "./call-golden.js";
import { killWorker } from "./call-kill-worker.js";
import { appendValue, bigPayload, madeIds, payloadIntegers } from "./call-payloads.js";
import { countAll, giveUp } from "./call-reads.js";
import { eachError } from "./call-errors.js";
import { transaction } from "./call-transaction.js";
import type { Runner } from "./runner.js";
import { string } from "./scenario.js";

/** What a call of a scenario is given. */
export interface Given {
  readonly client: Foldlog;
  readonly input: JsonObject;
  readonly runner: Runner;
}

/** A call of a scenario; resolves to its answer, is rejected with its error. */
export type Call = (given: Given) => Promise<unknown>;

/** The message that a part of a scenario describes. */
export function message<D extends DescMessage>(schema: D, json: unknown): MessageShape<D> {
  return fromJson(schema, json as MessageJson);
}

/** A message as a scenario describes it. */
export function printed<D extends DescMessage>(schema: D, value: MessageShape<D>): MessageJson {
  return toJson(schema, value, { useProtoFieldName: true });
}

async function readEvents(reader: EventReader): Promise<{ events: MessageJson[] }> {
  return { events: (await reader.toArray()).map((event) => printed(RecordedEventSchema, event)) };
}

async function printedAll<D extends DescMessage>(
  schema: D,
  values: AsyncIterable<MessageShape<D>>,
): Promise<MessageJson[]> {
  const all: MessageJson[] = [];
  for await (const value of values) {
    all.push(printed(schema, value));
  }
  return all;
}

function ofCheckpoint(checkpoint: Checkpoint | undefined): { checkpoint: MessageJson | undefined } {
  return { checkpoint: checkpoint === undefined ? undefined : printed(CheckpointSchema, checkpoint) };
}

function ofEvents(events: readonly RecordedEvent[]): { events: MessageJson[] } {
  return { events: events.map((event) => printed(RecordedEventSchema, event)) };
}

/** Every call that scenarios make, by name. */
export const CALLS: ReadonlyMap<string, Call> = new Map<string, Call>([
  [
    "append",
    async ({ client, input }) =>
      printed(AppendResponseSchema, await client.appendRequest(message(AppendRequestSchema, input))),
  ],
  [
    "read_stream",
    async ({ client, input }) => {
      const reader = client.readStream(message(ReadStreamRequestSchema, input));
      const events = await readEvents(reader);
      const lastSequence = await reader.lastSequence();
      return { ...events, last_sequence: lastSequence === 0n ? undefined : String(lastSequence) };
    },
  ],
  [
    "read_stream_since",
    async ({ client, input }) => {
      const reader = client.readStreamSince(message(ReadStreamSinceRequestSchema, input));
      return { ...(await readEvents(reader)), truncated: await reader.isTruncated() };
    },
  ],
  ["read_all", ({ client, input }) => readEvents(client.readAll(message(ReadAllRequestSchema, input)))],
  [
    "load_history",
    async ({ client, input }) => ofEvents(await client.loadHistory(string(input["partition_key"]))),
  ],
  [
    "get_event",
    async ({ client, input }) =>
      printed(RecordedEventSchema, await client.getEvent(string(input["event_id"]))),
  ],
  [
    "get_partition",
    async ({ client, input }) =>
      printed(PartitionSchema, await client.getPartition(string(input["partition_key"]))),
  ],
  [
    "list_partitions",
    async ({ client, input }) => ({
      partitions: await printedAll(PartitionSchema, client.listPartitions(string(input["prefix"]))),
    }),
  ],
  ["store_info", async ({ client }) => printed(GetStoreInfoResponseSchema, await client.storeInfo())],
  [
    "checkpoint_get",
    async ({ client, input }) => ofCheckpoint(await client.checkpoints.get(string(input["name"]))),
  ],
  [
    "checkpoint_move",
    async ({ client, input }) => {
      const [name, from, to] = [string(input["name"]), string(input["from"]), string(input["to"])];
      return ofCheckpoint(await client.checkpoints.move(name, BigInt(from), BigInt(to)));
    },
  ],
  [
    "checkpoint_delete",
    async ({ client, input }) => ({ deleted: await client.checkpoints.delete(string(input["name"])) }),
  ],
  [
    "checkpoint_list",
    async ({ client }) => ({ checkpoints: await printedAll(CheckpointSchema, client.checkpoints.list()) }),
  ],
  ["transaction", transaction],
  ["count_all", countAll],
  ["append_value", appendValue],
  ["payload_integers", payloadIntegers],
  ["big_payload", bigPayload],
  ["made_ids", madeIds],
  ["each_error", eachError],
  ["give_up", giveUp],
  ["kill_worker", killWorker],
  ["golden", golden],
]);
