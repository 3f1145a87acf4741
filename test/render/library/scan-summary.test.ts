import { describe, expect, test } from "vitest";
import { NOTHING_LEFT_OUT } from "../../../src/core/library/left-out.ts";
import type { ScanResult } from "../../../src/core/library/scan-result.ts";
import { renderScanJson, renderScanText } from "../../../src/render/library/scan-summary.ts";

const NONE_EXCLUDED = { "other-file": 0, "other-name": 0, "by-choice": 0, "by-filter": 0, hidden: 0, link: 0, "same-folder-again": 0 };

function result(sketch: Partial<ScanResult> = {}): ScanResult {
  return {
    approximation: null,
    found: 1200,
    unchanged: 1000,
    known: 50,
    renamed: 8,
    copied: 40,
    embedded: 150,
    skipped: 0,
    missing: 0,
    nowExcluded: 0,
    unsure: 0,
    unread: 0,
    lostRoots: [],
    emptyRoots: [],
    excluded: NONE_EXCLUDED,
    leftOut: NOTHING_LEFT_OUT,
    finished: true,
    compared: true,
    returned: 0,
    seconds: 12,
    ...sketch,
  };
}

describe("a scan in words", () => {
  test("tells how many pairs an index of nearest neighbours found of those that a sample has", () => {
    expect(renderScanText(result({ approximation: { photos: 100, pairs: 2011, found: 1991 } }))).toContain(
      "Compared by an index of nearest neighbours: of 2,011 pairs of 100 photos that were also compared exactly it found 1,991 (99.0 %).",
    );
    expect(renderScanText(result({ approximation: { photos: 1, pairs: 0, found: 0 } }))).toContain("exactly it found 0.");
  });

  test("is one line where nothing is amiss", () => {
    expect(renderScanText(result())).toBe(
      "1,200 photos found: 150 new, 40 copies of others, 8 moved or renamed, 2 rewritten with the same bytes, 1,000 unchanged.\n",
    );
    expect(renderScanText(result({ known: 0, renamed: 0, copied: 0 }))).toBe("1,200 photos found: 150 new, 1,000 unchanged.\n");
  });

  test.each<readonly [string, Partial<ScanResult>, string]>([
    [
      "photos that are excluded now",
      { nowExcluded: 2 },
      "2 known photos now excluded by name or glob; a scan that includes them brings them back.",
    ],
    ["one file that could not be compared", { skipped: 1 }, "1 file skipped; dupfind status lists them."],
    ["photos that are missing", { missing: 2 }, "2 photos missing since the last scan; dupfind prune forgets them."],
    ["a folder that is empty now", { emptyRoots: ["/mnt/nas"] }, "/mnt/nas contains no photos now, but the library knows some there."],
    ["a stop before the end", { finished: false }, "Stopped early. Finished work is kept; run the same command to resume."],
    ["known photos that are out of reach", { unsure: 7 }, "7 known photos could not be checked and stay as they were"],
    ["photos that are not read", { unread: 5, finished: false }, "5 photos not read yet.\nStopped early"],
    ["photos that are not compared yet", { compared: false }, "Stopped early"],
    [
      "photos held back and files passed by",
      { leftOut: { heldBack: 2, passedBy: { "other-name": 3, "by-choice": 1, "by-filter": 0, hidden: 0, link: 0 } } },
      "2 photos nearly empty: only copies byte for byte are found.\n" +
        "4 files or folders passed by that may hold pictures (3 under another name, 1 by --exclude or .dupfindignore).\n" +
        "dupfind status --left-out lists what was not compared.\n",
    ],
  ])("tells of %s", (_, sketch, words) => {
    expect(renderScanText(result(sketch))).toContain(`unchanged.\n${words}`);
  });

  test("says what was excluded, kind by kind, and no kind that was not", () => {
    const excluded = { ...NONE_EXCLUDED, "other-file": 1, hidden: 2, link: 1 };
    expect(renderScanText(result({ excluded }))).toContain(
      "Excluded: 1 other file, 2 hidden or system entries, 1 link (--follow-links includes it).\n",
    );
  });
});

test("a scan as JSON is one line with every count", () => {
  const one = result({ skipped: 3, emptyRoots: ["/mnt/a\nb"] });
  const line = renderScanJson(one);
  expect(line.indexOf("\n")).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({ schemaVersion: 1, command: "scan", ...one });
});
