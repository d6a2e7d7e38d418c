/**
 * The stubs of Foldlog's API, as generated from its protos: messages, their schemas, and the services for
 * `createClient` of `@connectrpc/connect`. They alone are enough for everything; `foldlog` adds what is tedious.
 */
export * from "./gen/foldlog/v1/checkpoints_pb.js";
export * from "./gen/foldlog/v1/errors_pb.js";
export * from "./gen/foldlog/v1/event_pb.js";
export * from "./gen/foldlog/v1/event_store_pb.js";
