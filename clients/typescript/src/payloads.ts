import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type Payload, PayloadSchema } from "./gen/foldlog/v1/event_pb.js";
import { type JsonObject, type JsonValue, parseJson, stringifyJson } from "./json.js";

/**
 * A JSON object as the payload of an event. Whole numbers keep all their digits if those beyond 2^53 are `bigint`s.
 * At most 1 MiB of text and 100 levels deep, which the server checks.
 *
 * @throws TypeError when it is no object, or something in it is nothing that JSON can say
 */
export function jsonPayload(value: JsonObject): Payload {
  if (typeof value !== "object" || (value as unknown) === null || Array.isArray(value)) {
    throw new TypeError(`payload: ${JSON.stringify(value)} (expected: an object)`);
  }
  return jsonTextPayload(stringifyJson(value));
}

/** JSON text of an object as the payload of an event: kept and delivered byte for byte. The server checks it. */
export function jsonTextPayload(text: string): Payload {
  return create(PayloadSchema, { content: { case: "json", value: text } });
}

/** Opaque bytes of a media type, such as `application/x-protobuf; messageType=acme.Order`, as a payload. */
export function bytesPayload(data: Uint8Array, contentType: string): Payload {
  return create(PayloadSchema, { content: { case: "data", value: data }, contentType });
}

/**
 * The JSON value of a payload, without losing integers: see {@link parseJson}. An event appended without a payload
 * has `{}`.
 *
 * @throws TypeError when the payload is opaque bytes
 */
export function payloadValue(payload: MessageInitShape<typeof PayloadSchema> | undefined): JsonValue {
  const content = payload?.content;
  switch (content?.case) {
    case undefined:
      return {};
    case "json":
      return parseJson(content.value);
    case "jsonObject":
      return content.value;
    case "data":
      throw new TypeError("payload: data (expected: JSON)");
  }
}
