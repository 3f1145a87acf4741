import { describe, expect, test } from "vitest";
import { type EncoderComparison, type EncoderScore, rankEncoders } from "../../../src/core/calibration/encoder-comparison.ts";
import { similarity } from "../../../src/core/units.ts";
import { renderComparisonJson, renderComparisonText } from "../../../src/render/calibration/encoder-comparison.ts";

const at = {
  threshold: similarity(0.61234),
  truePositives: 450,
  falsePositives: 4,
  precision: 0.991,
  recall: 0.9,
  falsePositiveRate: 0.00003,
};
const small: EncoderScore = {
  id: "small",
  version: 3,
  bytes: 8_662_365,
  dimensions: 512,
  averagePrecision: 0.9871,
  at,
  photosPerSecond: 89.4,
  edits: [
    { kind: "crop", total: 100, found: 100 },
    { kind: "rotate", total: 100, found: 91 },
    { kind: "turn", total: 100, found: 60 },
  ],
};
const large: EncoderScore = {
  id: "large-vit-base-patch16-384",
  version: null,
  bytes: 371_808_581,
  dimensions: 1024,
  averagePrecision: 0.71,
  at: null,
  photosPerSecond: 3.14,
  edits: [],
};
const comparison: EncoderComparison = {
  source: "synthetic",
  precision: 0.99,
  pairs: { same: 500, different: 124_750, photos: 500 },
  suspects: 17,
  skipped: 1,
  threads: 2,
  encoders: [small, large],
  absent: ["another"],
};

describe("encoders side by side", () => {
  test("as text: a line each, what they miss most, and what is not here", () => {
    expect(renderComparisonText(comparison)).toBe(`125,250 pairs of 500 photos: 500 the same picture (synthetic edits), 124,750 different.
Excluded: 17 pairs that at least one encoder takes for duplicates.
1 photo could not be read.

encoder                     avg prec  threshold  recall  photos/s     size  dims
small 3                        0.987     0.6123   0.900        89  8.66 MB   512
large-vit-base-patch16-384     0.710       none               3.1   372 MB  1024

Threshold and recall: lowest threshold of precision 0.99 on these pairs.
photos/s: read, decoded and encoded with 2 threads.

Missed most often at that threshold:
  small: turn 40 %, rotate 9 %

Not installed (dupfind models list shows how to get them):
  another
`);
  });

  test("of labelled pairs says nothing of edits", () => {
    const labels = { ...comparison, source: "labels", suspects: 0, skipped: 0, absent: [], encoders: [large] } as const;
    expect(renderComparisonText(labels)).not.toMatch(/edits|Excluded|Missed|Not installed|could not be read/);
  });

  test("as JSON holds everything", () => {
    expect(JSON.parse(renderComparisonJson(comparison))).toEqual({ schemaVersion: 1, command: "models compare", ...comparison });
  });

  test("stand by average precision, the smaller first of two alike", () => {
    const twin = { ...small, id: "twin", bytes: 1 };
    expect(rankEncoders([large, small, twin]).map(({ id }) => id)).toEqual(["twin", "small", large.id]);
  });
});
