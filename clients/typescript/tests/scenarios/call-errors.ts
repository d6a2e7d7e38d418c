import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { FoldlogError, type JsonObject, parseJson } from "foldlog";
import type { Given } from "./calls.js";
import { assertError } from "./error-matching.js";
import { list, object, onlyKeys, SCENARIOS, string } from "./scenario.js";

/** `each_error`: what becomes of every error of errors.json. */
export async function eachError({ client, input, runner }: Given): Promise<unknown> {
  onlyKeys(input, []);
  const file = object(parseJson(readFileSync(new URL("errors.json", SCENARIOS), "utf8")));
  const errors = list(file["errors"]).map(object);
  for (const error of errors) {
    await runner.server.cue(`fail-next GetEvent ${string(error["reason"])}`);
    const failure: unknown = await client.getEvent("e1").then(
      () => undefined,
      (it: unknown) => it,
    );
    assertReason(error, failure);
  }
  return { errors: errors.length };
}

function assertReason(error: JsonObject, failure: unknown): void {
  onlyKeys(error, ["reason", "type", "code", "transient", "without_effect", "status", "typed"]);
  const { type, code, typed } = error;
  assertError(object({ type: type ?? null, code: code ?? null, typed: typed ?? {} }), failure);
  assert(failure instanceof FoldlogError);
  assert.equal(failure.reason, error["reason"]);
  assert.equal(failure.message, object(error["status"])["message"]);
  assert.equal(failure.isTransient, error["transient"], `${failure.reason}: isTransient`);
  assert.equal(failure.isWithoutEffect, error["without_effect"], `${failure.reason}: isWithoutEffect`);
}
