import { setTimeout as pause } from "node:timers/promises";
import { Code, ConnectError, createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { Connection } from "../../src/connection.js";
import type { Environment } from "../../src/environment.js";
import { MACHINE } from "../../src/environment.js";
import { EventStore } from "../../src/gen/foldlog/v1/event_store_pb.js";
import { type ClientOptions, settings } from "../../src/options.js";
import type { Calling } from "../../src/unary-calls.js";

/** What a client of these methods, served in memory, needs to call them; its pauses take no time. */
export function served(
  methods: Partial<ServiceImpl<typeof EventStore>>,
  options: ClientOptions = {},
  environment: Partial<Environment> = {},
): Calling {
  const transport = createRouterTransport((router) => {
    router.service(EventStore, methods);
  });
  return {
    connection: Connection.over(transport),
    settings: settings(options),
    environment: { ...MACHINE, pause: (_millis, signal) => pause(0, undefined, { signal }), ...environment },
  };
}

/** A connection that broke, as a server cannot tell it. */
export function broken(): ConnectError {
  return new ConnectError("the connection broke", Code.Unavailable);
}
