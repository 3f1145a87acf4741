import { describe, expect, test } from "vitest";
import { InFlight } from "../../src/pipeline/in-flight.ts";

describe("work that several ask for", () => {
  test("is begun once, and shared until it is told that it ended", async () => {
    const inFlight = new InFlight<string, number>(() => true);
    let begun = 0;
    const begin = async () => ++begun;
    const first = inFlight.share("a", begin);
    const joined = inFlight.share("a", begin);
    expect([first.isFirst, joined.isFirst]).toEqual([true, false]);
    expect(await Promise.all([first.value, joined.value])).toEqual([1, 1]);
    expect(inFlight.share("a", begin).isFirst).toBe(false);
    expect(await inFlight.share("b", begin).value).toBe(2);
    inFlight.end("a");
    expect(await inFlight.share("a", begin).value).toBe(3);
  });

  test("that came to nothing is over before anybody who joined it hears so, and the next begins anew", async () => {
    const inFlight = new InFlight<string, "fault" | "done">((value) => value === "done");
    const tries: boolean[] = [];
    const ask = async () => {
      for (;;) {
        const { isFirst, value } = inFlight.share("a", async () => (tries.push(true) === 1 ? "fault" : "done"));
        const result = await value;
        if (result === "done" || isFirst) return result;
      }
    };
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(["fault", "done", "done"]);
    expect(tries.length).toBe(2);
  });

  test("that throws is over too", async () => {
    const inFlight = new InFlight<string, number>(() => true);
    const failing = inFlight.share("a", () => Promise.reject(new Error("no")));
    await expect(failing.value).rejects.toThrow("no");
    expect(inFlight.share("a", async () => 1).isFirst).toBe(true);
  });
});
