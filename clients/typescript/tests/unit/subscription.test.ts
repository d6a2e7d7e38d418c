import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  SubscribeAllRequest,
  SubscribeAllResponseSchema,
} from "../../src/gen/foldlog/v1/event_store_pb.js";
import { Subscription, type SubscriptionMessage } from "../../src/subscription.js";
import { broken, served } from "./served.js";

type Answer = MessageInitShape<typeof SubscribeAllResponseSchema>;

const CONFIRMED: Answer = {
  position: 2n,
  kind: { case: "confirmed", value: { storeId: "s", startPosition: 2n, headPosition: 9n } },
};

function batch(position: bigint, ...positions: bigint[]): Answer {
  return { position, kind: { case: "batch", value: { events: positions.map((it) => ({ position: it })) } } };
}

/** Subscribes to a server that answers its calls with these, one after the other, and then breaks. */
function subscribed(
  answers: readonly (readonly Answer[])[],
  request: ConstructorParameters<typeof Subscription>[1] = {},
  options: ConstructorParameters<typeof Subscription>[2] = {},
): { subscription: Subscription; requests: SubscribeAllRequest[] } {
  const requests: SubscribeAllRequest[] = [];
  const calling = served({
    subscribeAll: async function* (asked) {
      requests.push(asked);
      for (const answer of answers[requests.length - 1] ?? []) {
        yield await Promise.resolve(answer);
      }
      throw broken();
    },
  });
  return { subscription: new Subscription(calling, request, options), requests };
}

async function take(subscription: Subscription, count: number): Promise<SubscriptionMessage[]> {
  const taken: SubscriptionMessage[] = [];
  for await (const message of subscription) {
    taken.push(message);
    if (taken.length === count) {
      break;
    }
  }
  return taken;
}

describe("a subscription", () => {
  test("resumes behind the last event that was pulled, in the same store", async () => {
    const start = { case: "checkpoint", value: "scorer" } as const;
    const { subscription, requests } = subscribed(
      [
        [CONFIRMED, batch(6n, 3n, 5n)],
        [CONFIRMED, batch(7n, 7n)],
      ],
      {
        start,
      },
    );

    const taken = await take(subscription, 7);

    assert.deepEqual(
      taken.map(({ kind, position }) => [kind, position]),
      [
        ["connected", 2n],
        ["event", 3n],
        ["event", 5n],
        ["position", 6n],
        ["disconnected", 6n],
        ["connected", 6n],
        ["event", 7n],
      ],
    );
    assert.deepEqual(
      requests.map((request) => [request.start, request.storeId, request.heartbeatInterval?.seconds]),
      [
        [start, "", 15n],
        [{ case: "afterPosition", value: 6n }, "s", 15n],
      ],
    );
    assert.equal(subscription.position, 7n);
    assert.equal(subscription.storeId, "s");
  });

  test("that breaks before it was confirmed begins where it was to begin", async () => {
    const start = { case: "liveOnly", value: true } as const;
    const { subscription, requests } = subscribed([[], [CONFIRMED]], { start });

    await take(subscription, 2);

    assert.deepEqual(
      requests.map((request) => request.start),
      [start, start],
    );
  });

  test("tells of a kind that it does not know no more than the position", async () => {
    const { subscription } = subscribed([[CONFIRMED, { position: 8n }]]);

    const taken = await take(subscription, 2);

    assert.deepEqual(taken[1], { kind: "position", position: 8n });
  });

  test("closed while it waits is done", async () => {
    const calling = served({
      subscribeAll: async function* (_request, context) {
        yield CONFIRMED;
        await new Promise((resolve) => {
          context.signal.addEventListener("abort", resolve);
        });
      },
    });
    const subscription = new Subscription(calling, {}, {});
    await subscription.next();
    const waiting = subscription.next();

    subscription.close();

    assert.deepEqual(await waiting, { done: true, value: undefined });
  });

  test("is rejected with the reason of its signal", async () => {
    const giving = new AbortController();
    const { subscription } = subscribed([[CONFIRMED]], {}, { signal: giving.signal });
    await subscription.next();

    giving.abort(new Error("enough"));

    await assert.rejects(subscription.next(), /^Error: enough$/);
    assert.deepEqual(await subscription.next(), { done: true, value: undefined });
  });

  test("gives the events alone to those who want them", async () => {
    const { subscription } = subscribed([[CONFIRMED, batch(6n, 3n, 5n)]]);
    const positions: bigint[] = [];

    for await (const event of subscription.events()) {
      positions.push(event.position);
      if (positions.length === 2) {
        break;
      }
    }

    assert.deepEqual(positions, [3n, 5n]);
  });
});
