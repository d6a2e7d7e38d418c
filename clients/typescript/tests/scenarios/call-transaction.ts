import type { JsonValue, RecordedEvent, UnitOfWork } from "foldlog";
import {
  NewEventSchema,
  ReadAllRequestSchema,
  ReadStreamRequestSchema,
  ReadStreamSinceRequestSchema,
} from "foldlog/v1";
import { type Given, message } from "./calls.js";
import { list, object, onlyKeys } from "./scenario.js";

/** `transaction`: reads, appends of others meanwhile, appends of its own, and reads again. */
export async function transaction({ client, input, runner }: Given): Promise<unknown> {
  onlyKeys(input, ["reads", "meanwhile", "append", "then"]);
  const others = runner.client("meanwhile");
  let runs = 0;
  const reads = await client.withTransaction(async (unit) => {
    const ids: string[][] = [];
    for (const read of list(input["reads"])) {
      ids.push(await idsOf(unit, read));
    }
    const meanwhile = list(input["meanwhile"])[runs++];
    if (meanwhile !== undefined) {
      await others.append(list(meanwhile).map((event) => message(NewEventSchema, event)));
    }
    unit.append(...list(input["append"]).map((event) => message(NewEventSchema, event)));
    for (const read of list(input["then"] ?? [])) {
      ids.push(await idsOf(unit, read));
    }
    return ids;
  });
  // An event without an id of its own was given one, which nobody here knows.
  return { runs, reads };
}

async function idsOf(unit: UnitOfWork, step: JsonValue): Promise<string[]> {
  const [kind, request] = Object.entries(object(step))[0] ?? [];
  const events = await read(unit, kind, request);
  return events.map((event) => event.eventId);
}

function read(
  unit: UnitOfWork,
  kind: string | undefined,
  request: JsonValue | undefined,
): Promise<RecordedEvent[]> {
  switch (kind) {
    case "read_stream":
      return unit.readStream(message(ReadStreamRequestSchema, request));
    case "read_stream_since":
      return unit.readStreamSince(message(ReadStreamSinceRequestSchema, request));
    case "read_all":
      return unit.readAll(message(ReadAllRequestSchema, request));
    default:
      throw new Error(`read: ${String(kind)} (expected: read_stream, read_stream_since or read_all)`);
  }
}
