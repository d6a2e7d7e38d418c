import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EventIds } from "../../src/event-ids.js";

function ids(now: () => number, random = 0xff): EventIds {
  return new EventIds({ now, randomBytes: (count) => new Uint8Array(count).fill(random) });
}

describe("ids of events", () => {
  test("are UUIDv7 of the time", () => {
    assert.equal(ids(() => 0x0193_4d1c_7a5e).next(), "01934d1c-7a5e-7000-bfff-ffffffffffff");
    assert.equal(ids(() => 0x0193_4d1c_7a5e, 0).next(), "01934d1c-7a5e-7000-8000-000000000000");
  });

  test("grow within a millisecond, beyond its counter, and when the clock goes back", () => {
    let now = 1_000_000;
    const made = ids(() => now);
    const all = Array.from({ length: 5_000 }, () => made.next());
    now = 5;
    all.push(made.next());
    now = 2_000_000;
    all.push(made.next());

    assert.deepEqual(all.toSorted(), all);
    assert.equal(new Set(all).size, all.length);
    assert.equal(all.at(-1)?.slice(0, 13), "0000001e-8480");
  });
});
