import type { Timestamp } from "@bufbuild/protobuf/wkt";

/** Below 0, 0 or above 0, as the first time is before, at or after the second. */
export function compareTimes(first: Timestamp, second: Timestamp): number {
  return first.seconds === second.seconds
    ? first.nanos - second.nanos
    : first.seconds < second.seconds
      ? -1
      : 1;
}
