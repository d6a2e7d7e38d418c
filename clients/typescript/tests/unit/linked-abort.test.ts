import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import { LinkedAbort } from "../../src/linked-abort.js";

describe("linked signals", () => {
  test("the first that aborts aborts what is linked, as CANCELLED", () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const link = new LinkedAbort(one.signal, undefined, other.signal);
    assert(!link.signal.aborted);

    other.abort(new Error("a reason of the application's"));

    assert(link.signal.aborted);
    assert.equal(ConnectError.from(link.signal.reason).code, Code.Canceled);
  });

  test("one that has aborted already aborts at once", () => {
    assert(new LinkedAbort(new AbortController().signal, AbortSignal.abort()).signal.aborted);
  });

  test("nothing aborts what is not linked any more", () => {
    const source = new AbortController();
    const link = new LinkedAbort(source.signal);

    link.unlink();
    source.abort();

    assert(!link.signal.aborted);
  });
});
