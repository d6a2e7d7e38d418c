import { isInteger, parse, stringify } from "lossless-json";

/** A value that JSON can say. Whole numbers beyond 2^53 are `bigint`s. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The value of a JSON text, without losing integers: a whole number that a `number` holds exactly is a `number`,
 * any other one a `bigint`. Numbers with a point or an exponent are `number`s, as in `JSON.parse`.
 *
 * @throws SyntaxError when it is no JSON, or an object has a key twice with different values
 */
export function parseJson(text: string): JsonValue {
  return parse(text, undefined, parseNumber) as JsonValue;
}

/**
 * The JSON text of a value; `bigint`s become whole numbers.
 *
 * @throws TypeError when a number is not finite, or a value is nothing that JSON can say
 */
export function stringifyJson(value: JsonValue): string {
  const text = stringify(value, checked);
  if (text === undefined) {
    throw new TypeError(`value: ${typeof value} (expected: a JSON value)`);
  }
  return text;
}

function parseNumber(text: string): number | bigint {
  const number = Number(text);
  return !isInteger(text) || Number.isSafeInteger(number) ? number : BigInt(text);
}

function checked(key: string, value: unknown): unknown {
  const isSayable =
    typeof value === "number"
      ? Number.isFinite(value)
      : !["undefined", "function", "symbol"].includes(typeof value);
  if (!isSayable) {
    throw new TypeError(`${key === "" ? "value" : key}: ${String(value)} (expected: a JSON value)`);
  }
  return value;
}
