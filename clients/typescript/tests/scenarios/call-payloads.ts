import {
  type JsonObject,
  type JsonValue,
  jsonPayload,
  jsonTextPayload,
  parseJson,
  payloadValue,
} from "foldlog";
import { AppendResponseSchema, NewEventSchema } from "foldlog/v1";
import { type Given, message, printed } from "./calls.js";
import { list, number, object, onlyKeys, string } from "./scenario.js";

const PAD = '{"pad":""}';

/** `append_value`: appends a native value as the payload. */
export async function appendValue({ client, input }: Given): Promise<unknown> {
  onlyKeys(input, ["event", "value"]);
  const value = object(parseJson(string(input["value"])));
  const event = message(NewEventSchema, input["event"]);
  return printed(AppendResponseSchema, await client.append({ ...event, payload: jsonPayload(value) }));
}

/** `payload_integers`: what is at some places of the native value of the first event's payload. */
export async function payloadIntegers({ client, input }: Given): Promise<unknown> {
  onlyKeys(input, ["partition_key", "paths"]);
  const request = { partitionKey: string(input["partition_key"]), limit: 1n };
  const [event] = await client.readStream(request).toArray();
  const value = payloadValue(event?.payload);
  return { integers: list(input["paths"]).map((path) => integerAt(value, list(path).map(string))) };
}

function integerAt(value: JsonValue, path: readonly string[]): string {
  const found = path.reduce<JsonValue | undefined>((at, key) => (at as JsonObject)[key], value);
  if (typeof found === "bigint" || (typeof found === "number" && Number.isSafeInteger(found))) {
    return String(found);
  }
  throw new TypeError(`${path.join(".")}: ${typeof found} (expected: an integer)`);
}

/** `big_payload`: a payload of exactly so many bytes, there and back. */
export async function bigPayload({ client, input }: Given): Promise<unknown> {
  onlyKeys(input, ["artifact_id", "bytes"]);
  const artifactId = string(input["artifact_id"]);
  const text = `{"pad":"${"x".repeat(number(input["bytes"]) - PAD.length)}"}`;
  const event = { action: "approve", producer: "p", artifactId, artifactType: "answer" };
  await client.append({ ...event, payload: jsonTextPayload(text) });
  const [read] = await client.readStream(artifactId).toArray();
  const content = read?.payload?.content;
  const json = content?.case === "json" ? content.value : "";
  return { bytes: Buffer.byteLength(json), same: json === text };
}

/** `made_ids`: what kind of ids the events of a partition have. */
export async function madeIds({ client, input }: Given): Promise<unknown> {
  onlyKeys(input, ["partition_key"]);
  const events = await client.readStream(string(input["partition_key"])).toArray();
  const ids = events.map((event) => event.eventId);
  const versions = new Set(
    ids.map(
      (id) => /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.exec(id)?.[1],
    ),
  );
  return {
    version: versions.size === 1 ? Number([...versions][0]) : undefined,
    ascending: ids.every((id, index) => index === 0 || (ids[index - 1] ?? "") < id),
    count: ids.length,
  };
}
