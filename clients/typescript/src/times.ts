import { type Timestamp, timestampFromDate } from "@bufbuild/protobuf/wkt";

/** A time as a message has it. */
export function timestamp(time: Date | Timestamp): Timestamp {
  return time instanceof Date ? timestampFromDate(time) : time;
}

/** Below 0, 0 or above 0, as the first time is before, at or after the second. */
export function compareTimes(first: Timestamp, second: Timestamp): number {
  return first.seconds === second.seconds
    ? first.nanos - second.nanos
    : first.seconds < second.seconds
      ? -1
      : 1;
}
