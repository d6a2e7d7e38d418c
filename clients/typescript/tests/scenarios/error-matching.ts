import assert from "node:assert/strict";
import { Code, FoldlogError, type JsonObject } from "foldlog";
import * as foldlog from "foldlog";
import { mismatch } from "./matching.js";
import { object, onlyKeys, string } from "./scenario.js";

/** Fails unless the failure is the error that a scenario describes. */
export function assertError(expected: JsonObject, failure: unknown): void {
  onlyKeys(expected, ["type", "code", "typed"]);
  const name = `${string(expected["type"])}Error`;
  const type: unknown = foldlog[name as keyof typeof foldlog];
  if (!(failure instanceof FoldlogError) || typeof type !== "function" || !(failure instanceof type)) {
    throw new assert.AssertionError({ message: `not a ${name}: ${String(failure)}`, actual: failure });
  }
  assert.equal(failure.name, name);
  if (expected["code"] !== undefined) {
    assert.equal(statusName(failure.code), expected["code"]);
  }
  assert.equal(mismatch(inCamelCase(object(expected["typed"] ?? {})), failure, name), undefined);
}

/** The name of a gRPC status, in gRPC's spelling. */
export function statusName(code: Code): string {
  return code === Code.Canceled ? "CANCELLED" : Code[code].replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase();
}

/** The same with all names in this language's spelling. */
function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inCamelCase);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, it]) => [camelCase(key), inCamelCase(it)]))
    : value;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
