import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { hasExpression, matches } from "../../src/event-matching.js";
import { EventFilterSchema, RecordedEventSchema } from "../../src/gen/foldlog/v1/event_pb.js";

const EVENT = create(RecordedEventSchema, {
  action: "approve",
  producer: "p",
  artifactId: "a",
  artifactType: "answer",
  threadId: "t",
  partitionKey: "k",
  timestamp: { seconds: 10n, nanos: 5 },
  tags: ["x:1", "y:2"],
});

function filter(
  init: MessageInitShape<typeof EventFilterSchema>,
): ReturnType<typeof create<typeof EventFilterSchema>> {
  return create(EventFilterSchema, init);
}

describe("a filter, evaluated here", () => {
  const matching = [
    {},
    { actions: ["reject", "approve"] },
    {
      artifactTypes: ["answer"],
      artifactIds: ["a"],
      threadIds: ["t"],
      producers: ["p"],
      partitionKeys: ["k"],
    },
    { tags: ["y:2", "x:1"] },
    { since: { seconds: 10n, nanos: 5 } },
    { until: { seconds: 10n, nanos: 6 } },
    { since: { seconds: 9n, nanos: 9 }, until: { seconds: 11n } },
    { anyOf: [{ actions: ["reject"] }, { tags: ["x:1"] }] },
  ];
  for (const init of matching) {
    test(`matches: ${Object.keys(init).join(", ") || "everything"}`, () => {
      assert(matches(filter(init), EVENT));
    });
  }

  const others = [
    { actions: ["reject"] },
    { artifactTypes: ["question"] },
    { artifactIds: ["b"] },
    { threadIds: ["u"] },
    { producers: ["q"] },
    { partitionKeys: ["l"] },
    { tags: ["x:1", "z:3"] },
    { since: { seconds: 10n, nanos: 6 } },
    { until: { seconds: 10n, nanos: 5 } },
    { actions: ["approve"], anyOf: [{ actions: ["reject"] }] },
  ];
  for (const init of others) {
    test(`does not match: ${Object.keys(init).join(", ")}`, () => {
      assert(!matches(filter(init), EVENT));
    });
  }

  test("an expression is found, also in an alternative", () => {
    assert(hasExpression(filter({ expression: "true" })));
    assert(hasExpression(filter({ anyOf: [{}, { expression: "true" }] })));
    assert(!hasExpression(filter({ anyOf: [{}] })));
  });
});
