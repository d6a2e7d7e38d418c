import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Foldlog } from "foldlog";
import { example } from "../examples.js";
import type { Given } from "./calls.js";
import { Collector } from "./collector.js";
import { number, onlyKeys, string } from "./scenario.js";

/** `kill_worker`: the worker of the README, killed again and again while it derives. */
export async function killWorker({ client, input, runner }: Given): Promise<unknown> {
  onlyKeys(input, ["checkpoint", "events", "kills"]);
  const [checkpoint, events, kills] = [
    string(input["checkpoint"]),
    number(input["events"]),
    number(input["kills"]),
  ];
  const program = await example("worker", runner.server.address);
  const scores = new Collector(client.subscribeAll({ filter: { actions: ["score"] } }));
  const supervisor = new Supervisor(program);
  let killed = 0;
  try {
    while (killed < kills) {
      supervisor.start();
      const before = scores.events.length;
      await scores.until(
        () => scores.events.length > before || scores.events.length >= events,
        () => `scores: ${scores.events.length}`,
      );
      killed += (await supervisor.kill()) ? 1 : 0;
    }
    supervisor.start();
    await untilDone(client, scores, checkpoint, BigInt(events));
  } finally {
    await supervisor.kill();
    await scores.close();
  }
  const derived = await client.readAll({ filter: { actions: ["score"] } }).toArray();
  return {
    kills: killed,
    derived: derived.length,
    distinct: new Set(derived.map((event) => event.artifactId)).size,
  };
}

/** The checkpoint moves with the scores: it is looked at whenever there is another one. */
async function untilDone(
  client: Foldlog,
  scores: Collector,
  checkpoint: string,
  last: bigint,
): Promise<void> {
  let seen = -1;
  while ((await client.checkpoints.get(checkpoint))?.position !== last) {
    await scores.until(
      () => scores.events.length > seen,
      () => `scores: ${scores.events.length}, and the checkpoint is not at ${last}`,
    );
    seen = scores.events.length;
  }
}

/** Runs a program, and starts it again when it ends by itself, as a supervisor of services does. */
class Supervisor {
  readonly #program: string;
  #child: ChildProcess | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  start(): void {
    const child = spawn(process.execPath, [this.#program], { stdio: ["ignore", "inherit", "inherit"] });
    this.#child = child;
    child.once("exit", () => {
      if (this.#child === child) {
        this.start();
      }
    });
  }

  /** Kills it (SIGKILL); whether it was running. */
  async kill(): Promise<boolean> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined) {
      return false;
    }
    const ended = once(child, "exit");
    const isRunning = child.exitCode === null && child.signalCode === null && child.kill("SIGKILL");
    await ended;
    return isRunning;
  }
}
