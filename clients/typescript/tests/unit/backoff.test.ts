import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Code } from "@connectrpc/connect";
import { Backoff } from "../../src/backoff.js";
import { ownDetails } from "../../src/error-details.js";
import { errorOf } from "../../src/reasons.js";

const POLICY = { triesMax: 5, firstPauseMaxMillis: 100, pauseMaxMillis: 350 };

describe("pauses", () => {
  test("are drawn from nothing up to a bound that doubles up to its own", () => {
    const longest = new Backoff(POLICY, () => 1);
    const shortest = new Backoff(POLICY, () => 0);

    assert.deepEqual([longest.next(), longest.next(), longest.next(), longest.next()], [100, 200, 350, 350]);
    assert.deepEqual([shortest.next(), shortest.next()], [0, 0]);
  });

  test("start anew with short ones", () => {
    const backoff = new Backoff(POLICY, () => 1);
    backoff.next();
    backoff.next();

    backoff.reset();

    assert.equal(backoff.next(), 100);
  });

  test("what the server asks for comes on top", () => {
    const failure = errorOf({ ...ownDetails(Code.Unavailable, "later"), retryDelayMillis: 900 });

    assert.equal(new Backoff(POLICY, () => 0.5).after(failure), 950);
  });
});
