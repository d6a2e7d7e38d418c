import { isDeepStrictEqual } from "node:util";

/** What clients/scenarios/README.md calls to match; the path and both values where it does not, or undefined. */
export function mismatch(expected: unknown, actual: unknown, path = "answer"): string | undefined {
  if (expected === "*") {
    return isThere(actual) ? undefined : said(path, actual, "something");
  }
  if (expected === null) {
    return isThere(actual) ? said(path, actual, "nothing") : undefined;
  }
  if (Array.isArray(expected)) {
    return listMismatch(expected, actual, path);
  }
  if (typeof expected === "object") {
    return first(
      Object.entries(expected).map(([key, value]) =>
        mismatch(value, property(actual, key), `${path}.${key}`),
      ),
    );
  }
  return isEqual(expected, actual) ? undefined : said(path, actual, text(expected));
}

function listMismatch(expected: readonly unknown[], actual: unknown, path: string): string | undefined {
  // An empty list is a default, which printed messages leave out.
  const list: unknown = actual ?? [];
  if (!Array.isArray(list) || list.length !== expected.length) {
    return said(path, actual, `${expected.length} elements`);
  }
  return first(expected.map((value, index) => mismatch(value, list[index], `${path}[${index}]`)));
}

function isThere(value: unknown): boolean {
  return ![undefined, null, "", 0, 0n, false].includes(value as never) && !isDeepStrictEqual(value, []);
}

function isEqual(expected: unknown, actual: unknown): boolean {
  return isNumeric(expected) && isNumeric(actual) ? BigInt(expected) === BigInt(actual) : expected === actual;
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "bigint" || Number.isInteger(value);
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function first(mismatches: readonly (string | undefined)[]): string | undefined {
  return mismatches.find((it) => it !== undefined);
}

function said(path: string, actual: unknown, expected: string): string {
  return `${path}: ${text(actual)} (expected: ${expected})`;
}

function text(value: unknown): string {
  const plain = (_key: string, it: unknown): unknown => (typeof it === "bigint" ? `${it}n` : it);
  return value === undefined ? "nothing" : JSON.stringify(value, plain);
}
