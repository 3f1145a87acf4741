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
  /** What ended and was not handed on yet: each gives its result, or throws. */
  const ended: (() => Result)[] = [];
  let running = 0;
  let onEnd = () => {};
  const anEnd = () =>
    new Promise<void>((resolve) => {
      onEnd = resolve;
    });
  const begin = (item: Item) => {
    const end = (give: () => Result) => {
      running--;
      ended.push(give);
      onEnd();
    };
    const begun = work(item);
    running++;
    begun.then(
      (result) => end(() => result),
      (error: unknown) =>
        end(() => {
          throw error;
        }),
    );
  };
  // One promise for whichever ends first. A race of all that run costs as many reactions for each item as there is room for.
  const next = async () => {
    if (ended.length === 0) await anEnd();
    return (ended.shift() as () => Result)();
  };
  try {
    for await (const item of items) {
      begin(item);
      if (running + ended.length >= limit) yield await next();
    }
    while (running + ended.length > 0) yield await next();
  } finally {
    while (running > 0) await anEnd();
  }
}
