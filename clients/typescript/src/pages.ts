/** One page of a list; an empty `nextToken`: it is the last. */
export interface Page<T> {
  readonly elements: readonly T[];
  readonly nextToken: string;
}

/** All elements of a list; a page is fetched when the one before it is used up. */
export async function* pages<T>(fetch: (token: string) => Promise<Page<T>>): AsyncGenerator<T, undefined> {
  let token = "";
  do {
    const page = await fetch(token);
    yield* page.elements;
    token = page.nextToken;
  } while (token !== "");
  return undefined;
}
