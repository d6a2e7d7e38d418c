import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Code, ConnectError } from "@connectrpc/connect";
import { errorDetails } from "../../src/error-details.js";
import { FoldlogError, TransportError, UnknownReasonError } from "../../src/errors.js";
import * as errors from "../../src/errors.js";
import { ErrorInfoSchema } from "../../src/gen/google/rpc/error_details_pb.js";
import { ERROR_TYPES, errorOf, foldlogError } from "../../src/reasons.js";

const PROTO = new URL("../../../../../proto/foldlog/v1/errors.proto", import.meta.url);

function reasonError(reason: string, domain = "foldlog.dev"): FoldlogError {
  const info = { desc: ErrorInfoSchema, value: { reason, domain } };
  return foldlogError(new ConnectError("told", Code.FailedPrecondition, undefined, [info]));
}

/** A failure as Node raises it, below an error of the transport's. */
function local(code: Code, nodeCode?: string, message = "it broke"): FoldlogError {
  const cause = nodeCode === undefined ? undefined : Object.assign(new Error("below"), { code: nodeCode });
  return foldlogError(new ConnectError(message, code, undefined, undefined, cause));
}

describe("errors", () => {
  test("each reason of errors.proto has a type of its own, named after it", () => {
    const reasons = Array.from(
      readFileSync(PROTO, "utf8").matchAll(/^ {2}ERROR_REASON_(\w+) = [1-9]\d*;/gm),
      (match) => match[1] ?? "",
    );

    assert.deepEqual(Object.keys(ERROR_TYPES).sort(), reasons.toSorted());
    assert.equal(new Set(Object.values(ERROR_TYPES)).size, reasons.length);
    for (const reason of reasons) {
      const camelCase = reason
        .toLowerCase()
        .replace(/(?:^|_)([a-z])/g, (_match, it: string) => it.toUpperCase());
      assert.equal(reasonError(reason).name, `${camelCase}Error`);
      assert.equal(reasonError(reason).constructor.name, `${camelCase}Error`);
    }
  });

  test("no type is forgotten in the table", () => {
    const types = Object.values(errors).filter(
      (it) => ![FoldlogError, TransportError, UnknownReasonError].includes(it as never),
    );

    assert.deepEqual(new Set<unknown>(Object.values(ERROR_TYPES)), new Set<unknown>(types));
  });

  test("a reason that is not known, or is of another domain, is none of them", () => {
    assert(reasonError("TO_COME") instanceof UnknownReasonError);
    assert(reasonError("toString") instanceof UnknownReasonError);
    assert(reasonError("OVERLOADED", "elsewhere.dev") instanceof TransportError);
  });

  test("a connection that broke is UNAVAILABLE, whatever the transport calls it", () => {
    const broken = [
      local(Code.Aborted, "ECONNRESET"),
      local(Code.Canceled),
      local(Code.Internal, "ERR_HTTP2_SESSION_ERROR"),
      local(Code.Internal, undefined, "protocol error: missing status"),
      local(Code.Unknown, undefined, "protocol error: missing output message for unary method"),
      local(Code.ResourceExhausted, undefined, "connection closed with error code ENHANCE_YOUR_CALM"),
    ];
    for (const error of broken) {
      assert(error instanceof TransportError);
      assert.equal(error.code, Code.Unavailable, error.message);
      assert(error.isTransient && !error.isWithoutEffect, error.message);
    }
  });

  test("a status that a server sent is kept", () => {
    for (const code of [Code.Aborted, Code.Canceled, Code.Internal, Code.ResourceExhausted]) {
      const sent = foldlogError(new ConnectError("sent", code, { "grpc-status": String(code) }));
      assert.equal(sent.code, code);
      assert(!sent.isTransient);
    }
  });

  test("a message that is too large is not a broken connection", () => {
    const error = local(
      Code.ResourceExhausted,
      undefined,
      "message size 9 is larger than configured readMaxBytes 8",
    );

    assert.equal(error.code, Code.ResourceExhausted);
    assert(!error.isTransient);
  });

  test("what was never sent, or no server has begun to work on, took no effect", () => {
    assert(local(Code.Unavailable, "ECONNREFUSED").isWithoutEffect);
    assert(local(Code.Unavailable, "ENOTFOUND").isWithoutEffect);
    assert(local(Code.Unimplemented).isWithoutEffect);
    assert(!local(Code.Unavailable, "ETIMEDOUT").isWithoutEffect);
    assert(!local(Code.DeadlineExceeded).isWithoutEffect);
  });

  test("a refusal by all addresses of a name was never sent", () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    const error = foldlogError(
      new ConnectError("all", Code.Internal, undefined, undefined, new AggregateError([refused])),
    );

    assert.equal(error.code, Code.Unavailable);
    assert(error.isWithoutEffect);
  });

  test("an error says what it was made of", () => {
    const cause = new ConnectError("no such event", Code.NotFound);
    const error = foldlogError(cause);

    assert.equal(error.message, "no such event");
    assert.equal(error.cause, cause);
    assert.equal(foldlogError(error), error);
    assert.match(errorOf(errorDetails(new ConnectError("", Code.NotFound))).message, /NotFound/);
    assert.match(foldlogError("a text").message, /a text/);
  });
});
