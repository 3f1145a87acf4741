import { describe, expect, test } from "vitest";
import type { CanaryFinding } from "../../../src/core/drift/canary.ts";
import {
  type DriftCheck,
  type DriftVerdict,
  reportDrift,
  similarityShift,
  type Versions,
  verdictOf,
  versionChanges,
} from "../../../src/core/drift/drift.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import { similarity } from "../../../src/core/units.ts";
import { ENCODER_KEY } from "../../library-fixtures.ts";
import { seededRandom } from "../../seeded-random.ts";

const VERSIONS: Versions = { node: "20.9.0", sharp: "0.35.5", libvips: "8.18.7", processor: "One" };
const ENCODER = { id: "dupfind-lite", version: 12, key: ENCODER_KEY };

function finding(sketch: Partial<CanaryFinding>): CanaryFinding {
  return { name: "scene", format: "jpeg", pixels: null, vector: null, isDecodable: true, ...sketch };
}

const atCosine = (value: number) => finding({ vector: { largest: 0.001, cosine: similarity(value) } });

function check(checkedAt: string, verdict: DriftVerdict, versions: Versions = {}): DriftCheck {
  return { checkedAt, verdict, versions: { ...VERSIONS, ...versions }, findings: [] };
}

describe("the verdict", () => {
  test("is equal only where every pixel and every bit is", () => {
    expect(verdictOf([finding({}), finding({})])).toBe("equal");
    expect(verdictOf([finding({}), finding({ pixels: { shareChanged: 0, largest: 0, mean: 0 } })])).toBe("rounding");
    expect(verdictOf([finding({}), atCosine(1)])).toBe("rounding");
  });

  test("is rounding down to a cosine of 1 - 1e-6 and drift below, whichever canary has it", () => {
    expect(verdictOf([finding({}), atCosine(1 - 1e-6)])).toBe("rounding");
    expect(verdictOf([finding({}), atCosine(1 - 1.01e-6)])).toBe("drift");
    expect(verdictOf([atCosine(0.9), atCosine(1)])).toBe("drift");
  });

  test("is drift where a file can no longer be decoded", () => {
    expect(verdictOf([finding({}), finding({ isDecodable: false })])).toBe("drift");
  });
});

describe("the shift of similarities", () => {
  test("bounds what any third vector can see of two vectors at that cosine", () => {
    const random = seededRandom(11);
    for (let i = 0; i < 2_000; i++) {
      const then = Array.from({ length: 16 }, () => random() - 0.5);
      const size = random() ** 4;
      const [old, now] = [toUnitLength(then), toUnitLength(then.map((value) => value + size * (random() - 0.5)))];
      const towards = toUnitLength(
        i % 2 === 0 ? then.map(() => random() - 0.5) : old.map((value, at) => value - (now[at] as number) || 1e-9),
      );
      const seen = Math.abs(cosine(old, towards) - cosine(now, towards));
      // Components rounded to single precision make a cosine doubtful by a few units of 2^-24.
      expect(seen).toBeLessThanOrEqual(similarityShift(cosine(old, now) - 2 ** -22));
    }
  });

  test("is nothing for equal vectors and 0.0014 where rounding ends", () => {
    expect(similarityShift(1)).toBe(0);
    expect(similarityShift(1 - 1e-6)).toBeCloseTo(0.001414, 6);
  });
});

describe("what moved", () => {
  test("names each version that is other, from what to what", () => {
    expect(versionChanges(VERSIONS, VERSIONS)).toEqual([]);
    expect(versionChanges(VERSIONS, { ...VERSIONS, node: "22.0.0", processor: "Two" })).toEqual([
      { name: "node", from: "20.9.0", to: "22.0.0" },
      { name: "processor", from: "One", to: "Two" },
    ]);
    const { libvips, ...others } = VERSIONS;
    expect(versionChanges(others, VERSIONS)).toEqual([{ name: "libvips", from: "none", to: libvips }]);
    expect(versionChanges(VERSIONS, others)).toEqual([{ name: "libvips", from: libvips, to: "none" }]);
  });

  test("is told since the last check that was equal, over those between", () => {
    const earlier = [
      check("1", "made"),
      check("2", "equal"),
      check("3", "rounding", { sharp: "0.36.0" }),
      check("4", "drift", { sharp: "0.37.0" }),
    ];
    const report = reportDrift(ENCODER, earlier, check("5", "drift", { sharp: "0.38.0" }));
    expect(report.lastEqual?.checkedAt).toBe("2");
    expect(report.changedVersions).toEqual([{ name: "sharp", from: "0.35.5", to: "0.38.0" }]);
  });

  test("is nothing where the canaries were made just now", () => {
    expect(reportDrift(ENCODER, [], check("1", "made"))).toMatchObject({ lastEqual: null, changedVersions: [] });
  });
});
