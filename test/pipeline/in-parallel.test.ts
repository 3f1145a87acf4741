import { describe, expect, test } from "vitest";
import { inParallel } from "../../src/pipeline/in-parallel.ts";
import { seededRandom } from "../seeded-random.ts";

/** Work that ends when the test says so. */
class Bench {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, { readonly resolve: (result: string) => void; readonly reject: (error: Error) => void }>();

  readonly work = (item: string): Promise<string> => {
    this.begun.push(item);
    return new Promise((resolve, reject) => this.#ends.set(item, { resolve, reject }));
  };

  finish(item: string): void {
    this.#ends.get(item)?.resolve(item.toUpperCase());
  }

  fail(item: string): void {
    this.#ends.get(item)?.reject(new Error(item));
  }
}

const turns = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

async function collect<Item>(results: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const result of results) all.push(result);
  return all;
}

describe("work in parallel", () => {
  test("gives one result for each item, at most the limit under way", async () => {
    const random = seededRandom(1);
    for (const limit of [1, 2, 3, 7, 100]) {
      let underWay = 0;
      let most = 0;
      const items = Array.from({ length: 40 }, (_, i) => i);
      const results = inParallel(items, limit, async (item) => {
        most = Math.max(most, ++underWay);
        for (let turn = items.length * (6 + Math.floor(random() * 10)); turn >= 0; turn--) await Promise.resolve();
        underWay--;
        return item;
      });
      expect((await collect(results)).sort((a, b) => a - b)).toEqual(items);
      expect(most).toBe(Math.min(limit, items.length));
    }
  });

  test("gives results in the order they are finished", async () => {
    const bench = new Bench();
    const results = collect(inParallel(["a", "b", "c"], 3, bench.work));
    for (const item of ["b", "c", "a"]) {
      await turns();
      bench.finish(item);
    }
    expect(await results).toEqual(["B", "C", "A"]);
  });

  test("takes no item before there is room for it", async () => {
    const bench = new Bench();
    const taken: string[] = [];
    function* items() {
      for (const item of ["a", "b", "c", "d"]) {
        taken.push(item);
        yield item;
      }
    }
    const results = inParallel(items(), 2, bench.work);
    expect(taken).toEqual([]);
    const first = results.next();
    await turns();
    expect(taken).toEqual(["a", "b"]);
    bench.finish("b");
    expect((await first).value).toBe("B");
    await turns();
    expect([taken, bench.begun]).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    const second = results.next();
    bench.finish("a");
    await second;
    bench.finish("c");
    await results.return(undefined);
    expect(taken).not.toContain("d");
  });

  test("gives nothing for nothing", async () => {
    expect(await collect(inParallel([], 4, new Bench().work))).toEqual([]);
  });
});

describe("an error", () => {
  test("waits for those under way and begins no more", async () => {
    const bench = new Bench();
    let thrown: unknown = null;
    const results = collect(inParallel(["a", "b", "c", "d"], 3, bench.work)).catch((error) => {
      thrown = error;
    });
    await turns();
    bench.fail("b");
    await turns();
    bench.finish("a");
    await turns();
    expect(thrown).toBeNull();
    bench.finish("c");
    await results;
    expect(thrown).toEqual(new Error("b"));
    expect(bench.begun).toEqual(["a", "b", "c"]);
  });

  test("that follows another while it is waited for changes nothing", async () => {
    const bench = new Bench();
    const results = collect(inParallel(["a", "b"], 2, bench.work));
    await turns();
    bench.fail("b");
    await turns();
    bench.fail("a");
    await expect(results).rejects.toThrow("b");
  });

  test("of the items themselves waits for those under way", async () => {
    const bench = new Bench();
    function* items() {
      yield "a";
      throw new Error("no more names");
    }
    let ended = false;
    const results = collect(inParallel(items(), 3, bench.work)).finally(() => {
      ended = true;
    });
    results.catch(() => {});
    await turns();
    expect(ended).toBe(false);
    bench.finish("a");
    await expect(results).rejects.toThrow("no more names");
  });
});
