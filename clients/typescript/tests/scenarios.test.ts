import { after, before, describe, test } from "node:test";
import { ScenarioServer } from "./scenarios/scenario-server.js";
import { Runner } from "./scenarios/runner.js";
import { scenarios } from "./scenarios/scenario.js";

describe("scenarios", () => {
  let server: ScenarioServer;

  before(async () => {
    server = await ScenarioServer.start();
  });

  after(async () => {
    await server.close();
  });

  for (const scenario of scenarios()) {
    test(scenario.name, async () => {
      using runner = new Runner(server, scenario);
      await runner.run();
      await server.cue(`passed typescript ${scenario.name}`);
    });
  }
});
