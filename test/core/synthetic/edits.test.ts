import { describe, expect, test } from "vitest";
import { drawEdits, EDIT_KINDS, type Edit, type SingleEdit } from "../../../src/core/synthetic/edits.ts";
import { seededRandom } from "../../seeded-random.ts";

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

function everyEdit(): readonly Edit[] {
  return SEEDS.flatMap((seed) => drawEdits(seededRandom(seed), EDIT_KINDS.length));
}

function singles(edits: readonly Edit[]): readonly SingleEdit[] {
  return edits.flatMap((edit) => (edit.kind === "combination" ? edit.edits : [edit]));
}

describe("drawn edits", () => {
  test("are the same for the same seed, and others for another", () => {
    for (const seed of SEEDS) expect(drawEdits(seededRandom(seed), 4)).toEqual(drawEdits(seededRandom(seed), 4));
    expect(new Set(SEEDS.map((seed) => JSON.stringify(drawEdits(seededRandom(seed), 4)))).size).toBe(SEEDS.length);
  });

  test("of one photo are each of another kind, and all kinds where all are asked for", () => {
    for (const seed of SEEDS) {
      for (const count of [1, 4, EDIT_KINDS.length]) {
        expect(new Set(drawEdits(seededRandom(seed), count).map(({ kind }) => kind)).size).toBe(count);
      }
    }
  });

  test("have every kind about as often as any other", () => {
    const drawn = Array.from({ length: 2000 }, (_, seed) => drawEdits(seededRandom(seed), 3)).flat();
    for (const kind of EDIT_KINDS) {
      const share = drawn.filter((edit) => edit.kind === kind).length / drawn.length;
      expect(share * EDIT_KINDS.length, kind).toBeGreaterThan(0.8);
      expect(share * EDIT_KINDS.length, kind).toBeLessThan(1.2);
    }
  });

  test("of several kinds at once have two or three, all different", () => {
    const sizes = everyEdit().flatMap((edit) => (edit.kind === "combination" ? [edit.edits.length] : []));
    expect(new Set(sizes)).toEqual(new Set([2, 3]));
    for (const edit of everyEdit()) {
      if (edit.kind === "combination") expect(new Set(edit.edits.map(({ kind }) => kind)).size).toBe(edit.edits.length);
    }
  });

  test("stay in the ranges that leave a picture one a person calls the same", () => {
    const range: Readonly<Record<string, readonly [number, number]>> = {
      "recompress quality": [20, 70],
      "resize scale": [0.25, 0.75],
      "crop width": [0.65, 0.95],
      "crop height": [0.65, 0.95],
      "crop left": [0, 1],
      "crop top": [0, 1],
      "rotate degrees": [-15, 15],
      "rotate shade": [0, 255],
      "turn quarters": [1, 3],
      "border width": [0.03, 0.12],
      "border shade": [0, 255],
      "brightness factor": [0.6, 1.5],
      "colour saturation": [0.4, 1.8],
      "colour hue": [-25, 25],
      "text width": [0.3, 0.8],
      "text left": [0, 1],
      "text top": [0, 1],
      "text shade": [0, 255],
      "screenshot above": [0.05, 0.3],
      "screenshot below": [0.05, 0.3],
      "screenshot beside": [0, 0.1],
    };
    const seen = new Set<string>();
    for (const { kind, ...parameters } of singles(everyEdit())) {
      for (const [name, value] of Object.entries(parameters)) {
        if (typeof value !== "number") continue;
        const [low, high] = range[`${kind} ${name}`] ?? [Number.NaN, Number.NaN];
        expect(value, `${kind} ${name}`).toBeGreaterThanOrEqual(low);
        expect(value, `${kind} ${name}`).toBeLessThanOrEqual(high);
        seen.add(`${kind} ${name}`);
      }
    }
    expect(seen).toEqual(new Set(Object.keys(range)));
  });

  test("always change something: no brightness, turn or rotation that leaves the picture as it was", () => {
    for (const edit of singles(everyEdit())) {
      if (edit.kind === "brightness") expect(Math.abs(edit.factor - 1)).toBeGreaterThanOrEqual(0.15);
      if (edit.kind === "rotate") expect(Math.abs(edit.degrees)).toBeGreaterThanOrEqual(2);
      if (edit.kind === "turn") expect([1, 2, 3]).toContain(edit.quarters);
    }
  });
});
