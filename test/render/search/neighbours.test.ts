import { describe, expect, test } from "vitest";
import type { NeighbourReport } from "../../../src/core/search/neighbour-report.ts";
import { similarity } from "../../../src/core/units.ts";
import { renderNeighboursJson, renderNeighboursText } from "../../../src/render/search/neighbours.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { content, ENCODER_KEY } from "../../library-fixtures.ts";

const NONE: NeighbourReport = {
  encoder: { id: "dupfind-lite", version: 12, key: ENCODER_KEY },
  threshold: { value: 0.65, origin: "measured" },
  photoCount: 1,
  uncomparedCount: 0,
  isolated: [],
  nearDuplicateCount: 0,
  folders: [],
  folderCount: 0,
};
const FULL: NeighbourReport = {
  ...NONE,
  photoCount: 4000,
  uncomparedCount: 3,
  isolated: [{ content: content(1), nearest: content(2, { paths: ["/elsewhere/2.jpg"] }), similarity: similarity(0.2269) }],
  nearDuplicateCount: 1500,
  folders: [
    { folder: "/photos/2019", photos: 1200, nearDuplicates: 1200 },
    { folder: "/elsewhere", photos: 900, nearDuplicates: 300 },
  ],
  folderCount: 3,
};

describe("the neighbours as text", () => {
  test("have the isolated photos, each with its nearest, and the folders with their shares", () => {
    expect(renderNeighboursText(FULL, "/photos")).toBe(
      [
        "4,000 photos, encoder dupfind-lite 12.",
        "",
        "Most isolated photos, each with its nearest neighbour:",
        " 0.226  1.jpg",
        "        /elsewhere/2.jpg",
        "",
        "Near-duplicates: 1,500 of 4,000 photos (37.5 %) match another at 0.65 or above.",
        "  near    share  folder",
        " 1,200  100.0 %  2019",
        "   300   33.3 %  /elsewhere",
        "1 more folder; --count lists more.",
        "",
        "3 distinct photos not compared yet; dupfind scan resumes where it stopped.",
        "",
      ].join("\n"),
    );
  });

  test("of one photo are none", () => {
    expect(renderNeighboursText(NONE, "/")).toBe(
      "1 photo, encoder dupfind-lite 12.\n\nNo photo is isolated.\n\nNear-duplicates: 0 of 1 photo (0.0 %) match another at 0.65 or above.\n",
    );
  });
});

describe("the neighbours as JSON", () => {
  const validate = answerSchema("neighbours");

  test.each([
    ["with something in every list", FULL],
    ["with empty lists", NONE],
  ])("keep to their schema %s", (_, report) => {
    validate(JSON.parse(renderNeighboursJson(report)));
    expect(validate.errors).toBeNull();
  });

  test("have every figure", () => {
    expect(JSON.parse(renderNeighboursJson(FULL))).toMatchObject({
      photos: 4000,
      uncompared: 3,
      threshold: 0.65,
      isolated: [{ similarity: 0.2269, paths: ["/photos/1.jpg"], nearest: { paths: ["/elsewhere/2.jpg"] } }],
      nearDuplicates: 1500,
      foldersWithNearDuplicates: 3,
      folders: [{ folder: "/photos/2019", photos: 1200, nearDuplicates: 1200 }, { folder: "/elsewhere" }],
    });
  });
});
