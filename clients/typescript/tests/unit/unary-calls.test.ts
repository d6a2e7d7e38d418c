import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { OutcomeUnknownError, ResourceNotFoundError, TransportError } from "../../src/errors.js";
import {
  AppendRequestSchema,
  EventStore,
  GetStoreInfoRequestSchema,
  GetStoreInfoResponseSchema,
} from "../../src/gen/foldlog/v1/event_store_pb.js";
import { ErrorInfoSchema } from "../../src/gen/google/rpc/error_details_pb.js";
import { UnaryCalls } from "../../src/unary-calls.js";
import { broken, served } from "./served.js";

const INFO = EventStore.method.getStoreInfo;
const REQUEST = create(GetStoreInfoRequestSchema);

describe("a call", () => {
  test("that may pass is made again until its tries are used up", async () => {
    let tries = 0;
    const calling = served({
      getStoreInfo: () => {
        tries++;
        throw broken();
      },
    });

    await assert.rejects(new UnaryCalls(calling).answer(INFO, REQUEST, "read"), TransportError);
    assert.equal(tries, 5);
  });

  test("is not made again when the pause would pass its deadline", async () => {
    let tries = 0;
    const failing = {
      getStoreInfo: () => {
        tries++;
        throw broken();
      },
    };
    const calling = served(failing, {}, { random: () => 0.99 });

    await assert.rejects(
      new UnaryCalls(calling).answer(INFO, REQUEST, "read", { deadlineMillis: 50 }),
      TransportError,
    );
    assert.equal(tries, 1);
  });

  test("that writes once is not made again when it may have taken effect", async () => {
    let tries = 0;
    const calling = served({
      append: () => {
        tries++;
        throw broken();
      },
    });
    const request = create(AppendRequestSchema, { requestId: "r" });

    const failure: unknown = await new UnaryCalls(calling)
      .answer(EventStore.method.append, request, "write-once")
      .catch((it: unknown) => it);

    assert(failure instanceof OutcomeUnknownError);
    assert.equal(failure.request, request);
    assert.equal(tries, 1);
  });

  test("a definite answer ends the doubt of an earlier try", async () => {
    let tries = 0;
    const calling = served({
      append: () => {
        tries++;
        if (tries === 1) {
          throw broken();
        }
        const value = { reason: "RESOURCE_NOT_FOUND", domain: "foldlog.dev" };
        throw new ConnectError("none", Code.NotFound, undefined, [{ desc: ErrorInfoSchema, value }]);
      },
    });

    await assert.rejects(
      new UnaryCalls(calling).answer(EventStore.method.append, create(AppendRequestSchema), "write-with-ids"),
      ResourceNotFoundError,
    );
  });

  test("that was given up is rejected with the signal's reason", async () => {
    const giving = new AbortController();
    const calling = served({
      getStoreInfo: (_request, context) => {
        giving.abort(new Error("enough"));
        return new Promise((_resolve, reject) => {
          context.signal.addEventListener("abort", () => {
            reject(broken());
          });
        });
      },
    });
    const calls = new UnaryCalls(calling);

    await assert.rejects(calls.answer(INFO, REQUEST, "read", { signal: giving.signal }), /^Error: enough$/);
    await assert.rejects(calls.answer(INFO, REQUEST, "read", { signal: giving.signal }), /^Error: enough$/);
  });

  test("of a closed client fails", async () => {
    const calling = served({ getStoreInfo: () => create(GetStoreInfoResponseSchema) });
    await new UnaryCalls(calling).answer(INFO, REQUEST, "read");

    calling.connection.close();

    await assert.rejects(new UnaryCalls(calling).answer(INFO, REQUEST, "read"), {
      name: "TransportError",
      code: Code.Canceled,
      message: "the client was closed",
    });
  });
});
