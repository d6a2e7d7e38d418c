import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import type { ConnectOptions } from "./options.js";

const ANSWER_BYTES_MAX = 64 << 20;
const KEEPALIVE = { pingIntervalMs: 30_000, pingTimeoutMs: 10_000 };

/** One way to the server, and how many calls use it. */
interface Way {
  readonly transport: Transport;
  /** Breaks it, with all its calls. */
  readonly abort: (reason: Error) => void;
  uses: number;
}

/** The use of a way by one call: release it when the call is over. */
export interface Lease {
  readonly transport: Transport;
  /** The call is over. */
  release(): void;
  /** The call heard nothing: calls made from now on get another connection. */
  abandon(): void;
}

/**
 * The connection to a server, made by the first call, and anew by the next call after it broke. A connection on
 * which nothing came may be dead without anybody knowing: it is abandoned, which leaves its other calls alone, and
 * closed when the last of them is over.
 */
export class Connection {
  readonly #open: () => Way;
  readonly #closing = new AbortController();
  readonly #abandoned = new Set<Way>();
  #way: Way;

  private constructor(open: () => Way) {
    this.#open = open;
    this.#way = open();
  }

  /** A connection of its own to `host:port`, or to an `http:` or `https:` address. */
  static to(target: string, options: ConnectOptions): Connection {
    const baseUrl = address(target);
    const { nodeOptions, interceptors = [] } = options;
    return new Connection(() => {
      const sessionManager = new Http2SessionManager(baseUrl, KEEPALIVE, nodeOptions);
      return {
        transport: createGrpcTransport({
          baseUrl,
          sessionManager,
          interceptors: [...interceptors],
          readMaxBytes: ANSWER_BYTES_MAX,
        }),
        abort: (reason) => {
          sessionManager.abort(reason);
        },
        uses: 0,
      };
    });
  }

  /** A transport of the caller's. */
  static over(transport: Transport): Connection {
    const way: Way = { transport, abort: () => undefined, uses: 0 };
    return new Connection(() => way);
  }

  /** Aborts when the connection is closed. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** @throws Error when it was closed */
  lease(): Lease {
    if (this.closed.aborted) {
      throw new Error("the client is closed (expected: open)");
    }
    const way = this.#way;
    way.uses++;
    let isReleased = false;
    return {
      transport: way.transport,
      release: () => {
        if (!isReleased) {
          isReleased = true;
          way.uses--;
          this.#closeUnused(way);
        }
      },
      abandon: () => {
        this.#abandon(way);
      },
    };
  }

  /** Breaks all calls; no other can be made. Safe to repeat. */
  close(): void {
    const reason = new ConnectError("the client was closed", Code.Canceled);
    this.#closing.abort(reason);
    for (const way of [this.#way, ...this.#abandoned]) {
      way.abort(reason);
    }
    this.#abandoned.clear();
  }

  #abandon(way: Way): void {
    if (way !== this.#way) {
      return;
    }
    this.#way = this.#open();
    if (way !== this.#way) {
      this.#abandoned.add(way);
      this.#closeUnused(way);
    }
  }

  #closeUnused(way: Way): void {
    if (way.uses === 0 && this.#abandoned.delete(way)) {
      way.abort(new ConnectError("the connection was abandoned", Code.Canceled));
    }
  }
}

function address(target: string): string {
  const text = /^https?:\/\//.test(target) ? target : `http://${target}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === "" || url.pathname !== "/" || url.search !== "") {
    throw new TypeError(
      `target: '${target}' (expected: host:port, or an http: or https: address without a path)`,
    );
  }
  return url.origin;
}
