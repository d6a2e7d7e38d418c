import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create, equals } from "@bufbuild/protobuf";
import { EventFilterSchema } from "../../src/gen/foldlog/v1/event_pb.js";
import { type Precondition, PreconditionSchema } from "../../src/gen/foldlog/v1/event_store_pb.js";
import { preconditions } from "../../src/preconditions.js";
import { ReadSet } from "../../src/read-set.js";

function assertSame(actual: readonly Precondition[], expected: readonly Precondition[]): void {
  assert.equal(actual.length, expected.length);
  for (const [index, precondition] of actual.entries()) {
    assert(
      equals(PreconditionSchema, precondition, expected[index] ?? create(PreconditionSchema)),
      `at ${index}`,
    );
  }
}

describe("what was read, as preconditions", () => {
  test("is nothing when nothing was read", () => {
    assertSame(new ReadSet().preconditions(7n), []);
  });

  test("is each partition's sequence and each filter after the snapshot, once", () => {
    const readSet = new ReadSet();
    readSet.partition("a", 3n);
    readSet.partition("b", 0n);
    readSet.partition("a", 3n);
    readSet.matching(create(EventFilterSchema, { actions: ["approve"] }));
    readSet.matching(create(EventFilterSchema, { actions: ["approve"] }));
    readSet.matching(create(EventFilterSchema));

    assertSame(readSet.preconditions(7n), [
      preconditions.sequence("a", 3n),
      preconditions.sequence("b", 0n),
      preconditions.noEventsMatching({ actions: ["approve"] }, 7n),
      preconditions.noEventsMatching({}, 7n),
    ]);
  });

  test("conditions of one's own say what they name", () => {
    assert.deepEqual(
      preconditions.present("a").condition.value,
      create(PreconditionSchema, {
        condition: {
          case: "partition",
          value: { partitionKey: "a", expected: { case: "exists", value: true } },
        },
      }).condition.value,
    );
    assert.deepEqual(
      preconditions.absent("a").condition.value,
      create(PreconditionSchema, {
        condition: {
          case: "partition",
          value: { partitionKey: "a", expected: { case: "exists", value: false } },
        },
      }).condition.value,
    );
  });
});
