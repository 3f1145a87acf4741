import { describe, expect, test } from "vitest";
import type { CanaryFinding } from "../../../src/core/drift/canary.ts";
import type { DriftReport, DriftVerdict } from "../../../src/core/drift/drift.ts";
import type { ScoreShift } from "../../../src/core/drift/score-shift.ts";
import { similarity } from "../../../src/core/units.ts";
import { renderDriftText, renderDriftWarning } from "../../../src/render/drift/drift.ts";
import { ENCODER_KEY } from "../../library-fixtures.ts";

const SAME = { pixels: null, vector: null, isDecodable: true } as const;
const FINDINGS: readonly CanaryFinding[] = [
  { name: "blocks", format: "pixels", ...SAME },
  { name: "scene", format: "webp", ...SAME },
];
const NOT_CALIBRATED: ScoreShift = { kind: "not-calibrated" };

function report(verdict: DriftVerdict, findings: readonly CanaryFinding[] = FINDINGS): DriftReport {
  const then = { checkedAt: "2026-01-02T03:04:05.678Z", versions: {}, verdict: "made", findings: [] } as const;
  return {
    encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY },
    check: { checkedAt: "2026-05-06T07:08:09.000Z", versions: {}, verdict, findings },
    lastEqual: then,
    changedVersions: verdict === "equal" ? [] : [{ name: "sharp", from: "0.35.5", to: "0.36.0" }],
  };
}

describe("a check in text", () => {
  test("is five short lines where nothing drifts", () => {
    expect(renderDriftText(report("equal"), NOT_CALIBRATED)).toBe(
      `No drift: the stored vectors are reproduced bit for bit.
  2 canaries of dupfind-lite 12 (abababab), checked 2026-05-06 07:08
  decoder: identical pixels in all 1
  runtime: identical vectors from identical pixels in all 2
  photos: not compared: the encoder is not calibrated on this library
`,
    );
  });

  test("tells what changed, by how much, since when, and what to do", () => {
    const findings: readonly CanaryFinding[] = [
      { name: "blocks", format: "pixels", pixels: null, vector: { largest: 2e-8, cosine: similarity(1 - 1e-9) }, isDecodable: true },
      {
        name: "scene",
        format: "webp",
        pixels: { shareChanged: 0.25, largest: 7, mean: 0.5 },
        vector: { largest: 0.1, cosine: similarity(0.98) },
        isDecodable: true,
      },
      { name: "scene, small", format: "avif", pixels: null, vector: null, isDecodable: false },
    ];
    expect(renderDriftText(report("drift", findings), { kind: "too-few", newPhotos: 1 })).toBe(
      `Drift: the vectors stored in the library are no longer reproduced.
  3 canaries of dupfind-lite 12 (abababab), checked 2026-05-06 07:08
  decoder: AVIF "scene, small" can no longer be decoded
    different pixels in 1 of 2
    WEBP "scene": 25.0 % of the values, by up to 7 of 255, 0.50 on average
  runtime: different vectors from identical pixels in 1 of 1: largest deviation 2.0e-8, lowest cosine 1 - 1.0e-9
  changed since 2026-01-02 03:04, the last equal check:
    sharp 0.35.5 → 0.36.0
  photos: 1 photo added since the calibration, too few to compare
The lowest cosine of an old and a new vector is 0.9800: similarities may be off by up to 0.200.
Return to the versions of the last equal check, or compute all vectors again with the current ones:
  dupfind reindex --model dupfind-lite --rebuild
`,
    );
  });

  test("says when to calibrate again", () => {
    const numbers = { newPhotos: 1200, distance: 0.31, byChance: 0.12, medianThen: 0.005, medianNow: 0.145 };
    const text = (isShifted: boolean) => renderDriftText(report("equal"), { kind: "compared", ...numbers, isShifted });
    expect(text(true)).toContain("1,200 photos added since the calibration have similarities distributed differently");
    expect(text(true)).toContain("dupfind calibrate --pairs labeled.csv");
    expect(text(false)).not.toContain("dupfind calibrate");
  });
});

test("a scan's warning names the encoder, what changed and what to type", () => {
  const warning = renderDriftWarning(report("drift"));
  expect(warning).toContain("dupfind-lite 12 no longer produces the vectors stored in this library");
  expect(warning).toContain("sharp");
  expect(warning).toContain("dupfind reindex --model dupfind-lite --rebuild");
  expect(warning.trimEnd().split("\n")).toHaveLength(2);
});
