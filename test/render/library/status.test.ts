import { describe, expect, test } from "vitest";
import { type LeftOutFile, NOTHING_LEFT_OUT } from "../../../src/core/library/left-out.ts";
import type { LibraryStatus } from "../../../src/core/library/library-status.ts";
import { SKIP_REASONS, type SkippedPhoto, type SkipReason } from "../../../src/core/photos/photo.ts";
import { encoderKey, photoPath } from "../../../src/core/units.ts";
import { renderStatusJson, renderStatusText } from "../../../src/render/library/status.ts";

const skipped = (path: string, reason: SkipReason, detail = ""): SkippedPhoto => ({ path: photoPath(path), reason, detail });

function status(sketch: Partial<LibraryStatus> = {}): LibraryStatus {
  return {
    roots: ["/home/me/photos"],
    photos: 1200,
    missing: 0,
    contents: 1100,
    pending: 0,
    unwalked: [],
    encoders: [],
    skipped: [],
    leftOut: NOTHING_LEFT_OUT,
    leftOutFiles: null,
    finished: true,
    ...sketch,
  };
}
const render = (sketch: Partial<LibraryStatus>) => renderStatusText(status(sketch), "/home/me/library.db", "/home/me");

describe("status in words", () => {
  test("says where the library is and what it holds", () => {
    expect(render({})).toBe("Library /home/me/library.db\n  folder photos\n  1,200 photos, 1,100 distinct\nAll photos are compared.\n");
  });

  test("tells of photos that are missing and of some not read yet", () => {
    expect(render({ missing: 3, pending: 4 })).toContain("1,100 distinct, 3 missing, 4 not read yet\n");
  });

  test("tells of folders that no scan saw whole, and says of no photo that it was compared then", () => {
    const text = render({ unwalked: ["/home/me/photos"], finished: false });
    expect(text).toContain("  Scan in progress, interrupted, or unable to check every known photo: photos\n");
    expect(text).toMatch(/\nNot all photos are compared yet; dupfind scan resumes\.\n$/);
  });

  test("has a line for each encoder", () => {
    const text = render({
      encoders: [
        { id: "small", version: 3, key: encoderKey("0123456789abcdef".repeat(4)), embedded: 1100, uncompared: 0, pairs: 1 },
        { id: "large", version: null, key: encoderKey("fedcba9876543210".repeat(4)), embedded: 900, uncompared: 200, pairs: 40 },
      ],
    });
    expect(text).toContain("  small 3 (01234567): 1,100 embedded, 1 pair\n");
    expect(text).toContain("  large (fedcba98): 900 embedded, 40 pairs, 200 not compared yet\n");
  });

  test("lists what was not compared by its reason, with what the decoder said", () => {
    const text = render({
      skipped: [
        skipped("/home/me/photos/a.jpg", "damaged", "cut short"),
        skipped("/b.psd", "unsupported-format"),
        skipped("/c.jpg", "damaged"),
      ],
    });
    expect(text).toContain(
      [
        "3 files skipped:",
        "  the image is damaged or truncated (2)",
        "    photos/a.jpg: cut short",
        "    /c.jpg",
        "  this image format is not supported (1)",
        "    /b.psd",
        "",
      ].join("\n"),
    );
    expect(text).not.toContain("All photos are compared");
  });

  test("leaves out no reason", () => {
    const reasons = Object.keys(SKIP_REASONS) as SkipReason[];
    const text = render({ skipped: reasons.map((reason) => skipped(`/${reason}.jpg`, reason)) });
    for (const reason of reasons) expect(text).toMatch(new RegExp(`  ${SKIP_REASONS[reason]}[^\\n]* \\(1\\)\\n    /${reason}\\.jpg\\n`));
    expect(text).toContain("the limit, which --max-megapixels raises (1)");
  });
});

describe("what was not compared and is no fault", () => {
  const leftOut = { heldBack: 1, passedBy: { "other-name": 1, "by-choice": 0, "by-filter": 0, hidden: 1, link: 0 } };
  const files: readonly LeftOutFile[] = [
    { path: photoPath("/home/me/photos/cut.jpg"), reason: "damaged", detail: "cut short" },
    { path: photoPath("/home/me/photos/night.jpg"), reason: "held-back", detail: "" },
    { path: photoPath("/home/me/photos/photo.JPG.bak"), reason: "other-name", detail: "" },
    { path: photoPath("/home/me/photos/.drafts"), reason: "hidden", detail: "" },
  ];

  test.each([
    ["held back", { ...NOTHING_LEFT_OUT, heldBack: 1 }],
    ["passed by", { ...NOTHING_LEFT_OUT, passedBy: { ...NOTHING_LEFT_OUT.passedBy, "other-name": 1 } }],
  ])("is never called compared: %s", (_, some) => {
    const text = render({ leftOut: some });
    expect(text).not.toContain("All photos are compared");
    expect(text).toMatch(/dupfind status --left-out lists what was not compared\.\n$/);
  });

  test("is listed by reason with the skipped files where that is asked for", () => {
    const text = render({ leftOut, leftOutFiles: files, skipped: [skipped("/home/me/photos/cut.jpg", "damaged", "cut short")] });
    expect(text).toContain(
      [
        "4 entries not compared:",
        "  the image is damaged or truncated (1)",
        "    photos/cut.jpg: cut short",
        "  nearly empty pictures, of which only copies byte for byte are found (1)",
        "    photos/night.jpg",
        "  the name is not that of a photo that is read (1)",
        "    photos/photo.JPG.bak",
        "  hidden (1)",
        "    photos/.drafts",
        "",
      ].join("\n"),
    );
  });

  test("says that there is none where it was asked for", () => {
    expect(render({ leftOutFiles: [] })).toMatch(/\nAll photos are compared\.\n$/);
  });

  test("is in JSON where it was asked for", () => {
    expect(JSON.parse(renderStatusJson(status({ leftOut, leftOutFiles: files }), "/library.db"))).toMatchObject({
      leftOut,
      leftOutFiles: files,
    });
  });
});

test("status as JSON has all that is known", () => {
  const { leftOutFiles: _, ...one } = status({ skipped: [skipped("/a\nb.jpg", "empty")] });
  const line = renderStatusJson({ ...one, leftOutFiles: null }, "/library.db");
  expect(JSON.parse(line)).toEqual({ schemaVersion: 1, command: "status", library: "/library.db", ...one });
});
