import assert from "node:assert/strict";
import { fromJson, type JsonValue as MessageJson } from "@bufbuild/protobuf";
import { type ClientOptions, Foldlog, type JsonObject, type JsonValue } from "foldlog";
import { SubscribeAllRequestSchema } from "foldlog/v1";
import { type Call, CALLS } from "./calls.js";
import { Collector } from "./collector.js";
import { assertError } from "./error-matching.js";
import { mismatch } from "./matching.js";
import { list, number, object, onlyKeys, type Scenario, string } from "./scenario.js";
import type { ScenarioServer } from "./scenario-server.js";

/** One run of one scenario. */
export class Runner implements Disposable {
  readonly server: ScenarioServer;
  readonly #scenario: Scenario;
  readonly #clients = new Map<string, Foldlog>();
  readonly #subscriptions = new Map<string, Collector>();

  constructor(server: ScenarioServer, scenario: Scenario) {
    this.server = server;
    this.#scenario = scenario;
  }

  async run(): Promise<void> {
    await this.server.cue("reset");
    this.server.takeLog();
    for (const [index, step] of this.#scenario.steps.entries()) {
      try {
        await this.#step(step);
      } catch (failure) {
        process.stderr.write(this.server.takeLog());
        throw new Error(`step ${index + 1}, ${JSON.stringify(step).slice(0, 200)}: ${String(failure)}`, {
          cause: failure,
        });
      }
    }
  }

  /** The client of that name, made at its first use. */
  client(name: string): Foldlog {
    let client = this.#clients.get(name);
    if (client === undefined) {
      client = Foldlog.connect(this.server.address, clientOptions(this.#options(name)));
      this.#clients.set(name, client);
    }
    return client;
  }

  [Symbol.dispose](): void {
    for (const client of this.#clients.values()) {
      client.close();
    }
  }

  #options(client: string): JsonObject {
    const options = { ...this.#scenario.options, ...object(this.#scenario.clients[client] ?? {}) };
    onlyKeys(options, ["tries", "deadline_ms", "reruns", "heartbeats_missed"]);
    return options;
  }

  async #step(step: JsonObject): Promise<void> {
    const kinds = ["cue", "call", "subscribe", "await", "close", "ended"].filter((kind) => kind in step);
    switch (kinds.join()) {
      case "cue":
        onlyKeys(step, ["cue", "answer"]);
        return this.#cue(string(step["cue"]), step["answer"]);
      case "call":
        onlyKeys(step, ["call", "client", "with", "answer", "error"]);
        return this.#call(step);
      case "subscribe":
        onlyKeys(step, ["subscribe", "client", "with"]);
        this.#subscribe(string(step["subscribe"]), step);
        return;
      case "await":
        onlyKeys(step, ["await", "events", "count", "position", "signals", "distinct"]);
        return this.#await(this.#subscription(step["await"]), step);
      case "close":
        onlyKeys(step, ["close"]);
        return this.#subscription(step["close"]).close();
      case "ended":
        onlyKeys(step, ["ended", "error"]);
        assertError(object(step["error"]), await this.#subscription(step["ended"]).end());
        return;
      default:
        throw new Error(`step of ${kinds.join() || "no known kind"} (expected: one kind)`);
    }
  }

  async #cue(line: string, answer: JsonValue | undefined): Promise<void> {
    const said = await this.server.cue(line);
    if (answer !== undefined) {
      assert.equal(said, answer);
    }
  }

  async #call(step: JsonObject): Promise<void> {
    const name = string(step["call"]);
    const call: Call | undefined = CALLS.get(name);
    if (call === undefined) {
      throw new Error(`call: ${name} (expected: one that this runner knows)`);
    }
    const client = this.client(string(step["client"] ?? "main"));
    let answer: unknown;
    try {
      answer = await call({ client, input: object(step["with"] ?? {}), runner: this });
    } catch (failure) {
      if (step["error"] === undefined) {
        throw failure;
      }
      assertError(object(step["error"]), failure);
      return;
    }
    assert.equal(step["error"], undefined, "it did not fail");
    assert.equal(mismatch(step["answer"] ?? {}, answer), undefined);
  }

  #subscribe(id: string, step: JsonObject): void {
    const name = string(step["client"] ?? "main");
    const request = fromJson(SubscribeAllRequestSchema, object(step["with"] ?? {}) as MessageJson);
    const missed = this.#options(name)["heartbeats_missed"];
    const subscription = this.client(name).subscribeAll(request, {
      heartbeatsMissedMax: missed === undefined ? undefined : number(missed),
    });
    this.#subscriptions.set(id, new Collector(subscription));
  }

  #subscription(id: JsonValue | undefined): Collector {
    const collector = this.#subscriptions.get(string(id));
    if (collector === undefined) {
      throw new Error(`subscription: ${string(id)} (expected: one that was started)`);
    }
    return collector;
  }

  async #await(collector: Collector, step: JsonObject): Promise<void> {
    const missing = (): string[] => unmet(collector, step);
    await collector.until(
      () => missing().length === 0,
      () => missing().join("; "),
    );
  }
}

/** What of a step's conditions does not hold yet. */
function unmet(collector: Collector, step: JsonObject): string[] {
  const ids = collector.events.map((event) => event.eventId);
  const conditions: Record<string, () => boolean> = {
    events: () => JSON.stringify(ids) === JSON.stringify(list(step["events"])),
    count: () => ids.length === number(step["count"]),
    position: () => collector.position >= BigInt(string(step["position"])),
    signals: () => list(step["signals"]).every((signal) => collector.hasSaid(string(signal))),
    distinct: () => new Set(ids).size === number(step["distinct"]),
  };
  return Object.entries(conditions)
    .filter(([name, holds]) => step[name] !== undefined && !holds())
    .map(([name]) => `${name}: ${ids.length} events through ${collector.position}`);
}

function clientOptions(options: JsonObject): ClientOptions {
  const { tries, deadline_ms: deadline, reruns } = options;
  return {
    retry: {
      firstPauseMaxMillis: 10,
      pauseMaxMillis: 100,
      ...(tries === undefined ? {} : { triesMax: number(tries) }),
    },
    ...(deadline === undefined ? {} : { deadlineMillis: number(deadline) }),
    ...(reruns === undefined ? {} : { rerunsMax: number(reruns) }),
  };
}
