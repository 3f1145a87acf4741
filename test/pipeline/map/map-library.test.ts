/**
 * The map of a library, with the real search for neighbours and the real layout.
 */
import { describe, expect, test } from "vitest";
import type { Report } from "../../../src/core/duplicates/report.ts";
import { cosine, cosineOfRows, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import type { LibraryMap } from "../../../src/core/map/library-map.ts";
import type { MapPhoto } from "../../../src/core/map/ports.ts";
import { photoPath } from "../../../src/core/units.ts";
import { createNearestSearch } from "../../../src/io/vectors/nearest-neighbours.ts";
import { createLayOut } from "../../../src/io/vectors/umap.ts";
import { mapLibrary } from "../../../src/pipeline/map/map-library.ts";
import { content, frame, idOf, pair, report, setsOf } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const DIMENSIONS = 16;

/** In `clusters` groups; content c is of group c % clusters. */
function vectors(count: number, clusters = count) {
  const random = seededRandom(count);
  const direction = () => Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const centers = Array.from({ length: clusters }, direction);
  const rows = Array.from({ length: count }, (_, i) => {
    const center = centers[i % clusters] as readonly number[];
    return toUnitLength(direction().map((value, at) => 0.3 * value + (center[at] as number)));
  });
  return {
    values: Float32Array.from(rows.flatMap((row) => [...row])),
    dimensions: DIMENSIONS,
    contentIds: rows.map((_, i): ContentId => idOf(i)),
  };
}

const photoOf = (of: ContentId, path = `/photos/${String(of).padStart(4, "0")}.jpg`): MapPhoto => ({
  content: of,
  path: photoPath(path),
  takenAt: null,
});

interface Given {
  readonly photos?: readonly MapPhoto[];
  readonly report?: Report;
  readonly seed?: number;
  readonly stop?: AbortSignal;
}

async function draw(matrix: ReturnType<typeof vectors>, given: Given = {}): Promise<LibraryMap> {
  const map = await tryToDraw(matrix, given);
  if (map === null) throw new Error("The map was stopped");
  return map;
}

function tryToDraw(matrix: ReturnType<typeof vectors>, given: Given): Promise<LibraryMap | null> {
  const { photos = matrix.contentIds.map((of) => photoOf(of)), seed = 1, stop = new AbortController().signal } = given;
  const onProgress = () => {};
  const ports = {
    store: {
      photos: async function* () {
        yield photos;
      },
    },
    searchNearest: createNearestSearch(1),
    layOut: createLayOut(onProgress, stop),
    onProgress,
    stop,
  };
  return mapLibrary(ports, matrix, given.report ?? report(), seed);
}

describe("a map", () => {
  test("puts photos together that resemble each other", async () => {
    const clusters = 5;
    const { points } = await draw(vectors(200, clusters));
    const nearest = points.map((one, i) => {
      const distance = (other: number) => Math.hypot(one.x - (points[other]?.x ?? 0), one.y - (points[other]?.y ?? 0));
      return points
        .map((_, other) => other)
        .filter((other) => other !== i)
        .reduce((best, other) => (distance(other) < distance(best) ? other : best));
    });
    expect(nearest.filter((other, i) => other % clusters === i % clusters).length).toBeGreaterThan(195);
  });

  test("is the same for the same seed, to the last bit, and another one for another seed", async () => {
    const matrix = vectors(60, 4);
    const first = await draw(matrix, { seed: 7 });
    expect(await draw(matrix, { seed: 7 })).toEqual(first);
    expect((await draw(matrix, { seed: 8 })).points.map(({ x }) => x)).not.toEqual(first.points.map(({ x }) => x));
  });

  test("gives each photo the mean distance to its 14 nearest others as outlier score, as comparing all with all finds them", async () => {
    const matrix = vectors(50, 3);
    for (const [row, { outlierScore }] of (await draw(matrix)).points.entries()) {
      const distances = matrix.contentIds
        .filter((other) => other !== row)
        .map((other) => 1 - cosineOfRows(matrix.values, DIMENSIONS, row, other))
        .sort((one, other) => one - other);
      expect(outlierScore).toBeCloseTo(distances.slice(0, 14).reduce((sum, distance) => sum + distance, 0) / 14, 12);
    }
  });

  test.each([1, 2, 3, 4, 5])("can be drawn of %i photos", async (count) => {
    const { points } = await draw(vectors(count));
    expect(points).toHaveLength(count);
    for (const { x, y } of points) expect([x >= 0 && x <= 1, y >= 0 && y <= 1]).toEqual([true, true]);
    expect(new Set(points.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
  });

  test("of three photos puts the two that are alike nearer to each other", async () => {
    const matrix = vectors(3, 2);
    const [a, b, c] = (await draw(matrix)).points as [LibraryMap["points"][0], LibraryMap["points"][0], LibraryMap["points"][0]];
    const vector = (row: number) => matrix.values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    expect(cosine(vector(0), vector(2))).toBeGreaterThan(cosine(vector(0), vector(1)));
    expect(Math.hypot(a.x - c.x, a.y - c.y)).toBeLessThan(Math.hypot(a.x - b.x, a.y - b.y));
  });

  test("can be drawn where all photos are the same picture", async () => {
    const one = vectors(1);
    const count = 40;
    const values = Float32Array.from({ length: count * DIMENSIONS }, (_, at) => one.values[at % DIMENSIONS] as number);
    const { points } = await draw({ values, dimensions: DIMENSIONS, contentIds: Array.from({ length: count }, (_, i) => idOf(i)) });
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    for (const { outlierScore } of points) expect(outlierScore).toBeCloseTo(0, 6);
  });

  test("leaves out what is missing, from the places and from the neighbours", async () => {
    const matrix = vectors(30, 3);
    const present = matrix.contentIds.filter((of) => of % 4 !== 1);
    const map = await draw(matrix, { photos: present.map((of) => photoOf(of)) });
    expect(map.points.flatMap(({ photos }) => photos)).toEqual(present.map((of) => photoOf(of).path));
    const alone = {
      ...matrix,
      contentIds: present,
      values: Float32Array.from(present.flatMap((row) => [...matrix.values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)])),
    };
    expect(map).toEqual(await draw(alone, { photos: present.map((of) => photoOf(of)) }));
  });

  test("has one point for files with the same bytes, at the place of the first path, with the year of the first", async () => {
    const dated = (photo: MapPhoto, year: number): MapPhoto => ({ ...photo, takenAt: frame(`${year}:01:01 00:00:00`).takenAt });
    const photos = [
      dated(photoOf(idOf(1), "/a.jpg"), 2001),
      photoOf(idOf(0), "/b.jpg"),
      dated(photoOf(idOf(1), "/c.jpg"), 2002),
      photoOf(idOf(2), "/d.jpg"),
    ];
    const { points } = await draw(vectors(3), { photos });
    expect(points.map((one) => one.photos)).toEqual([["/a.jpg", "/c.jpg"], ["/b.jpg"], ["/d.jpg"]]);
    expect(points.map(({ year }) => year)).toEqual([2001, null, null]);
  });

  test("joins the photos of a set, the keeper's first, each content once", async () => {
    const contents = [
      content(0, { paths: ["/photos/0000.jpg", "/photos/0000-twin.jpg"], width: 100, height: 100 }),
      content(3, { paths: ["/photos/0003.jpg"] }),
    ];
    const sets = setsOf(contents, [pair(0, 3, 0.9)]);
    expect(sets).toHaveLength(1);
    const map = await draw(vectors(5), { report: report({ sets }) });
    expect(map.sets).toEqual([{ kind: "copies", points: [3, 0] }]);
  });

  test("that is stopped is none", async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await tryToDraw(vectors(5), { stop: stop.signal })).toBeNull();
  });
});
