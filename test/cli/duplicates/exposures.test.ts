/**
 * Copies are not bursts: what EXIF says of capture time decides, however similar two photos are.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { exifOf, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface Shot {
  readonly name: string;
  readonly exif?: ReturnType<typeof exifOf>;
  /** Pixels cut off at the left, so that frames differ a little as a burst's do. */
  readonly shift?: number;
  readonly width?: number;
}

async function reportOn(shots: readonly Shot[], ...options: string[]): Promise<ReportJson> {
  const folder = temporaryFolder();
  const photos = join(folder, "photos");
  mkdirSync(photos);
  for (const { name, exif, shift = 0, width } of shots) {
    const frame = sharp(await sharp(PHOTOS.landscape).extract({ left: shift, top: 0, width: 780, height: 534 }).toBuffer());
    const sized = width === undefined ? frame : frame.resize(width);
    await (exif === undefined ? sized : sized.withExif(exif)).jpeg({ quality: 92 }).toFile(join(photos, name));
  }
  await dupfindJson(["scan", photos, "--db", join(folder, "library.db")]);
  return dupfindJson<ReportJson>(["report", "--db", join(folder, "library.db"), ...options]);
}

const names = (report: ReportJson) =>
  report.sets.map((set) => ({ kind: set.kind, photos: [set.keeper, ...set.extras].map(({ path }) => path.replace(/.*\//, "")).sort() }));

const BURST: readonly Shot[] = [
  { name: "frame-1.jpg", exif: exifOf("2024:05:01 10:00:00", "10") },
  { name: "frame-2.jpg", exif: exifOf("2024:05:01 10:00:00", "35"), shift: 4 },
  { name: "frame-3.jpg", exif: exifOf("2024:05:01 10:00:01", "02"), shift: 8 },
];

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
      { name: "original.jpg", exif: exifOf("2024:05:01 10:00:00", "10") },
      {
        name: "edit.jpg",
        exif: { IFD0: { Make: "Maker", Model: "Model 1" }, IFD2: { DateTimeOriginal: "2024:05:01 10:00:00" } } as ReturnType<typeof exifOf>,
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
