/**
 * The parts of a map's page that need no browser.
 */
import { describe, expect, test } from "vitest";
import { MAP_COLORS } from "../../../src/core/map/library-map.ts";
import { between, boundsOf, fitCamera, panned, toMap, toScreen, zoomedAt } from "../../../src/page/map/camera.ts";
import { colorBy, toPixel } from "../../../src/page/map/colorings.ts";
import { readMapData } from "../../../src/page/map/map-data.ts";
import { createPointGrid } from "../../../src/page/map/point-grid.ts";
import { SpacedPoints } from "../../../src/page/map/spaced-points.ts";
import { packMap } from "../../../src/render/map/map-payload.ts";
import { libraryMap, mapPoint } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const VIEWPORT = { width: 800, height: 600 };

/** Half of the points crowd in one corner, some of them at one place. */
function scattered(count: number, seed: number) {
  const random = seededRandom(seed);
  const side = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : 0.05));
  const place = (i: number) => (i % 11 === 0 ? 0.01 : random() * (side[i] as number));
  return { x: Float32Array.from(side, (_, i) => place(i)), y: Float32Array.from(side, (_, i) => place(i)) };
}

describe("the grid of points", () => {
  test("finds the nearest point within reach, as looking at all of them does", () => {
    for (const count of [1, 5, 400]) {
      const { x, y } = scattered(count, count);
      const grid = createPointGrid(x, y);
      const random = seededRandom(7);
      for (let i = 0; i < 300; i++) {
        const [atX, atY, reach] = [random() * 1.4 - 0.2, random() * 1.4 - 0.2, 0.3 * random() ** 2];
        const distances = Array.from(x, (value, point) => Math.hypot(value - atX, (y[point] as number) - atY));
        const least = Math.min(...distances);
        const found = grid.nearest(atX, atY, reach);
        expect(found === -1 ? null : distances[found]).toBe(least <= reach ? least : null);
      }
    }
  });
});

describe("points whose pictures have room", () => {
  test("keep their distance, and leave none out that would have room", () => {
    const { x, y } = scattered(600, 3);
    const candidates = Array.from(x, (_, point) => point).reverse();
    for (const distance of [0.004, 0.03, 0.2, 3]) {
      const chosen = new SpacedPoints(x, y, candidates).atLeastApart(distance);
      const apart = (one: number, other: number) => {
        return Math.max(Math.abs((x[one] as number) - (x[other] as number)), Math.abs((y[one] as number) - (y[other] as number)));
      };
      const nearestChosen = (point: number) => Math.min(...chosen.filter((other) => other !== point).map((other) => apart(point, other)));
      for (const point of chosen) expect(nearestChosen(point)).toBeGreaterThanOrEqual(distance);
      // The distance is rounded up by a fifth at most.
      for (const point of candidates) if (!chosen.includes(point)) expect(nearestChosen(point)).toBeLessThan(1.2 * distance);
      expect(chosen[0]).toBe(candidates[0]);
    }
  });
});

describe("the camera", () => {
  const whole = fitCamera({ left: 0, right: 1, top: 0.2, bottom: 0.8 }, VIEWPORT, { left: 0, top: 0 });

  test("shows the whole map beside what covers it", () => {
    for (const covered of [
      { left: 0, top: 0 },
      { left: 260, top: 0 },
      { left: 0, top: 120 },
    ]) {
      const camera = fitCamera({ left: 0, right: 1, top: 0.2, bottom: 0.8 }, VIEWPORT, covered);
      const [left, top] = toScreen(camera, VIEWPORT, 0, 0.2);
      const [right, bottom] = toScreen(camera, VIEWPORT, 1, 0.8);
      expect(left).toBeGreaterThan(covered.left);
      expect(top).toBeGreaterThan(covered.top);
      expect([right < VIEWPORT.width, bottom < VIEWPORT.height]).toEqual([true, true]);
    }
  });

  test("zooms around a place of the screen, within bounds", () => {
    const before = toMap(whole, VIEWPORT, 100, 500);
    const near = zoomedAt(whole, 3, 100, 500, VIEWPORT, whole);
    const after = toMap(near, VIEWPORT, 100, 500);
    expect(near.scale).toBeCloseTo(3 * whole.scale);
    for (const i of [0, 1] as const) expect(after[i]).toBeCloseTo(before[i]);
    expect(zoomedAt(whole, 1e9, 1, 1, VIEWPORT, whole).scale).toBe(whole.scale * 400);
    expect(zoomedAt(whole, 1e-9, 1, 1, VIEWPORT, whole).scale).toBe(whole.scale / 2);
  });

  test("moves the map as far as the pointer, and flies from one place to another", () => {
    const [x, y] = toScreen(panned(whole, 30, -20), VIEWPORT, 0.5, 0.5);
    const [beforeX, beforeY] = toScreen(whole, VIEWPORT, 0.5, 0.5);
    expect([x - beforeX, y - beforeY].map(Math.round)).toEqual([30, -20]);
    const to = { x: 1, y: 0, scale: 4 * whole.scale };
    expect(between(whole, to, 0)).toEqual(whole);
    expect(between(whole, to, 0.5).scale).toBeCloseTo(2 * whole.scale);
    expect(between(whole, to, 1)).toMatchObject({ x: 1, y: 0 });
  });

  test("shows a map of one point", () => {
    const { scale } = fitCamera(boundsOf(Float32Array.of(0.5), Float32Array.of(0.5)), VIEWPORT, { left: 0, top: 0 });
    expect(Number.isFinite(scale)).toBe(true);
  });
});

describe("colours", () => {
  const points = [
    mapPoint(0, 0, { photos: ["/p/a/1.jpg"], year: 2001, outlierScore: 0.1 }),
    mapPoint(0, 1, { photos: ["/p/a/2.jpg"], year: 2010, outlierScore: 0.9 }),
    mapPoint(1, 0, { photos: ["/p/b/3.jpg"], outlierScore: 0.2 }),
    mapPoint(1, 1, { photos: ["/p/b/4.jpg", "/p/c/4.jpg"], year: 2010, outlierScore: 0.3 }),
  ];
  const sets = [
    { kind: "copies", points: [0, 1] },
    { kind: "burst", points: [2, 1] },
  ] as const;
  const data = readMapData(packMap(libraryMap(points, sets), null, "folder"));
  const named = (color: (typeof MAP_COLORS)[number]) => {
    const { groups, groupOf } = colorBy(color, data);
    return [...groupOf].map((group) => groups[group]?.name);
  };

  test("tell folders, years and sets apart", () => {
    expect(named("folder")).toEqual(["a", "a", "b", "b"]);
    expect(named("year")).toEqual(["2001", "2010", "no date", "2010"]);
    expect(named("set")).toEqual(["copies", "copies", "bursts", "in no set"]);
  });

  test("of what is unusual grow with the rank of the score", () => {
    const { groupOf, scale } = colorBy("outlier", data);
    expect(scale).toEqual(["common", "isolated"]);
    expect([0, 2, 3, 1].map((point) => groupOf[point])).toEqual([0, 16, 32, 48]);
  });

  test("count what they stand for", () => {
    for (const color of ["folder", "year", "set"] as const) {
      expect(colorBy(color, data).groups.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
    }
  });

  test("are the pixels that a canvas keeps", () => {
    expect(toPixel("#ff8001")).toBe(0x0180ff);
    for (const color of MAP_COLORS) {
      for (const { color: value } of colorBy(color, data).groups) if (value !== null) expect(value).toMatch(/^#[0-9a-f]{6}$/);
    }
  });
});
