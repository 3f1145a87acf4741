/**
 * Copies are not bursts: what EXIF says of capture time decides, however similar two photos are.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Exif } from "sharp";
import { describe, expect, test } from "vitest";
import { exifOf, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { type TiffFields, withTiffFields } from "../../tiff.ts";

interface Shot {
  readonly name: string;
  readonly exif?: Exif;
  /** Fields of its EXIF, by tag, for one that is a TIFF. */
  readonly tiff?: TiffFields;
  /** Pixels cut off at the left, so that frames differ a little as a burst's do. */
  readonly shift?: number;
  readonly width?: number;
}

/** Make and model, by tag. */
const ACME = { 271: "ACME", 272: "Cam 1" };

async function reportOn(shots: readonly Shot[], ...options: string[]): Promise<ReportJson> {
  const folder = temporaryFolder();
  const photos = join(folder, "photos");
  mkdirSync(photos);
  for (const { name, exif, tiff, shift = 0, width } of shots) {
    const frame = sharp(await sharp(PHOTOS.landscape).extract({ left: shift, top: 0, width: 780, height: 534 }).toBuffer());
    const sized = width === undefined ? frame : frame.resize(width);
    const path = join(photos, name);
    if (tiff === undefined) await (exif === undefined ? sized : sized.withExif(exif)).jpeg({ quality: 92 }).toFile(path);
    else writeFileSync(path, withTiffFields(await sized.tiff().toBuffer(), ACME, tiff));
  }
  await dupfindJson(["scan", photos, "--db", join(folder, "library.db")]);
  return dupfindJson<ReportJson>(["report", "--db", join(folder, "library.db"), ...options]);
}

const names = (report: ReportJson) =>
  report.sets.map((set) => ({ kind: set.kind, photos: [set.keeper, ...set.extras].map(({ path }) => path.replace(/.*\//, "")).sort() }));

const MAKER = { Make: "Maker", Model: "Model 1" };
const NOON = "2024:05:01 10:00:00";
const LATER = "2024:05:01 10:00:01";

const BURST: readonly Shot[] = [
  { name: "frame-1.jpg", exif: exifOf("2024:05:01 10:00:00", "10") },
  { name: "frame-2.jpg", exif: exifOf("2024:05:01 10:00:00", "35"), shift: 4 },
  { name: "frame-3.jpg", exif: exifOf("2024:05:01 10:00:01", "02"), shift: 8 },
];

describe("frames of one scene are no copies", () => {
  test.each<[string, readonly Shot[]]>([
    [
      "as TIFF",
      [
        { name: "a.tif", tiff: { 36867: NOON } },
        { name: "b.tif", tiff: { 36867: LATER }, shift: 4 },
      ],
    ],
    [
      "without a camera",
      [
        { name: "a.jpg", exif: { IFD2: { DateTimeOriginal: NOON } } },
        { name: "b.jpg", exif: { IFD2: { DateTimeOriginal: LATER } }, shift: 4 },
      ],
    ],
    [
      "within one second, by their numbers",
      [
        { name: "a.tif", tiff: { 36867: NOON, 37393: 100 } },
        { name: "b.tif", tiff: { 36867: NOON, 37393: 101 }, shift: 4 },
      ],
    ],
    [
      "of a maker written in two ways",
      [
        { name: "a.jpg", exif: { IFD0: { Make: "NIKON CORPORATION", Model: "NIKON D90" }, IFD2: { DateTimeOriginal: NOON } } },
        { name: "b.jpg", exif: { IFD0: { Make: "Nikon", Model: "D90" }, IFD2: { DateTimeOriginal: LATER } }, shift: 4 },
      ],
    ],
    [
      "dated by CreateDate alone",
      [
        { name: "a.jpg", exif: { IFD0: MAKER, IFD2: { DateTimeDigitized: NOON } } },
        { name: "b.jpg", exif: { IFD0: MAKER, IFD2: { DateTimeDigitized: LATER } }, shift: 4 },
      ],
    ],
  ])("%s", async (_, shots) => {
    expect(await reportOn(shots)).toMatchObject({ sets: [], bursts: 1 });
  });
});

describe("copies that were given another time are copies", () => {
  test("where their pixels are equal, and exposures where they are not", async () => {
    const dated = (name: string, time: string, zone = "", shift = 0): Shot => ({
      name,
      exif: { IFD0: MAKER, IFD2: { DateTimeOriginal: time, ...(zone === "" ? {} : { OffsetTimeOriginal: zone }) } },
      shift,
    });
    const report = await reportOn([
      dated("local.jpg", "2024:05:01 10:00:00", "+02:00"),
      dated("as-utc.jpg", "2024:05:01 08:00:00"),
      dated("clock-corrected.jpg", "2025:01:01 00:00:00"),
      dated("next-frame.jpg", "2024:05:01 10:00:01", "+02:00", 4),
    ]);
    expect(names(report)).toEqual([{ kind: "copies", photos: ["as-utc.jpg", "clock-corrected.jpg", "local.jpg"] }]);
    expect(report.bursts).toBe(1);
  });

  test("where an export lost the time and says when it was made", async () => {
    const report = await reportOn([
      { name: "original.jpg", exif: { IFD0: { ...MAKER, DateTime: NOON }, IFD2: { DateTimeOriginal: NOON } } },
      { name: "export.jpg", exif: { IFD0: { ...MAKER, DateTime: LATER, Software: "Editor" } }, width: 400 },
    ]);
    expect(names(report)).toEqual([{ kind: "copies", photos: ["export.jpg", "original.jpg"] }]);
  });
});

describe("photos of one camera and one scene", () => {
  test("taken at different times are no copies, and are listed as a burst only with --bursts", async () => {
    const silent = await reportOn(BURST);
    expect(silent).toMatchObject({ sets: [], bursts: 1 });
    const asked = await reportOn(BURST, "--bursts");
    expect(names(asked)).toEqual([{ kind: "burst", photos: ["frame-1.jpg", "frame-2.jpg", "frame-3.jpg"] }]);
    expect(asked.sets[0]?.reclaimableBytes).toBe(0);
  });

  test("of which one lost its EXIF: the copy goes to the frame it is closest to, never two frames into one set", async () => {
    const report = await reportOn([...BURST, { name: "sent-2.jpg", shift: 4, width: 390 }]);
    expect(names(report)).toEqual([{ kind: "copies", photos: ["frame-2.jpg", "sent-2.jpg"] }]);
  });

  test("of which one is an edit that kept its capture time and lost the fraction are copies", async () => {
    const report = await reportOn([
      { name: "original.jpg", exif: exifOf(NOON, "10") },
      {
        name: "edit.jpg",
        exif: { IFD0: MAKER, IFD2: { DateTimeOriginal: NOON } },
        width: 500,
      },
    ]);
    expect(names(report)).toEqual([{ kind: "copies", photos: ["edit.jpg", "original.jpg"] }]);
  });

  test("stay apart under every linkage, also where a photo without EXIF lies between them", async () => {
    const between: readonly Shot[] = [...BURST, { name: "sent.jpg", shift: 2, width: 390 }];
    for (const linkage of ["star", "complete", "single"]) {
      const report = await reportOn(between, "--linkage", linkage);
      for (const set of names(report)) expect(set.photos.filter((name) => name.startsWith("frame")).length).toBe(1);
    }
  });

  test("are never printed for xargs", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "photos"));
    for (const [index, { exif, shift = 0 }] of BURST.entries()) {
      const frame = sharp(PHOTOS.landscape).extract({ left: shift, top: 0, width: 780, height: 534 });
      await frame
        .withExif(exif ?? {})
        .jpeg()
        .toFile(join(folder, "photos", `${index}.jpg`));
    }
    await dupfindJson(["scan", join(folder, "photos"), "--db", join(folder, "library.db")]);
    expect((await dupfind(["report", "--bursts", "-0", "--db", join(folder, "library.db")])).stdout).toBe("");
  });
});
