/**
 * Verdicts on cells that are made by hand: what real pictures come to, `bench/look.mjs` measures.
 */
import { describe, expect, test } from "vitest";
import type { Cells } from "../../../src/core/look/cells.ts";
import { judge, type Matter } from "../../../src/core/look/judge.ts";
import type { Transform } from "../../../src/core/look/transform.ts";
import { seededRandom } from "../../seeded-random.ts";

const [COLUMNS, ROWS, EDGE] = [20, 24, 16];
const IDENTITY: Transform = [1, 0, 0, 0, 1, 0, 0, 0, 1];

interface Cell {
  readonly agreement: number;
  readonly one: number;
  readonly other: number;
}

function verdict(matter: Matter, cellAt: (column: number, row: number) => Cell) {
  const all = Array.from({ length: COLUMNS * ROWS }, (_, at) => cellAt(at % COLUMNS, Math.floor(at / COLUMNS)));
  const [width, height] = [COLUMNS * EDGE, ROWS * EDGE];
  const cells: Cells = {
    edge: EDGE,
    columns: COLUMNS,
    rows: ROWS,
    left: 0,
    top: 0,
    agreement: Float32Array.from(all, ({ agreement }) => agreement),
    shiftX: new Int8Array(all.length),
    shiftY: new Int8Array(all.length),
    contrastOfOne: Float32Array.from(all, ({ one }) => one),
    contrastOfOther: Float32Array.from(all, ({ other }) => other),
    paper: new Float32Array(all.length).fill(0.8),
  };
  const blank = () => new Float32Array(width * height);
  const covered = new Uint8Array(width * height).fill(1);
  const overlay = { width, height, one: blank(), other: blank(), covered, toOne: IDENTITY, toOther: IDENTITY };
  return judge({ cells, overlay, onto: IDENTITY }, matter).verdict;
}

describe("a text in pale ink, whose grain is as loud as its letters", () => {
  /** Agrees as well as such ink does; in one row the words are others. */
  const receipt = (words: number, loudness: number) => (column: number, row: number) =>
    row === 9 && column >= 5 && column < 11
      ? { agreement: words, one: loudness / 4, other: loudness }
      : { agreement: 0.73, one: 3, other: 12 };

  test("is another where words as loud as the others agree with nothing", () => {
    expect(verdict("text", receipt(0.05, 12))).not.toBe("same");
  });

  test("is the same where they agree by less than the others, or are hardly there", () => {
    expect(verdict("text", receipt(0.5, 12))).toBe("same");
    expect(verdict("text", receipt(0.05, 6))).toBe("same");
  });
});

describe("pictures of which every cell agrees", () => {
  /** As windows do that are darker than the wall: how much darker is not seen by a correlation. */
  const front = (unevenness: number) => {
    const random = seededRandom(4);
    return () => ({ agreement: 0.95, one: 30, other: 30 * Math.exp(unevenness * (2 * random() - 1)) });
  };

  test.each(["text", "photo"] as const)("are not the same %s where cells are louder in one or in the other as it happens", (matter) => {
    expect(verdict(matter, front(0.8))).toBe("altered");
  });

  test.each(["text", "photo"] as const)("are the same %s where all are louder, or some by a little", (matter) => {
    expect(verdict(matter, () => ({ agreement: 0.95, one: 15, other: 40 }))).toBe("same");
    expect(verdict(matter, front(0.3))).toBe("same");
  });
});
