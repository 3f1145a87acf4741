import { describe, expect, test } from "vitest";
import { photoPath } from "../../../src/core/units.ts";
import { extraPaths, renderReportCsv, renderReportJson } from "../../../src/render/duplicates/report-data.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { content, frame, pair, report, setsOf } from "../../library-fixtures.ts";

const AWKWARD = '/photos/a "b", c\nd.jpg';
const sets = setsOf(
  [
    content(1, { paths: ["/photos/1.jpg"], exposure: frame("2019:03:21 11:04:22", "10") }),
    content(2, { paths: [AWKWARD], width: 800, height: 600, bytes: 90_000 }),
    content(3, { paths: ["/photos/3.jpg"], exposure: frame("2019:03:21 11:04:22", "35"), bytes: 3_000_000 }),
  ],
  [pair(1, 2, 0.9237), pair(1, 3, 0.99)],
  {},
  ["/photos/1.mov"],
);
const full = report({
  photoCount: 3,
  uncomparedCount: 2,
  sets,
  burstCount: 1,
  skipped: [{ path: photoPath("/photos/bad.jpg"), reason: "damaged", detail: "cut short" }],
});

const used = { createdAt: "2026-03-04T05:06:07.000Z", source: "synthetic", pairs: 1200, precision: 0.99 } as const;
const calibrated = report({ threshold: { value: 0.61, origin: "calibrated", calibration: used } });

/** The fields of each line, as RFC 4180 reads them. */
function readCsv(text: string): readonly (readonly string[])[] {
  const fields = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  const lines: string[][] = [[]];
  for (const [, field = "", end] of fields) {
    lines.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}

describe("JSON", () => {
  const validate = answerSchema("report");

  test.each([
    ["with sets", full],
    ["without any", report()],
    ["with a calibrated threshold", calibrated],
  ])("keeps to its schema %s", (_, one) => {
    validate(JSON.parse(renderReportJson(one)));
    expect(validate.errors).toBeNull();
  });

  test("tells what a calibrated threshold rests on, and nothing of that for any other", () => {
    expect(JSON.parse(renderReportJson(calibrated))).toMatchObject({ threshold: 0.61, thresholdOrigin: "calibrated", calibration: used });
    expect(JSON.parse(renderReportJson(full)).calibration).toBeNull();
  });

  test("has every figure of the report", () => {
    const document = JSON.parse(renderReportJson(full));
    expect(document).toMatchObject({
      schemaVersion: 1,
      threshold: 0.65,
      thresholdOrigin: "measured",
      photos: 3,
      uncompared: 2,
      bursts: 1,
      totals: { sets: 1, extras: 1, reclaimableBytes: 90_000, classes: { "same-picture": { extras: 1, reclaimableBytes: 90_000 } } },
      looked: true,
      skipped: [{ path: "/photos/bad.jpg", reason: "damaged", detail: "cut short" }],
    });
    expect(document.sets[0]).toMatchObject({
      kind: "copies",
      keeper: { path: "/photos/1.jpg", reason: { rule: "companions", holdings: ["film"] }, companions: ["/photos/1.mov"] },
      extras: [
        { path: AWKWARD, width: 800, height: 600, bytes: 90_000, class: "same-picture", similarity: 0.9237, companions: [], parted: [] },
      ],
    });
    expect(document.sets[1]).toMatchObject({ kind: "burst", reclaimableBytes: 0 });
    expect(document.sets[1].extras[0]).toMatchObject({ taken: "2019-03-21T11:04:22.35", camera: "Maker Model 1" });
    expect(document.sets[0].extras[0]).toMatchObject({ taken: null, camera: null });
  });
});

describe("a limit", () => {
  test("leaves sets out, says how many, and no total", () => {
    const document = JSON.parse(renderReportJson(full, 1));
    expect(document).toMatchObject({ unlisted: 1, totals: { classes: { burst: { extras: 1 } } } });
    expect(document.sets).toHaveLength(1);
    expect(JSON.parse(renderReportJson(full, 5)).unlisted).toBe(0);
  });
});

describe("CSV", () => {
  test("has one line a photo, the keeper first in each set", () => {
    const [head, ...lines] = readCsv(renderReportCsv(full));
    expect(head).toEqual([
      "set",
      "kind",
      "role",
      "path",
      "similarity",
      "class",
      "bytes",
      "width",
      "height",
      "format",
      "sha256",
      "parted",
      "difference",
      "taken",
      "camera",
    ]);
    expect(lines.map((fields) => fields.slice(-2))).toEqual([
      ["2019-03-21T11:04:22.10", "Maker Model 1"],
      ["", ""],
      ["2019-03-21T11:04:22.10", "Maker Model 1"],
      ["2019-03-21T11:04:22.35", "Maker Model 1"],
    ]);
    expect(lines.map((fields) => fields.slice(0, 9))).toEqual([
      ["1", "copies", "keeper", "/photos/1.jpg", "", "", "4000000", "4000", "3000"],
      ["1", "copies", "extra", AWKWARD, "0.9237", "same-picture", "90000", "800", "600"],
      ["2", "burst", "keeper", "/photos/1.jpg", "", "", "4000000", "4000", "3000"],
      ["2", "burst", "extra", "/photos/3.jpg", "0.99", "burst", "3000000", "4000", "3000"],
    ]);
  });

  test("quotes a path with commas, quotes and line breaks, and nothing else", () => {
    expect(renderReportCsv(full)).toContain('extra,"/photos/a ""b"", c\nd.jpg",0.9237');
  });

  test("has its head alone where there are no sets", () => {
    expect(readCsv(renderReportCsv(report()))).toHaveLength(1);
  });
});

describe("paths for xargs", () => {
  test("are the extras of copies as they are spelled, and no frame of a burst", () => {
    expect(extraPaths(full)).toEqual([AWKWARD]);
  });

  test("leave out an extra whose companions the keeper lacks; the report tells which these are", () => {
    const both = [content(1, { paths: ["/photos/1.jpg", "/backup/1.jpg"] }), content(2, { width: 800 })];
    const parting = setsOf(both, [pair(1, 2, 0.9)], {}, ["/photos/1.mov", "/backup/1.mov", "/backup/1.jpg.xmp", "/photos/2.jpg.json"]);
    const one = report({ sets: parting });
    expect(parting[0]?.keeper.photo.path).toBe("/backup/1.jpg");
    expect(extraPaths(one)).toEqual(["/photos/1.jpg"]);
    const [{ extras }] = JSON.parse(renderReportJson(one)).sets;
    expect(extras.map(({ path, parted }: Record<string, unknown>) => [path, parted])).toEqual([
      ["/photos/1.jpg", []],
      ["/photos/2.jpg", ["/photos/2.jpg.json"]],
    ]);
    expect(readCsv(renderReportCsv(one)).map((fields) => fields.at(-4))).toEqual(["parted", "", "0", "1"]);
  });

  test("are nothing at all where there are no sets", () => {
    expect(extraPaths(report())).toEqual([]);
  });
});
