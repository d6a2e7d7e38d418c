import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRegistry, fromBinary, fromJsonString, toBinary, toJson } from "@bufbuild/protobuf";
import {
  file_foldlog_v1_checkpoints,
  file_foldlog_v1_errors,
  file_foldlog_v1_event,
  file_foldlog_v1_event_store,
} from "foldlog/v1";
import type { Given } from "./calls.js";
import { onlyKeys, SCENARIOS } from "./scenario.js";

const TYPES = createRegistry(
  file_foldlog_v1_checkpoints,
  file_foldlog_v1_errors,
  file_foldlog_v1_event,
  file_foldlog_v1_event_store,
);
const FOLDER = new URL("golden/", SCENARIOS);

/** `golden`: the golden messages, decoded from both forms. */
export function golden({ input }: Given): Promise<unknown> {
  onlyKeys(input, []);
  const listed = JSON.parse(readFileSync(new URL("golden.json", FOLDER), "utf8")) as {
    name: string;
    type: string;
  }[];
  for (const { name, type } of listed) {
    assertGolden(name, type);
  }
  return Promise.resolve({ messages: listed.length });
}

function assertGolden(name: string, type: string): void {
  const schema = TYPES.getMessage(type);
  assert(schema !== undefined, type);
  const json = readFileSync(new URL(`${name}.json`, FOLDER), "utf8");
  const expected: unknown = JSON.parse(json);
  const printed = (bytes: Uint8Array): unknown =>
    toJson(schema, fromBinary(schema, bytes), { useProtoFieldName: true });

  assert.deepEqual(printed(readFileSync(new URL(`${name}.binpb`, FOLDER))), expected, `${name}, from binary`);
  if (!name.includes("future")) {
    const parsed = fromJsonString(schema, json);
    assert.deepEqual(printed(toBinary(schema, parsed)), expected, `${name}, from JSON`);
  }
}
