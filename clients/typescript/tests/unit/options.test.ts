import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ClientOptions, Foldlog } from "foldlog";

describe("options", () => {
  test("what cannot be is refused by name", () => {
    const wrong: readonly [ClientOptions, RegExp][] = [
      [{ deadlineMillis: 0 }, /^deadlineMillis: 0 \(expected: > 0 and <= 2147483647\)$/],
      [{ tryDeadlineMillis: Infinity }, /^tryDeadlineMillis/],
      [{ silenceMaxMillis: NaN }, /^silenceMaxMillis/],
      [{ rerunsMax: -1 }, /^rerunsMax/],
      [{ retry: { triesMax: 0 } }, /^retry.triesMax/],
      [{ retry: { triesMax: 1.5 } }, /^retry.triesMax/],
      [{ retry: { firstPauseMaxMillis: 0 } }, /^retry.firstPauseMaxMillis/],
      [
        { retry: { firstPauseMaxMillis: 100, pauseMaxMillis: 99 } },
        /^retry.pauseMaxMillis: 99 \(expected: >= 100 and <= 2147483647\)$/,
      ],
    ];
    for (const [options, message] of wrong) {
      assert.throws(() => Foldlog.connect("127.0.0.1:1", options), { name: "RangeError", message });
    }
  });

  test("an address is a host and a port, or an address without a path", () => {
    for (const target of [
      "127.0.0.1:7070",
      "localhost:7070",
      "[::1]:7070",
      "http://a:1",
      "https://a.example",
    ]) {
      Foldlog.connect(target).close();
    }
    for (const target of ["", "http://", "a:1/path", "http://a:1?b", "ftp://a:1", "a:port"]) {
      assert.throws(() => Foldlog.connect(target), TypeError, target);
    }
  });

  test("what one call or subscription is given is checked too", async () => {
    using foldlog = Foldlog.connect("127.0.0.1:1");

    await assert.rejects(foldlog.storeInfo({ deadlineMillis: -1 }), RangeError);
    assert.throws(() => foldlog.subscribeAll({}, { heartbeatsMissedMax: 0 }), RangeError);
    await assert.rejects(foldlog.loadHistory("a", { windowMillis: -1 }), RangeError);
  });
});
