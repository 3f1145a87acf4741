import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { PictureTurns } from "../../../src/io/photos/picture-turns.ts";

/** Runs work of these sizes through turns for 100 bytes, and tells in which order it began and how much was under way at most. */
async function underWay(sizes: readonly number[]) {
  const turns = new PictureTurns(100);
  const begun: number[] = [];
  let now = 0;
  let most = 0;
  await Promise.all(
    sizes.map((bytes) =>
      turns.run(bytes, async () => {
        begun.push(bytes);
        now += bytes;
        most = Math.max(most, now);
        await setImmediate();
        now -= bytes;
      }),
    ),
  );
  return { begun, most };
}

describe("turns", () => {
  test("let side by side what fits together, in the order in which it came", async () => {
    expect(await underWay([40, 40, 40, 40])).toEqual({ begun: [40, 40, 40, 40], most: 80 });
    expect(await underWay([60, 50, 10, 10])).toEqual({ begun: [60, 50, 10, 10], most: 70 });
  });

  test("let what is larger than all there is run, but alone", async () => {
    expect(await underWay([10, 500, 20])).toEqual({ begun: [10, 500, 20], most: 500 });
  });

  test("go on behind work that fails, and keep everything else away from work that wants to be alone", async () => {
    const turns = new PictureTurns(100);
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await setImmediate();
      seen.push(`${name} ends`);
    };
    const failing = turns.run(100, () => Promise.reject(new Error("broken")));
    const all = [turns.run(1, work("one")), turns.alone(work("alone")), turns.run(1, work("two"))];
    await expect(failing).rejects.toThrow("broken");
    await Promise.all(all);
    expect(seen).toEqual(["one begins", "one ends", "alone begins", "alone ends", "two begins", "two ends"]);
  });
});
