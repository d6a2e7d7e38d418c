import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type JsonObject, type JsonValue, parseJson } from "foldlog";

/** The folder clients/scenarios. */
export const SCENARIOS = new URL("../../../../scenarios/", import.meta.url);

/** A scenario as its file describes it. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly options: JsonObject;
  readonly clients: JsonObject;
  readonly steps: readonly JsonObject[];
}

/** All scenarios there are. */
export function scenarios(): Scenario[] {
  const folder = new URL("behaviours/", SCENARIOS);
  return readdirSync(fileURLToPath(folder))
    .sort()
    .map((file) => {
      const content = object(parseJson(readFileSync(new URL(file, folder), "utf8")));
      onlyKeys(content, ["title", "options", "clients", "steps"]);
      return {
        name: basename(file, ".json"),
        title: string(content["title"]),
        options: object(content["options"] ?? {}),
        clients: object(content["clients"] ?? {}),
        steps: list(content["steps"]).map(object),
      };
    });
}

export function object(value: JsonValue | undefined): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${typeof value} (expected: an object)`);
  }
  return value as JsonObject;
}

export function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${typeof value} (expected: a list)`);
  }
  return value as readonly JsonValue[];
}

export function string(value: JsonValue | undefined): string {
  if (typeof value !== "string") {
    throw new TypeError(`${typeof value} (expected: a text)`);
  }
  return value;
}

export function number(value: JsonValue | undefined): number {
  if (typeof value !== "number") {
    throw new TypeError(`${typeof value} (expected: a number)`);
  }
  return value;
}

/** Fails for what this runner does not know. */
export function onlyKeys(value: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Error(`keys: ${unknown.join(", ")} (expected: of ${known.join(", ")})`);
  }
}
