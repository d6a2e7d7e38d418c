import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { EventFilter, RecordedEvent } from "./gen/foldlog/v1/event_pb.js";
import { compareTimes } from "./times.js";

/** Whether the filter, or an alternative in it, has an expression: those run on the server only. */
export function hasExpression(filter: EventFilter): boolean {
  return filter.expression !== "" || filter.anyOf.some(hasExpression);
}

/** Whether an event matches a filter without expressions, evaluated here: for events that are not stored yet. */
export function matches(filter: EventFilter, event: RecordedEvent): boolean {
  return (
    accepts(filter.partitionKeys, event.partitionKey) &&
    accepts(filter.actions, event.action) &&
    accepts(filter.artifactTypes, event.artifactType) &&
    accepts(filter.artifactIds, event.artifactId) &&
    accepts(filter.threadIds, event.threadId) &&
    accepts(filter.producers, event.producer) &&
    isInTime(filter, event) &&
    filter.tags.every((tag) => event.tags.includes(tag)) &&
    (filter.anyOf.length === 0 || filter.anyOf.some((alternative) => matches(alternative, event)))
  );
}

function accepts(wanted: readonly string[], actual: string): boolean {
  return wanted.length === 0 || wanted.includes(actual);
}

function isInTime({ since, until }: EventFilter, event: RecordedEvent): boolean {
  const time = event.timestamp ?? create(TimestampSchema);
  return (
    (since === undefined || compareTimes(time, since) >= 0) &&
    (until === undefined || compareTimes(time, until) < 0)
  );
}
