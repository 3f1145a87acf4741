import { describe, expect, test } from "vitest";
import type { FolderTally } from "../../../src/core/duplicates/folder-tally.ts";
import type { Report } from "../../../src/core/duplicates/report.ts";
import type { ThresholdOrigin } from "../../../src/core/encoders/encoder.ts";
import type { SkippedPhoto } from "../../../src/core/photos/photo.ts";
import { undressed } from "../../../src/core/text/styled-text.ts";
import { photoPath } from "../../../src/core/units.ts";
import { renderReportText } from "../../../src/render/duplicates/report-text.ts";
import type { ReportView } from "../../../src/render/duplicates/report-view.ts";
import { content, frame, pair, report, setsOf } from "../../library-fixtures.ts";

const VIEW: ReportView = { workingFolder: "/photos", limit: null, next: null, dress: undressed };
const render = (sketch: Partial<Report>, view: Partial<ReportView> = {}) => renderReportText(report(sketch), { ...VIEW, ...view });
const copies = (companionFiles: readonly string[] = []) =>
  setsOf(
    [content(1, { paths: ["/photos/1.heic", "/backup/1.heic"], format: "heic" }), content(2, { width: 800, height: 600, bytes: 90_000 })],
    [pair(1, 2, 0.9237)],
    {},
    companionFiles,
  );
const burst = () =>
  setsOf(
    ["10", "35"].map((fraction, i) => content(i + 1, { exposure: frame("2019:03:21 11:04:22", fraction), bytes: 2000 - i })),
    [pair(1, 2, 0.99)],
  );

describe("a report for a person", () => {
  test("says that there are no duplicates, and what it looked with", () => {
    const text = render({ photoCount: 1234 });
    expect(text).toMatch(/^No duplicates among 1,234 photos\.\nEncoder dupfind-lite 12, threshold 0\.65\b.*\n.*\n$/);
  });

  test("begins with how many sets and extras there are and what is reclaimable", () => {
    const [head = ""] = render({ photoCount: 3, sets: copies() }).split("\n\n");
    for (const figure of ["1 set of duplicates", "3 photos", "2 extra photos", "4.09 MB reclaimable"]) expect(head).toContain(figure);
  });

  test("shows what stays, why, and what each extra rests on", () => {
    const tally = {
      photos: new Map([
        ["/backup", 1],
        ["/photos", 2],
      ]),
      notCompared: new Map(),
    };
    const [, classes, folders, set] = render({ photoCount: 3, sets: copies(), tally }).split("\n\n");
    expect(classes?.split("\n")).toEqual(["  same bytes          1       4 MB", "  same picture        1      90 kB"]);
    expect(folders?.split("\n")).toEqual([".", "  2 of 2 are also in /backup; no photo would be lost"]);
    expect(set?.trimEnd().split("\n")).toEqual([
      "Set 1: 2 extras, 4.09 MB reclaimable, lowest similarity 0.923",
      "keep     /backup/1.heic",
      "         4000 × 3000 heic, 4 MB",
      "         kept: the first path in order",
      "bytes =  1.heic",
      "         4000 × 3000 heic, 4 MB",
      "         the same file",
      "0.923    2.jpg",
      "         800 × 600 jpeg, 90 kB",
      "         20 % of the size",
    ]);
  });

  test("says of the threshold where it comes from, and that no default was measured on these photos", () => {
    const source = (origin: ThresholdOrigin | "given") => render({ threshold: { value: 0.9, origin } }).split("\n")[1];
    expect(source("given")).toContain("0.9, set by --threshold.");
    for (const origin of ["measured", "published"] as const) expect(source(origin)).toContain("not on your photos");
    expect(source("measured")).not.toBe(source("published"));
    expect(source("uncalibrated")).toContain("never measured");
  });

  test("names the calibration it used, and how to get one where it used none", () => {
    const used = { createdAt: "2026-03-04T05:06:07.000Z", source: "labels", pairs: 1200, precision: 0.99 } as const;
    const lines = render({ threshold: { value: 0.612345, origin: "calibrated", calibration: used } }).split("\n");
    expect(lines.slice(1, 3)).toEqual([
      "Encoder dupfind-lite 12, threshold 0.6123 for a precision of 0.99:",
      "calibrated on 2026-03-04 with 1,200 labelled pairs.",
    ]);
    const hint = "dupfind calibrate finds the threshold for your photos.";
    expect(render({})).toContain(hint);
    expect(render({ threshold: { value: 0.9, origin: "given" } })).not.toContain(hint);
  });

  test("fits a terminal of 80 columns where names are short", () => {
    const lines = (["given", "measured"] as const).flatMap((origin) =>
      render({
        photoCount: 1_000_000,
        sets: [...copies(), ...burst()],
        burstCount: 1,
        uncomparedCount: 100_000,
        threshold: { value: 0.65, origin },
      }).split("\n"),
    );
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  test("names companions below their photo", () => {
    const text = render({ sets: copies(["/photos/1.mov", "/backup/1.mov", "/photos/1.xmp"]) });
    expect(text).toContain(
      "keep     1.heic\n         4000 × 3000 heic, 4 MB\n         with 1.mov\n         with 1.xmp\n         kept: its edits\n",
    );
    expect(text).toContain("bytes =  /backup/1.heic\n         4000 × 3000 heic, 4 MB\n         with /backup/1.mov\n");
    expect(text).not.toContain("-0");
  });

  test("says which companions of an extra the keeper lacks, and that -0 leaves it out", () => {
    const text = render({ sets: copies(["/photos/2.jpg.json"]) });
    expect(text).toContain("jpeg, 90 kB\n         with 2.jpg.json, which the keeper lacks\n");
    expect(text).toContain("\n1 extra has companions that the keeper lacks; -0 leaves it out.\n");
  });

  test("keeps one path on one line whatever the file is called", () => {
    const sets = setsOf([content(1, { paths: ["/photos/a\nkeep     /photos/b.jpg", "/photos/c.jpg"] })], []);
    const lines = render({ sets }).split("\n");
    expect(lines.filter((line) => line.startsWith("keep"))).toHaveLength(1);
    expect(render({ sets })).toContain("a\\nkeep     /photos/b.jpg");
  });

  test("lists bursts apart, with nothing reclaimable", () => {
    const text = render({ photoCount: 5, sets: [...copies(), ...burst()], burstCount: 1 });
    const [, listed = ""] = text.split("Bursts: several exposures of one scene, not copies. 1 set.");
    expect(listed).toContain("Burst 1: 2 exposures, lowest similarity 0.990\n");
    expect(listed).toContain("first: more bytes");
    expect(listed).not.toContain("reclaimable");
    expect(text).toContain("2 extra photos, 4.09 MB reclaimable");
    expect(text).not.toContain("--bursts");
  });

  test("tells of bursts that are not listed, and how to see them", () => {
    expect(render({ burstCount: 2 })).toContain("\n\n2 bursts of different exposures excluded; --bursts lists them.\n");
  });

  test("tells of photos that are not compared yet", () => {
    expect(render({ uncomparedCount: 1 })).toContain("1 distinct photo not compared yet; dupfind scan resumes where it stopped.");
  });
});

describe("a report that is long", () => {
  const many = setsOf(
    Array.from({ length: 30 }, (_, i) => content(i + 1, { paths: [`/photos/${i}.jpg`, `/photos/old/${i}.jpg`], bytes: 1000 })),
    [],
  );
  const tally: FolderTally = {
    photos: new Map([
      ["/photos", 30],
      ["/photos/old", 30],
    ]),
    notCompared: new Map(),
  };

  test("says what of each folder is kept elsewhere before the first set", () => {
    const text = render({ photoCount: 60, sets: many, tally });
    const summary = text.indexOf("\nold\n  30 of 30 are also in .; no photo would be lost\n");
    expect(summary).toBeGreaterThan(0);
    expect(summary).toBeLessThan(text.indexOf("Set 1:"));
  });

  test("says its totals again below the sets, and what to do next as its last line", () => {
    const lines = render({ photoCount: 60, sets: many }, { next: "Next: dupfind report -o report.html" }).trimEnd().split("\n");
    expect(lines.filter((line) => line === "30 extra photos, 30 kB reclaimable.")).toHaveLength(2);
    expect(lines.at(-1)).toBe("Next: dupfind report -o report.html");
    const short = render({ photoCount: 60, sets: many.slice(0, 2) });
    expect(short.match(/reclaimable\.$/gm)).toHaveLength(1);
  });

  test("lists as many sets as it is asked for, counts all, and says how many are not listed", () => {
    const text = render({ photoCount: 60, sets: many }, { limit: 4 });
    expect(text.match(/^Set \d+:/gm)).toHaveLength(4);
    expect(text).toContain("30 extra photos, 30 kB reclaimable.");
    expect(text).toContain("26 more sets are not listed, because of --limit 4.");
  });

  test("does not repeat of a folder what the one above it says", () => {
    const folders = Array.from({ length: 13 }, (_, i) => `/old/${i}`);
    const sets = setsOf(
      folders.map((folder, i) => content(i + 1, { paths: [`/photos/${i}.jpg`, `${folder}/${i} (1).jpg`] })),
      [],
    );
    const other = new Map([...folders.map((folder) => [folder, 2] as const), ["/photos", 13] as const]);
    const text = render({ sets, tally: { photos: other, notCompared: new Map() } });
    // The folder above says it all.
    expect(text).toContain("/old\n  13 of 26 are also in .\n");
    expect(text).not.toContain("/old/3\n");
  });
});

describe("what a photo says of itself", () => {
  test("is its capture time and its camera, where they are written", () => {
    const sets = setsOf(
      [
        content(1, {
          paths: ["/photos/1.jpg", "/photos/2.jpg"],
          exposure: frame("2019:03:21 11:04:22", "348", "+01:00", "Maker\u001b[31m"),
        }),
      ],
      [],
    );
    expect(render({ sets })).toContain("\n         2019-03-21 11:04:22, Maker\\u001b[31m\n");
  });
});

describe("a library that is not finished", () => {
  const backlog = { unreadCount: 599, unwalkedRoots: ["/photos/nas"], uncomparedCount: 3 };

  test.each<readonly [string, Partial<Report>]>([
    ["photos not read", { unreadCount: 599 }],
    ["a folder not walked", { unwalkedRoots: ["/photos/nas"] }],
    ["contents not compared", { uncomparedCount: 3 }],
  ])("with %s gives no all-clear", (_, sketch) => {
    expect(render({ photoCount: 1, ...sketch })).toMatch(
      /^No duplicates so far among 1 photo\.\nNot all photos are compared yet: see below\.\n/,
    );
  });

  test("says all that is left to do, within 80 columns", () => {
    const text = render({ photoCount: 1, ...backlog });
    expect(text).toContain("nas: scan in progress, interrupted,\n");
    expect(text).toContain("599 photos not read yet; dupfind scan resumes where it stopped.\n");
    expect(text).toContain("3 distinct photos not compared yet; dupfind scan resumes where it stopped.\n");
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("files that could not be compared", () => {
  const skipped = (count: number) =>
    Array.from({ length: count }, (_, i): SkippedPhoto => ({ path: photoPath(`/photos/bad-${i}.jpg`), reason: "damaged", detail: "" }));

  test("are counted in a footnote", () => {
    expect(render({ skipped: skipped(1200) })).toContain("1,200 files skipped; dupfind status lists them.");
  });

  test("are counted in the singular where there is one", () => {
    expect(render({ skipped: skipped(1) })).toContain("1 file skipped");
  });
});
