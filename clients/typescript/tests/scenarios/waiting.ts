const MILLIS_MAX = 60_000;

/** A condition that is looked at again whenever somebody says that something changed. */
export class Waiting {
  readonly #waiting = new Set<() => void>();

  /** Something changed. */
  changed(): void {
    for (const look of [...this.#waiting]) {
      look();
    }
  }

  /** Waits until the condition, which may throw, holds. @param what tells what was waited for */
  async until(holds: () => boolean, what: () => string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let look: (() => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        look = () => {
          try {
            if (holds()) {
              resolve();
            }
          } catch (failure) {
            reject(failure instanceof Error ? failure : new Error(String(failure)));
          }
        };
        this.#waiting.add(look);
        timer = setTimeout(() => {
          reject(new Error(`${what()} (expected: within ${MILLIS_MAX} ms)`));
        }, MILLIS_MAX);
        look();
      });
    } finally {
      clearTimeout(timer);
      if (look !== undefined) {
        this.#waiting.delete(look);
      }
    }
  }
}
