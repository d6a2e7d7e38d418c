import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Given } from "./calls.js";
import { number, onlyKeys, string } from "./scenario.js";
import { Waiting } from "./waiting.js";

const LOOK_EACH_EVENTS = 5_000;

/** `count_all`: reads everything and keeps no event; looks at the memory, without garbage, again and again. */
export async function countAll({ client, input }: Given): Promise<unknown> {
  onlyKeys(input, ["memory_growth_max"]);
  const growthMax = input["memory_growth_max"] === undefined ? undefined : number(input["memory_growth_max"]);
  const before = growthMax === undefined ? 0 : usedBytes();
  const artifacts = new Set<string>();
  let count = 0;
  let first: string | undefined;
  let last: string | undefined;
  for await (const { artifactId } of client.readAll()) {
    count++;
    first ??= artifactId;
    last = artifactId;
    artifacts.add(artifactId);
    if (growthMax !== undefined && count % LOOK_EACH_EVENTS === 0) {
      const growth = usedBytes() - before;
      if (growth > growthMax) {
        throw new Error(
          `memory: grown by ${growth} bytes after ${count} events (expected: at most ${growthMax})`,
        );
      }
    }
  }
  return { count, distinct: artifacts.size, first, last };
}

/** `give_up`: aborts a read that the server has begun and does not answer. */
export async function giveUp({ client, input, runner }: Given): Promise<unknown> {
  onlyKeys(input, ["method"]);
  const method = string(input["method"]);
  if (method !== "ReadAll") {
    throw new Error(`method: ${method} (expected: ReadAll)`);
  }
  const giving = new AbortController();
  const pull = client.readAll({}, { signal: giving.signal }).next();
  const outcome = pull.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const waiting = new Waiting();
  let calls = 0;
  const look = async (): Promise<void> => {
    while (calls === 0) {
      calls = Number(await runner.server.cue(`calls ${method}`));
    }
    waiting.changed();
  };
  await Promise.all([
    look(),
    waiting.until(
      () => calls > 0,
      () => `calls of ${method}: ${calls}`,
    ),
  ]);
  giving.abort(new Error("given up"));
  return { given_up: (await outcome) === giving.signal.reason };
}

/** What is in use once the garbage is gone, in the heap and in buffers beside it. */
function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
