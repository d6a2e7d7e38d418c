import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type MessageInitShape } from "@bufbuild/protobuf";
import type { ReadAllResponseSchema } from "../../src/gen/foldlog/v1/event_store_pb.js";
import { Reads } from "../../src/reads.js";
import { broken, served } from "./served.js";

type Answer = MessageInitShape<typeof ReadAllResponseSchema>;

function batch(first: number, count: number): Answer {
  const events = Array.from({ length: count }, (_it, index) => ({
    eventId: `e${first + index}`,
    position: BigInt(first + index),
  }));
  return { events, scannedPosition: BigInt(first + count - 1), asOfPosition: 100n };
}

async function* batches(...answers: Answer[]): AsyncGenerator<Answer> {
  for (const answer of answers) {
    yield await Promise.resolve(answer);
  }
}

describe("a read", () => {
  test("pulled by several at once gives each event to one of them, in order", async () => {
    const reader = new Reads(served({ readAll: () => batches(batch(1, 2), batch(3, 2)) })).all({});

    const pulled = await Promise.all([
      reader.next(),
      reader.next(),
      reader.next(),
      reader.next(),
      reader.next(),
    ]);

    assert.deepEqual(
      pulled.map(({ value }) => value?.eventId),
      ["e1", "e2", "e3", "e4", undefined],
    );
  });

  test("says what it is of before and after its events", async () => {
    const reader = new Reads(served({ readAll: () => batches(batch(1, 2)) })).all({});

    assert.equal(await reader.asOfPosition(), 100n);
    assert.equal((await reader.toArray()).length, 2);
    assert.equal(await reader.scannedPosition(), 2n);
  });

  test("that is left tells the server, and gives nothing more", async () => {
    let hasEnded: (value?: unknown) => void;
    const ended = new Promise((resolve) => (hasEnded = resolve));
    const reader = new Reads(
      served({
        readAll: async function* (_request, context) {
          context.signal.addEventListener("abort", hasEnded);
          yield batch(1, 3);
          await ended;
        },
      }),
    ).all({});

    for await (const event of reader) {
      assert.equal(event.eventId, "e1");
      break;
    }

    await ended;
    assert.deepEqual(await reader.next(), { done: true, value: undefined });
  });

  test("closed within a batch gives nothing more of it", async () => {
    const reader = new Reads(served({ readAll: () => batches(batch(1, 3)) })).all({});
    await reader.next();

    reader.close();

    assert.deepEqual(await reader.next(), { done: true, value: undefined });
  });

  test("closed before its first batch has no snapshot", async () => {
    const reader = new Reads(served({ readAll: () => batches(batch(1, 1)) })).all({});
    reader.close();

    await assert.rejects(reader.asOfPosition(), /closed before/);
  });

  test("that breaks asks for what is left, under its snapshot", async () => {
    const requests: unknown[] = [];
    const calling = served({
      readAll: async function* ({ afterPosition, asOfPosition, limit }) {
        requests.push({ afterPosition, asOfPosition, limit });
        if (requests.length > 1) {
          yield batch(3, 3);
          return;
        }
        yield batch(1, 2);
        throw await Promise.resolve(broken());
      },
    });

    const events = await new Reads(calling).all({ limit: 5n }).toArray();

    assert.deepEqual(
      events.map(({ eventId }) => eventId),
      ["e1", "e2", "e3", "e4", "e5"],
    );
    assert.deepEqual(requests, [
      { afterPosition: 0n, asOfPosition: 0n, limit: 5n },
      { afterPosition: 2n, asOfPosition: 100n, limit: 3n },
    ]);
  });

  test("that breaks when everything has come is complete", async () => {
    const calling = served({
      readAll: async function* () {
        yield batch(1, 2);
        throw await Promise.resolve(broken());
      },
    });

    assert.equal((await new Reads(calling).all({ limit: 2n }).toArray()).length, 2);
  });

  test("of a silent server is given up", async () => {
    const never = new Promise<never>(() => undefined);
    const calling = served(
      {
        readAll: async function* () {
          yield await never;
        },
      },
      { silenceMaxMillis: 1, retry: { triesMax: 2 } },
    );

    await assert.rejects(new Reads(calling).all({}).toArray(), {
      name: "TransportError",
      message: "the server said nothing for 1 ms",
    });
  });

  test("is slowed down by who does not pull", async () => {
    let sent = 0;
    const calling = served({
      readAll: async function* () {
        while (sent < 1_000) {
          sent++;
          yield await Promise.resolve(batch(sent, 1));
        }
      },
    });
    const reader = new Reads(calling).all({});

    for (let pulled = 0; pulled < 10; pulled++) {
      await reader.next();
    }

    assert(sent < 100, `${sent} batches were sent for 10`);
    reader.close();
  });
});
