/**
 * Files that no scan can compare: each is listed with its reason, and none stops the scan.
 */
import { copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { headOf } from "../originals.ts";
import { PHOTOS } from "../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

interface Library {
  readonly photos: string;
  readonly db: string;
}

/** A folder with one good photo in it, so that every test also sees the scan go on. */
function library(): Library {
  const folder = temporaryFolder();
  const photos = join(folder, "photos");
  mkdirSync(photos);
  copyFileSync(PHOTOS.landscape, join(photos, "good.jpg"));
  return { photos, db: join(folder, "library.db") };
}

async function scanAndReport({ photos, db }: Library, ...options: string[]) {
  const scan = await dupfindJson<ScanJson>(["scan", photos, "--db", db, ...options]);
  const report = await dupfindJson<ReportJson>(["report", "--db", db]);
  const skipped = report.skipped.map(({ path, reason, detail }) => ({ name: path.slice(photos.length + 1), reason, detail }));
  return { scan, report, skipped };
}

const BROKEN: readonly (readonly [title: string, name: string, make: (path: string) => Promise<unknown> | unknown, reason: string])[] = [
  ["a file without bytes", "empty.jpg", (path) => writeFileSync(path, ""), "empty"],
  ["text with an image's name", "notes.png", (path) => writeFileSync(path, "no image at all, ".repeat(100)), "not-an-image"],
  [
    "an SVG with a JPEG's name",
    "drawing.jpg",
    (path) => writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "unsupported-format",
  ],
  ["OpenEXR, which is not decoded", "light.exr", (path) => writeFileSync(path, "v/1\x01\x02\0\0\0"), "unsupported-format"],
  ["a camera original alone without a preview", "alone.cr2", (path) => writeFileSync(path, headOf("cr2")), "unsupported-format"],
  ["a link that leads nowhere", "dangling.jpg", (path) => symlinkSync("/no/such/photo.jpg", path), "dangling-link"],
  [
    "a JPEG cut off in the middle",
    "cut.jpg",
    (path) => {
      copyFileSync(PHOTOS.falcon, path);
      truncateSync(path, 60_000);
    },
    "damaged",
  ],
  ["a HEIC cut off in the middle", "cut.heic", (path) => writeFileSync(path, readFileSync(PHOTOS.heic).subarray(0, 300_000)), "damaged"],
  [
    "a HEIC whose boxes are whole, but not what is in them",
    "short.heic",
    (path) => {
      const heic = readFileSync(PHOTOS.heic);
      // The last box, which holds the picture, says its size in eight bytes.
      const box = heic.indexOf("mdat") - 4;
      heic.writeBigUInt64BE(300_000n - BigInt(box), box + 8);
      writeFileSync(path, heic.subarray(0, 300_000));
    },
    "damaged",
  ],
  [
    "an image of 20,000 × 20,000 pixels",
    "huge.png",
    (path) =>
      sharp({ create: { width: 20_000, height: 20_000, channels: 3, background: "#135" }, limitInputPixels: false })
        .png({ compressionLevel: 1 })
        .toFile(path),
    "too-large",
  ],
];

describe("a file that cannot be compared", () => {
  test.each(BROKEN)("%s is listed with its reason and the scan goes on", async (_title, name, make, reason) => {
    const made = library();
    await make(join(made.photos, name));
    const { scan, report, skipped } = await scanAndReport(made);
    expect(skipped).toMatchObject([{ name, reason }]);
    expect(report.photos).toBe(1);
    expect(scan.embedded).toBe(1);
    const strict = await dupfind(["scan", made.photos, "--db", made.db, "--strict", "--quiet"]);
    expect(strict).toMatchObject({ code: 3, stdout: "", stderr: "" });
  });

  test("the megapixel cap says how to raise it, and raising it lets the image in", async () => {
    const made = library();
    await sharp({
      create: { width: 3000, height: 2000, channels: 3, background: "#135", noise: { type: "gaussian", mean: 90, sigma: 60 } },
    })
      .jpeg()
      .toFile(join(made.photos, "large.jpg"));
    const capped = await scanAndReport(made, "--max-megapixels", "5");
    expect(capped.skipped).toMatchObject([
      { name: "large.jpg", reason: "too-large", detail: "3000 × 2000 is 6 megapixels, the limit is 5: a limit of 6 accepts it" },
    ]);
    const raised = await scanAndReport(made, "--max-megapixels", "6");
    expect(raised).toMatchObject({ skipped: [], report: { photos: 2 } });
  });

  test("one that was skipped is not read again until it changes, and is counted all the same", async () => {
    const made = library();
    const path = join(made.photos, "late.jpg");
    writeFileSync(path, "not yet");
    expect((await scanAndReport(made)).scan).toMatchObject({ skipped: 1, embedded: 1 });
    expect((await scanAndReport(made)).scan).toMatchObject({ skipped: 1, embedded: 0 });
    copyFileSync(PHOTOS.falcon, path);
    expect(await scanAndReport(made)).toMatchObject({ scan: { skipped: 0, embedded: 1 }, skipped: [], report: { photos: 2 } });
  });

  test("a photo that becomes damaged leaves the report", async () => {
    const made = library();
    const copy = join(made.photos, "copy.jpg");
    copyFileSync(join(made.photos, "good.jpg"), copy);
    expect((await scanAndReport(made)).report.sets.length).toBe(1);
    truncateSync(copy, 5000);
    const after = await scanAndReport(made);
    expect(after.report.sets).toEqual([]);
    expect(after.skipped).toMatchObject([{ name: "copy.jpg", reason: "damaged" }]);
  });
});

describe("an unusual picture", () => {
  const grey = (width: number, height: number) => sharp(PHOTOS.landscape).resize(width, height, { fit: "fill" });
  const UNUSUAL: readonly (readonly [title: string, name: string, make: (path: string) => Promise<unknown>])[] = [
    ["a wrong extension", "really-a.png", (path) => grey(400, 267).jpeg().toFile(path)],
    ["CMYK", "cmyk.jpg", (path) => grey(400, 267).toColourspace("cmyk").jpeg({ quality: 95 }).toFile(path)],
    ["16 bits a channel", "deep.png", (path) => grey(400, 267).toColourspace("rgb16").png().toFile(path)],
    ["16 bits a channel in TIFF", "deep.tif", (path) => grey(400, 267).toColourspace("rgb16").tiff().toFile(path)],
    ["a palette", "palette.gif", (path) => grey(400, 267).gif().toFile(path)],
    ["an alpha channel", "clear.webp", (path) => grey(400, 267).ensureAlpha(1).webp({ quality: 90 }).toFile(path)],
    ["AVIF", "modern.avif", (path) => grey(400, 267).avif({ quality: 70, effort: 1 }).toFile(path)],
  ];
  test.each(UNUSUAL)("with %s is still the same picture", async (_title, name, make) => {
    const made = library();
    await make(join(made.photos, name));
    const { report, skipped } = await scanAndReport(made);
    expect(skipped).toEqual([]);
    expect(report.sets.map((set) => set.extras.map((extra) => extra.path))).toEqual([[join(made.photos, name)]]);
    expect(report.sets[0]?.lowestSimilarity).toBeGreaterThan(0.9);
  });

  test("animations are compared frame by frame: one that ends otherwise, and its first frame as a still, are other pictures", async () => {
    const made = library();
    const animate = async (name: string, width: number, ...photos: readonly string[]) => {
      const frames = await Promise.all(
        photos.map((path) =>
          sharp(path)
            .resize(width, width / 1.5, { fit: "fill" })
            .png()
            .toBuffer(),
        ),
      );
      await sharp(frames, { join: { animated: true } })
        .webp({ quality: 90 })
        .toFile(join(made.photos, name));
    };
    await animate("moving.webp", 300, PHOTOS.landscape, PHOTOS.flower);
    await animate("moving-small.webp", 210, PHOTOS.landscape, PHOTOS.flower);
    await animate("ends-otherwise.webp", 300, PHOTOS.landscape, PHOTOS.forest);
    const { report, skipped } = await scanAndReport(made);
    expect(skipped).toEqual([]);
    const sets = report.sets.map(({ keeper, extras }) => [keeper, ...extras].map(({ path }) => basename(path)));
    expect(sets).toEqual([["moving.webp", "moving-small.webp"]]);
  });

  test("one of a single pixel, and one 4,000 times as wide as high, are compared", async () => {
    const made = library();
    await sharp({ create: { width: 1, height: 1, channels: 3, background: "#a52" } })
      .png()
      .toFile(join(made.photos, "dot.png"));
    await sharp(PHOTOS.forest).resize(4000, 1, { fit: "fill" }).png().toFile(join(made.photos, "line.png"));
    expect(await scanAndReport(made)).toMatchObject({ skipped: [], report: { photos: 3, sets: [] } });
  });

  test("black frames and white scans are copies only byte for byte", async () => {
    const made = library();
    const flat = (background: string, name: string) =>
      sharp({ create: { width: 800, height: 600, channels: 3, background } })
        .jpeg()
        .toFile(join(made.photos, name));
    await Promise.all([flat("#000", "a.jpg"), flat("#010101", "b.jpg"), flat("#fff", "c.jpg"), flat("#fefefe", "d.jpg")]);
    copyFileSync(join(made.photos, "a.jpg"), join(made.photos, "e.jpg"));
    const { report } = await scanAndReport(made);
    expect(report.sets.flatMap((set) => set.extras).map((extra) => extra.class)).toEqual(["same-bytes"]);
  });
});

describe("names and places", () => {
  test("line breaks, emoji, globs and both Unicode forms in names are read and printed on one line", async () => {
    const made = library();
    const names = [
      "two\nlines.jpg",
      "a\nfolder/photo.jpg",
      "🏔️ peak.jpg",
      "e\u0301te.jpg",
      "\u00e9te\u0301 (2).jpg",
      "[a-z]*{1,2}?.jpg",
      "back\\slash.jpg",
      " lead and trail .jpg",
      "#hash%20.jpg",
    ];
    mkdirSync(join(made.photos, "a\nfolder"));
    for (const name of names) copyFileSync(PHOTOS.landscape, join(made.photos, name));
    const { report, skipped } = await scanAndReport(made);
    expect(skipped).toEqual([]);
    expect(report.sets[0]?.extras.length).toBe(names.length);
    expect((await dupfind(["report", "--db", made.db])).stdout).toContain("two\\nlines.jpg");
    expect((await dupfind(["report", "--db", made.db, "--format", "csv"])).stdout).toContain('"');
  });

  test("a file reached by two roots, by a link or by another hard link is no duplicate of itself", async () => {
    const made = library();
    mkdirSync(join(made.photos, "inner"));
    copyFileSync(PHOTOS.falcon, join(made.photos, "inner/falcon.jpg"));
    linkSync(join(made.photos, "good.jpg"), join(made.photos, "hard-link.jpg"));
    symlinkSync(join(made.photos, "good.jpg"), join(made.photos, "soft-link.jpg"));
    symlinkSync("..", join(made.photos, "inner/loop"));
    symlinkSync(join(made.photos, "inner"), join(made.photos, "again"));
    for (const options of [[], ["--follow-links"]]) {
      const { report, skipped } = await scanAndReport(made, join(made.photos, "inner"), ...options);
      expect({ sets: report.sets, skipped }).toEqual({ sets: [], skipped: [] });
    }
  });

  test("with --follow-links a linked folder outside is read, without it it is counted as left out", async () => {
    const made = library();
    const outside = temporaryFolder();
    copyFileSync(PHOTOS.falcon, join(outside, "falcon.jpg"));
    symlinkSync(outside, join(made.photos, "elsewhere"));
    expect((await scanAndReport(made)).scan).toMatchObject({ found: 1, excluded: { link: 1 } });
    expect((await scanAndReport(made, "--follow-links")).scan).toMatchObject({ found: 2, embedded: 1 });
  });

  test("hidden and system folders are left out and counted, excluded ones are left out", async () => {
    const made = library();
    for (const folder of [".thumbnails", "@eaDir", "drafts", "2020/drafts"]) {
      mkdirSync(join(made.photos, folder), { recursive: true });
      copyFileSync(PHOTOS.falcon, join(made.photos, folder, "falcon.jpg"));
    }
    expect((await scanAndReport(made, "--exclude", "drafts")).scan).toMatchObject({ found: 1, excluded: { hidden: 2 } });
    expect((await scanAndReport(made, "--exclude", "2020/*")).scan).toMatchObject({ found: 2 });
    expect((await scanAndReport(made)).scan).toMatchObject({ found: 3 });
  });

  test("a name that is not valid Unicode is listed with that reason", async () => {
    const made = library();
    const name = Buffer.concat([Buffer.from(`${made.photos}/caf`), Buffer.from([0xe9]), Buffer.from(".jpg")]);
    writeFileSync(name, readFileSync(PHOTOS.falcon));
    expect((await scanAndReport(made)).skipped).toMatchObject([{ name: "caf\uFFFD.jpg", reason: "undecodable-name" }]);
  });

  test("a renamed photo costs one read and no decode, and the old name is gone from the report", async () => {
    const made = library();
    copyFileSync(join(made.photos, "good.jpg"), join(made.photos, "copy.jpg"));
    await scanAndReport(made);
    renameSync(join(made.photos, "copy.jpg"), join(made.photos, "renamed.jpg"));
    const { scan, report } = await scanAndReport(made);
    expect(scan).toMatchObject({ unchanged: 1, known: 1, embedded: 0, missing: 1 });
    expect(report.sets.flatMap((set) => [set.keeper, ...set.extras]).map(({ path }) => path)).not.toContain(join(made.photos, "copy.jpg"));
  });
});
