import { describe, expect, test } from "vitest";
import { comparePaths } from "../../../src/core/paths.ts";
import {
  areNearDuplicates,
  contentsByPath,
  contentsWithCopies,
  folderDensities,
  Neighbours,
} from "../../../src/core/search/neighbour-report.ts";
import { photoPath } from "../../../src/core/units.ts";
import { idOf, pair, shuffled } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const photo = (content: number, path: string, fileId = path) => ({ content: idOf(content), path: photoPath(path), fileId });

describe("nearest neighbours", () => {
  test("are those of all pairs, whatever their order; of two equally near ones that with the first path", () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = seededRandom(seed);
      const ids = Array.from({ length: 12 }, (_, i) => i + 1);
      const pairs = ids.flatMap((a) => ids.filter((b) => b > a && random() < 0.5).map((b) => pair(a, b, Math.floor(random() * 6) / 10)));
      const paths = shuffled(ids, random);
      const compare = contentsByPath(
        ids.flatMap((id, i) => [photo(id, `/z/${paths[i]}.jpg`), photo(id, `/a/${9 + (paths[i] as number)}.jpg`)]),
      );
      const rank = (id: number) => paths[ids.indexOf(id)] as number;
      const neighbours = new Neighbours(compare);
      for (const one of shuffled(pairs, random)) neighbours.offer(one);
      for (const id of ids) {
        const own = pairs
          .filter(({ a, b }) => a === id || b === id)
          .map(({ a, b, similarity }) => ({ nearest: a === id ? b : a, similarity }))
          .sort(
            (one, other) => other.similarity - one.similarity || comparePaths(`${9 + rank(one.nearest)}.`, `${9 + rank(other.nearest)}.`),
          );
        expect(neighbours.of(idOf(id))).toEqual(own[0] ?? null);
      }
    }
  });
});

describe("same bytes", () => {
  test("have a twin in two files, not in two names of one", () => {
    const photos = [
      photo(1, "/a/1.jpg"),
      photo(1, "/b/1.jpg"),
      photo(2, "/a/2.jpg", "1:7"),
      photo(2, "/b/2.jpg", "1:7"),
      photo(3, "/a/3.jpg"),
    ];
    expect([...contentsWithCopies(photos)]).toEqual([1]);
  });
});

describe("the density of near-duplicates", () => {
  const photos = [
    photo(1, "/a/1.jpg"),
    photo(2, "/a/2.jpg"),
    photo(3, "/a/below/3.jpg"),
    photo(4, "/b/4.jpg"),
    photo(5, "/b/5.jpg"),
    photo(6, "/b/6.jpg"),
    photo(7, "/c/7.jpg"),
  ];

  test("counts each photo in its own folder alone, the most near-duplicates first and then the denser folder", () => {
    const found = folderDensities(photos, (id) => id !== 6 && id !== 7);
    expect(found).toEqual([
      { folder: "/a", photos: 2, nearDuplicates: 2 },
      { folder: "/b", photos: 3, nearDuplicates: 2 },
      { folder: "/a/below", photos: 1, nearDuplicates: 1 },
    ]);
  });

  test("does not depend on the order of the photos", () => {
    const expected = folderDensities(photos, (id) => id % 2 === 0);
    for (let seed = 0; seed < 20; seed++) {
      expect(folderDensities(shuffled(photos, seededRandom(seed)), (id) => id % 2 === 0)).toEqual(expected);
    }
  });
});

describe("two photos that are near-duplicates", () => {
  const own = { value: 0.75, origin: "measured" } as const;
  const given = { value: 0.75, origin: "given" } as const;
  test.each([
    [0.99, "different", own, false],
    [0.45, "same", own, true],
    [0.45, "altered", own, true],
    [0.45, "undecided", own, false],
    [0.45, undefined, own, false],
    [0.8, undefined, own, true],
    [0.8, "undecided", own, true],
    [0.45, "same", given, false],
    [0.8, "same", given, true],
  ] as const)("at %d, %s", (value, seen, threshold, expected) => {
    expect(areNearDuplicates(pair(1, 2, value), seen, threshold)).toBe(expected);
  });
});
