import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AppendRequest, ReadStreamRequest } from "../../src/gen/foldlog/v1/event_store_pb.js";
import { EventIds } from "../../src/event-ids.js";
import { Direction, PayloadForm } from "../../src/gen/foldlog/v1/event_pb.js";
import { Reads } from "../../src/reads.js";
import { Transactions } from "../../src/transactions.js";
import { served } from "./served.js";

const EVENT = { action: "approve", producer: "p", artifactId: "a", artifactType: "answer" };

interface Run {
  readonly transactions: Transactions;
  readonly appends: AppendRequest[];
  readonly reads: ReadStreamRequest[];
}

/** Transactions over a store at position 7, whose partitions all have one event. */
function store(position = 7n): Run {
  const appends: AppendRequest[] = [];
  const reads: ReadStreamRequest[] = [];
  const calling = served(
    {
      readStream: async function* (request) {
        reads.push(request);
        const events =
          position === 0n ? [] : [{ eventId: `of-${request.partitionKey}`, position: 3n, sequence: 1n }];
        yield await Promise.resolve({
          events,
          asOfPosition: position,
          lastSequence: position === 0n ? 0n : 1n,
        });
      },
    },
    {},
    { now: () => 5_000 },
  );
  const append = (request: AppendRequest): Promise<void> => {
    appends.push(request);
    return Promise.resolve();
  };
  const transactions = new Transactions(
    calling,
    new Reads(calling),
    append,
    new EventIds(calling.environment),
  );
  return { transactions, appends, reads };
}

describe("a unit of work", () => {
  test("reads at the same time are of one snapshot", async () => {
    const { transactions, reads } = store();

    await transactions.run((unit) => Promise.all([unit.readStream("a"), unit.readStream("b")]), {});

    assert.deepEqual(
      reads.map(({ asOfPosition }) => asOfPosition),
      [0n, 7n],
    );
  });

  test("an empty store is not asked again: 0 would mean its newest position", async () => {
    const { transactions, reads, appends } = store(0n);

    await transactions.run(async (unit) => {
      assert.deepEqual(await unit.readStream("a"), []);
      assert.deepEqual(await unit.readStream("b"), []);
      unit.append(EVENT);
    }, {});

    assert.equal(reads.length, 1);
    assert.deepEqual(
      appends[0]?.preconditions.map(({ condition }) => condition.case),
      ["partition", "partition"],
    );
  });

  test("its own events come last, first when backward, as they will be stored", async () => {
    const { transactions } = store();

    await transactions.run(async (unit) => {
      unit.append(
        { ...EVENT, eventId: "mine-1" },
        { ...EVENT, eventId: "mine-2" },
        { ...EVENT, artifactId: "b" },
      );
      const forward = await unit.readStream("a");
      const backward = await unit.readStream({ partitionKey: "a", direction: Direction.BACKWARD, limit: 2n });

      assert.deepEqual(
        forward.map(({ eventId }) => eventId),
        ["of-a", "mine-1", "mine-2"],
      );
      assert.deepEqual(
        backward.map(({ eventId }) => eventId),
        ["mine-2", "mine-1"],
      );
      const own = forward[1];
      assert.equal(own?.partitionKey, "a");
      assert.equal(own.eventVersion, 1);
      assert.equal(own.timestamp?.seconds, 5n);
      assert.deepEqual(own.payload?.content, { case: "json", value: "{}" });
    }, {});
  });

  test("an event changed after its append is appended as it was", async () => {
    const { transactions, appends } = store();
    const event = { ...EVENT, metadata: { trace: "1" } };

    await transactions.run((unit) => {
      unit.append(event);
      event.metadata.trace = "2";
    }, {});

    assert.deepEqual(appends[0]?.events[0]?.metadata, { trace: "1" });
  });

  test("what was read and appended is one append", async () => {
    const { transactions, appends } = store();

    const result = await transactions.run(async (unit) => {
      await unit.readStream("a");
      await unit.readStream({ partitionKey: "a", filter: { actions: ["close"] } });
      unit.append(EVENT);
      unit.moveCheckpoint("worker", 3n, 5n);
      return "decided";
    }, {});

    assert.equal(result, "decided");
    assert.equal(appends.length, 1);
    const [request] = appends;
    assert(request !== undefined);
    assert.match(request.events[0]?.eventId ?? "", /-7/);
    assert.deepEqual(
      request.preconditions.map(({ condition }) => condition.case),
      ["partition", "noEventsMatching"],
    );
    assert.equal(request.checkpoints[0]?.expectedPosition, 3n);
  });

  test("without appends commits nothing", async () => {
    const { transactions, appends } = store();

    await transactions.run((unit) => unit.readStream("a"), {});

    assert.equal(appends.length, 0);
  });

  test("what its function throws ends it without an effect", async () => {
    const { transactions, appends } = store();

    await assert.rejects(
      transactions.run((unit) => {
        unit.append(EVENT);
        throw new Error("changed my mind");
      }, {}),
      /changed my mind/,
    );
    assert.equal(appends.length, 0);
  });

  test("refuses what it cannot promise", async () => {
    const { transactions, appends } = store();
    const run = (work: Parameters<Transactions["run"]>[0]): Promise<unknown> => transactions.run(work, {});

    await assert.rejects(
      run((unit) => unit.readStream({ partitionKey: "a", asOfPosition: 3n })),
      RangeError,
    );
    await assert.rejects(
      run((unit) => {
        unit.append(EVENT);
        return unit.readAll({ filter: { expression: "true" } });
      }),
      /filter.expression/,
    );
    await assert.rejects(
      run((unit) => {
        unit.append(EVENT);
        return unit.readAll({ options: { payloadForm: PayloadForm.STRUCT } });
      }),
      /payloadForm/,
    );
    await assert.rejects(
      run((unit) => {
        unit.moveCheckpoint("worker", 0n, 1n);
      }),
      /without an event/,
    );
    await assert.rejects(
      run((unit) => {
        void unit.readStream("a");
        unit.append(EVENT);
      }),
      /under way/,
    );
    assert.equal(appends.length, 0);
  });

  test("is of no use after its function has returned", async () => {
    const { transactions } = store();
    const unit = await transactions.run((it) => ({ it }), {});

    assert.throws(() => {
      unit.it.append(EVENT);
    }, /is over/);
    await assert.rejects(unit.it.readStream("a"), /is over/);
  });
});
