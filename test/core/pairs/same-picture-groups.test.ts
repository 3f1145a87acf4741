import { describe, expect, test } from "vitest";
import type { LabelledPair } from "../../../src/core/pairs/labelled-pair.ts";
import { samePictureGroups } from "../../../src/core/pairs/same-picture-groups.ts";
import { photoPath } from "../../../src/core/units.ts";
import { seededRandom } from "../../seeded-random.ts";

const label = (a: number, b: number, same: boolean): LabelledPair => ({ a: photoPath(`/${a}`), b: photoPath(`/${b}`), same, line: 2 });

describe("photos that are called the same", () => {
  test("are one picture, by way of others too, and those called different are not for that", () => {
    const pictures = samePictureGroups([label(1, 2, true), label(3, 4, true), label(5, 6, false), label(2, 4, true)]);
    expect(new Set([1, 2, 3, 4].map((photo) => pictures.get(photoPath(`/${photo}`)))).size).toBe(1);
    expect(new Set([1, 5, 6].map((photo) => pictures.get(photoPath(`/${photo}`)))).size).toBe(3);
  });

  test("are joined as a walk along all the labels joins them", () => {
    const random = seededRandom(71);
    const photo = () => Math.floor(random() * 40);
    const labels = Array.from({ length: 60 }, () => label(photo(), photo(), random() < 0.4));
    const pictures = samePictureGroups(labels);
    for (const start of pictures.keys()) {
      const met = new Set([start]);
      for (let size = 0; size !== met.size; ) {
        size = met.size;
        for (const { a, b, same } of labels) if (same && (met.has(a) || met.has(b))) met.add(a).add(b);
      }
      const joined = [...pictures].filter(([, picture]) => picture === pictures.get(start)).map(([path]) => path);
      expect(new Set(joined)).toEqual(met);
    }
  });
});
