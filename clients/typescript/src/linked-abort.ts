import { Code, ConnectError } from "@connectrpc/connect";

/**
 * A controller that aborts with the first of some signals, until it is unlinked. (`AbortSignal.any` keeps what it
 * made alive for as long as the longest of its sources, here as long as the client.) Its reason is always a CANCELLED,
 * which is what the server is then told.
 */
export class LinkedAbort {
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];
  readonly #onAbort = (): void => {
    this.abort();
  };

  constructor(...sources: readonly (AbortSignal | undefined)[]) {
    this.#sources = sources.filter((source) => source !== undefined);
    for (const source of this.#sources) {
      if (source.aborted) {
        this.abort();
        break;
      }
      source.addEventListener("abort", this.#onAbort);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.unlink();
    this.#controller.abort(new ConnectError("given up by the client", Code.Canceled));
  }

  /** No source aborts it any more. */
  unlink(): void {
    for (const source of this.#sources) {
      source.removeEventListener("abort", this.#onAbort);
    }
  }
}
