/**
 * What the library gives in pages, put together where all of it is needed at once.
 */

/** Takes as much memory as the items do. */
export async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const page of pages) for (const item of page) all.push(item);
  return all;
}
