import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { Foldlog, OutcomeUnknownError } from "foldlog";
import { type AppendRequest, EventStore, type ReadStreamSinceRequest } from "foldlog/v1";

const EVENT = { action: "approve", producer: "p", artifactId: "a", artifactType: "answer" };

describe("a client", () => {
  test("sends again what it sent, whatever becomes of the event meanwhile", async () => {
    const sent: AppendRequest[] = [];
    const event = { ...EVENT, metadata: { trace: "1" } };
    const transport = createRouterTransport((router) => {
      router.service(EventStore, {
        append: (request) => {
          sent.push(request);
          event.metadata.trace = "2";
          throw new ConnectError("the connection broke", Code.Unavailable);
        },
      });
    });
    const retry = { triesMax: 2, firstPauseMaxMillis: 1 };

    const failure: unknown = await Foldlog.over(transport, { retry })
      .append([event, EVENT])
      .catch((it: unknown) => it);

    assert.equal(sent.length, 2);
    assert.deepEqual(sent[1], sent[0]);
    assert.equal(sent[0]?.events[0]?.metadata["trace"], "1");
    assert(failure instanceof OutcomeUnknownError);
    assert(failure.request?.$typeName === "foldlog.v1.AppendRequest");
    assert.deepEqual(
      failure.request.events.map(({ eventId }) => eventId),
      sent[0].events.map(({ eventId }) => eventId),
    );
    assert.equal(new Set(failure.request.events.map(({ eventId }) => eventId)).size, 2);
  });

  test("leaves the ids to the server when the append has one", async () => {
    const sent: AppendRequest[] = [];
    const transport = createRouterTransport((router) => {
      router.service(EventStore, {
        append: (request) => {
          sent.push(request);
          return {};
        },
      });
    });
    const requestId = "01934d1c-7a5e-7000-8000-000000000002";

    await Foldlog.over(transport).append(EVENT, { requestId, validateOnly: true });

    assert.equal(sent[0]?.requestId, requestId);
    assert.equal(sent[0].validateOnly, true);
    assert.equal(sent[0].events[0]?.eventId, "");
  });

  test("reads since a date, and its history of 30 days", async () => {
    const asked: ReadStreamSinceRequest[] = [];
    const transport = createRouterTransport((router) => {
      router.service(EventStore, {
        readStreamSince: async function* (request) {
          asked.push(request);
          yield await Promise.resolve({});
        },
      });
    });
    const foldlog = Foldlog.over(transport);
    const before = Date.now();

    await foldlog.readStreamSince({ partitionKey: "a", since: new Date(1_500) }).toArray();
    await foldlog.loadHistory("a");

    assert.deepEqual([asked[0]?.since?.seconds, asked[0]?.since?.nanos], [1n, 500_000_000]);
    const thirtyDaysSeconds = 2_592_000n;
    const since = asked[1]?.since?.seconds ?? 0n;
    assert(since >= BigInt(Math.floor(before / 1_000)) - thirtyDaysSeconds);
    assert(since <= BigInt(Math.ceil(Date.now() / 1_000)) - thirtyDaysSeconds);
  });
});
