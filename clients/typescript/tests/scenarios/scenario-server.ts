import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../../../../scripts/scenario-server", import.meta.url));

/** The scenario server of clients/scenarios/README.md: started by the tests, ended with its input. */
export class ScenarioServer {
  readonly address: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #log: string[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    process: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    address: string,
  ) {
    this.#process = process;
    this.#lines = lines;
    this.address = address;
  }

  static async start(): Promise<ScenarioServer> {
    const process = spawn(LAUNCHER, { stdio: ["pipe", "pipe", "pipe"] });
    const show = (bytes: Buffer): void => void globalThis.process.stderr.write(bytes);
    process.stderr.on("data", show);
    const input: Interface = createInterface({ input: process.stdout });
    const lines = input[Symbol.asyncIterator]();
    const first = await lines.next();
    const ready = /^ready (\S+:\d+)$/.exec(String(first.value));
    if (ready?.[1] === undefined) {
      process.kill();
      throw new Error(`scenario server: ${String(first.value)} (expected: ready HOST:PORT)`);
    }
    // It may have been built first, which is shown; what it logs of broken connections is kept.
    const server = new ScenarioServer(process, lines, ready[1]);
    process.stderr.off("data", show);
    process.stderr.on("data", (bytes: Buffer) => void server.#log.push(bytes.toString()));
    return server;
  }

  /** What it has logged since it was asked last. */
  takeLog(): string {
    return this.#log.splice(0).join("");
  }

  /** Gives a cue; what the server says behind `ok`, or an empty text. */
  cue(line: string): Promise<string> {
    const answer = this.#turn.then(() => this.#answer(line));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #answer(line: string): Promise<string> {
    this.#process.stdin.write(`${line}\n`);
    const answer = await this.#lines.next();
    const ok = /^ok(?: (.*))?$/.exec(String(answer.value));
    if (ok === null) {
      throw new Error(`cue '${line}': ${String(answer.value)} (expected: ok)`);
    }
    return ok[1] ?? "";
  }

  async close(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.stdin.end();
    await ended;
  }
}
