/**
 * Small pictures for the sets of a report.
 */
import { describe, expect, test } from "vitest";
import { type DrawnSet, pictureEdge } from "../../../src/core/duplicates/drawn-set.ts";
import { type DrawPorts, drawSets } from "../../../src/pipeline/duplicates/draw-sets.ts";
import { content, pair, setsOf } from "../../library-fixtures.ts";

/** Each of a keeper, an extra with its bytes, and one that is alike. */
const some = (count: number) =>
  setsOf(
    Array.from({ length: count }, (_, i) => [
      content(2 * i + 1, { paths: [`/a/${i}.jpg`, `/b/${i}.jpg`] }),
      content(2 * i + 2, { paths: [`/c/${i}.jpg`], width: 100 }),
    ]).flat(),
    Array.from({ length: count }, (_, i) => pair(2 * i + 1, 2 * i + 2, 0.95)),
  );

async function draw(count: number, room: number, ports: Partial<DrawPorts> = {}) {
  const asked: string[] = [];
  const all: DrawPorts = {
    draw: async (path) => {
      asked.push(path);
      return { jpeg: new Uint8Array(10), width: 4, height: 3 };
    },
    onProgress: () => {},
    parallel: 3,
    stop: new AbortController().signal,
    ...ports,
  };
  const drawn: DrawnSet[] = [];
  for await (const one of drawSets(some(count), room, all)) drawn.push(one);
  return { drawn, asked };
}

describe("the sets of a report", () => {
  test("have one picture of each content, and are in the report's order", async () => {
    const { drawn, asked } = await draw(20, 1e6);
    expect(drawn.map(({ set }) => set.keeper.photo.path)).toEqual(some(20).map(({ keeper }) => keeper.photo.path));
    expect(drawn.map(({ pictures }) => pictures?.size)).toEqual(Array(20).fill(2));
    expect(asked.filter((path) => path.startsWith("/b/"))).toEqual([]);
  });

  test("have pictures as long as there is room, and none from there on; what comes later is not even read", async () => {
    const { drawn, asked } = await draw(100, 105);
    expect(drawn).toHaveLength(100);
    expect(drawn.map(({ pictures }) => pictures !== null)).toEqual(Array.from({ length: 100 }, (_, i) => i < 5));
    expect(asked).toHaveLength(32);
  });

  test("have none of what cannot be shown", async () => {
    const { drawn } = await draw(3, 1e6, { draw: async () => null });
    expect(drawn.map(({ pictures }) => pictures?.size)).toEqual([0, 0, 0]);
  });

  test("end where it is stopped", async () => {
    const stop = new AbortController();
    const { drawn } = await draw(100, 1e6, { stop: stop.signal, onProgress: () => stop.abort() });
    expect(drawn.length).toBe(16);
  });
});

describe("the edge of pictures", () => {
  test("is the largest at which all have room, and no smaller than one can see", () => {
    const edges = [1, 50, 500, 5000].map((count) => pictureEdge(some(count), 15_000_000));
    expect(edges).toEqual([...edges].sort((one, other) => other - one));
    expect([edges[0], edges.at(-1)]).toEqual([480, 96]);
  });
});
