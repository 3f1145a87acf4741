/**
 * Bounded parallelism over a stream: at most `limit` items are under way, none is read ahead of need.
 */

/**
 * Yields each result as soon as it is there, in no fixed order. When `work` throws, the items under way are waited for
 * and the error is thrown.
 */
export async function* inParallel<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay = new Map<number, Promise<readonly [number, Result]>>();
  let next = 0;
  try {
    for await (const item of items) {
      const ticket = next++;
      underWay.set(
        ticket,
        work(item).then((result) => [ticket, result] as const),
      );
      if (underWay.size >= limit) yield await firstOf(underWay);
    }
    while (underWay.size > 0) yield await firstOf(underWay);
  } finally {
    await Promise.allSettled(underWay.values());
  }
}

async function firstOf<Result>(underWay: Map<number, Promise<readonly [number, Result]>>): Promise<Result> {
  const [ticket, result] = await Promise.race(underWay.values());
  underWay.delete(ticket);
  return result;
}
