import { describe, expect, test } from "vitest";
import { differencesOf } from "../../../src/core/look/differences.ts";
import { look } from "../../library-fixtures.ts";

const PICTURE = { width: 1000, height: 800 };

describe("how a copy differs", () => {
  test("a copy that lies on the whole was saved again", () => {
    expect(differencesOf(look(), PICTURE, PICTURE)).toEqual([{ kind: "saved-again" }]);
  });

  test("what was seen in the picture comes before its size", () => {
    const box = { x: 0, y: 0.8, width: 1, height: 0.2 };
    const seen = look({ verdict: "altered", regions: [{ one: box, other: box, captioned: null }] });
    expect(differencesOf(seen, PICTURE, { width: 500, height: 400 })).toEqual([
      { kind: "altered", box, captioned: null },
      { kind: "smaller", scale: 0.5 },
    ]);
  });

  test("a picture that shows more is wider, and where it ends in edges a frame", () => {
    const laying = {
      ...look().laying,
      oneOnOther: [0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75],
      otherOnOne: [-0.5, -0.5, 1.5, -0.5, 1.5, 1.5, -0.5, 1.5],
    };
    const seen = (framed: boolean) => look({ laying: { ...laying, isFramed: { one: false, other: framed } } as never });
    expect(differencesOf(seen(true), PICTURE, PICTURE)[0]).toEqual({ kind: "framed", share: 0.25 });
    expect(differencesOf(seen(false), PICTURE, PICTURE)[0]).toEqual({ kind: "wider", share: 0.25 });
  });
});
