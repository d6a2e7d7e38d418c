import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { example, examples } from "./examples.js";
import { ScenarioServer } from "./scenarios/scenario-server.js";

const MILLIS_MAX = 60_000;

describe("README.md", () => {
  let server: ScenarioServer;

  before(async () => {
    server = await ScenarioServer.start();
  });

  after(async () => {
    await server.close();
  });

  test("has an example that prints", () => {
    assert(examples().some(({ output }) => output !== undefined));
  });

  for (const { name, output } of examples().filter((it) => it.output !== undefined)) {
    test(`the example '${name}' prints what it says`, async () => {
      await server.cue("reset");
      const program = await example(name, server.address);
      const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: MILLIS_MAX });
      assert.equal(stdout, output);
    });
  }
});
