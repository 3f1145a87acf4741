/**
 * The keeper is the file that the camera wrote, with what travels with it; and what `-0` lists may go.
 */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { originalWith } from "../../originals.ts";
import { exifOf, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const EXIF = exifOf("2019:03:21 11:04:22", "348");
const camera = (width = 780) => sharp(PHOTOS.landscape).resize(width).withExif(EXIF).jpeg({ quality: 85 }).toBuffer();
const stripped = (width: number, quality: number) => camera().then((bytes) => sharp(bytes).resize(width).jpeg({ quality }).toBuffer());

class Library {
  readonly folder = temporaryFolder();
  readonly photos = join(this.folder, "photos");
  readonly #database = ["--db", join(this.folder, "library.db")];

  constructor() {
    mkdirSync(this.photos);
  }

  put(name: string, bytes: Uint8Array | string): void {
    const path = join(this.photos, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }

  async report(...options: readonly string[]): Promise<ReportJson> {
    await dupfindJson(["scan", this.photos, ...this.#database]);
    return dupfindJson<ReportJson>(["report", ...this.#database, ...options]);
  }

  async listed() {
    const { stdout, stderr } = await dupfind(["report", "-0", ...this.#database]);
    return {
      names: stdout
        .split("\0")
        .slice(0, -1)
        .map((path) => basename(path)),
      stderr,
    };
  }
}

async function keeperAmong(
  files: Readonly<Record<string, Uint8Array | string>>,
  ...options: readonly string[]
): Promise<readonly string[]> {
  const library = new Library();
  for (const [name, bytes] of Object.entries(files)) library.put(name, bytes);
  const [set, ...others] = (await library.report(...options)).sets;
  expect(others).toEqual([]);
  return [basename(set?.keeper.path ?? ""), set?.keeper.reason.rule ?? ""];
}

describe("the camera's file is kept", () => {
  test("and not one that was saved again finer, without its EXIF", async () => {
    expect(await keeperAmong({ "DSC_1.jpg": await camera(), "a.jpg": await stripped(780, 100) })).toEqual(["DSC_1.jpg", "exif"]);
  });

  test("and not one that an editor saved finer, with its EXIF", async () => {
    const edited = await sharp(await camera())
      .withExif({ ...EXIF, IFD0: { ...EXIF.IFD0, Software: "GIMP 2.10.34" } })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(await keeperAmong({ "DSC_1.jpg": await camera(), "a.jpg": edited })).toEqual(["DSC_1.jpg", "untouched"]);
  });

  test("and not an enlargement of it", async () => {
    expect(await keeperAmong({ "DSC_1.jpg": await camera(), "a.jpg": await stripped(1560, 95) })).toEqual(["DSC_1.jpg", "exif"]);
  });

  test("and not a PNG of it", async () => {
    const png = await sharp(await camera())
      .withExif(EXIF)
      .png()
      .toBuffer();
    expect(await keeperAmong({ "DSC_1.jpg": await camera(), "a.png": png })).toEqual(["DSC_1.jpg", "format"]);
  });

  test("and not one with more pixels, where the film lies beside the smaller", async () => {
    const files = { "IMG_1.jpg": await camera(390), "IMG_1_HEVC.MOV": "film", "a.jpg": await camera(780) };
    expect(await keeperAmong(files)).toEqual(["IMG_1.jpg", "companions"]);
    expect(await keeperAmong(files, "--keep", "resolution")).toEqual(["a.jpg", "resolution"]);
  });
});

describe("a JPEG that was cut off shortly before its end", () => {
  test("is found with its copies, told to be damaged and kept over none that is whole, whatever else speaks for it", async () => {
    const library = new Library();
    const whole = await camera(1200);
    library.put("camera/IMG_1.jpg", whole.subarray(0, Math.floor(whole.length * 0.985)));
    library.put("camera/IMG_1.MOV", "film");
    library.put("copies/small.jpg", await stripped(500, 70));
    for (const report of [await library.report(), await library.report("--keep", "resolution")]) {
      const [set] = report.sets;
      expect(set?.keeper).toMatchObject({ path: join(library.photos, "copies/small.jpg"), damaged: false, reason: { rule: "whole" } });
    }
    const [set] = (await library.report()).sets;
    expect(set?.extras).toMatchObject([{ path: join(library.photos, "camera/IMG_1.jpg"), damaged: true, class: "same-picture" }]);
    expect((await library.report("--protect", join(library.photos, "camera"))).sets).toEqual([]);
    const { stdout } = await dupfind(["report", "--db", join(library.folder, "library.db")]);
    expect(stdout).toContain("kept: the other is damaged");
    expect(stdout).toMatch(/1200 × \d+ jpeg, .*, damaged\n/);
  });
});

describe("a camera original", () => {
  /** The camera of the original wrote its JPEG in the same second. */
  const OF_CR2 = { IFD0: { Make: "Canon", Model: "Canon EOS 350D DIGITAL" }, IFD2: { DateTimeOriginal: "2005:08:03 18:59:18" } };
  const shot = (width = 1536) => sharp(PHOTOS.landscape).resize(width, Math.round((width * 2) / 3), { fit: "fill" });

  test("that stands alone is a photo: its export elsewhere is found, and the original is kept", async () => {
    const library = new Library();
    library.put("raw/IMG_1.CR2", originalWith("cr2", await shot().jpeg().toBuffer()));
    library.put(
      "exports/beach.jpg",
      await shot(900)
        .withExif({ ...OF_CR2, IFD3: { GPSLatitude: "1/1" } })
        .jpeg()
        .toBuffer(),
    );
    library.put("exports/beach.aae", "an edit of the export");
    const report = await library.report();
    expect(report.skipped).toEqual([]);
    expect(report.sets).toMatchObject([
      { keeper: { path: join(library.photos, "raw/IMG_1.CR2"), format: "raw", companions: [] }, extras: [{ format: "jpeg" }] },
    ]);
  });

  test("beside its JPEG is a companion and no copy, and a photo once the JPEG is gone or cannot be read", async () => {
    const library = new Library();
    const original = originalWith("cr2", await shot().jpeg().toBuffer());
    library.put("IMG_1.JPG", await shot().withExif(OF_CR2).jpeg().toBuffer());
    library.put("RAW/IMG_1.CR2", original);
    library.put("copy/IMG_1.jpg", await shot(1000).withExif(OF_CR2).jpeg().toBuffer());
    const names = (report: ReportJson) => {
      return report.sets.map(({ keeper, extras }) => [keeper, ...extras].map(({ path }) => path.slice(library.photos.length + 1)));
    };
    const first = await library.report();
    expect(names(first)).toEqual([["IMG_1.JPG", "copy/IMG_1.jpg"]]);
    expect(first.sets[0]?.keeper.companions).toEqual([join(library.photos, "RAW/IMG_1.CR2")]);
    library.put("IMG_1.JPG", "no picture any more");
    const second = await library.report();
    expect(names(second)).toEqual([["RAW/IMG_1.CR2", "copy/IMG_1.jpg"]]);
    expect(second.skipped.map(({ reason }) => reason)).toEqual(["not-an-image"]);
    library.put("IMG_1.JPG", await shot().withExif(OF_CR2).jpeg().toBuffer());
    expect(names(await library.report())).toEqual([["IMG_1.JPG", "copy/IMG_1.jpg"]]);
  });
});

describe("what -0 lists", () => {
  test("leaves no companion alone: an extra with one that the keeper lacks is left out and told", async () => {
    const library = new Library();
    library.put("phone/IMG_1.jpg", await camera());
    library.put("phone/IMG_1.MOV", "film");
    library.put("backup/IMG_1.jpg", await camera());
    library.put("backup/IMG_1.MOV", "film");
    library.put("Takeout/IMG_1(1).jpg", await camera(600));
    library.put("Takeout/IMG_1.jpg(1).json", "{}");
    library.put("sent.jpg", await stripped(500, 70));
    const [set] = (await library.report()).sets;
    expect(set?.extras.map(({ path, parted }) => [basename(path), parted.map((one) => basename(one))])).toEqual(
      expect.arrayContaining([["IMG_1(1).jpg", ["IMG_1.jpg(1).json"]]]),
    );
    const { names, stderr } = await library.listed();
    expect(names.sort()).toEqual(["IMG_1.jpg", "sent.jpg"]);
    expect(stderr).toBe('dupfind: 1 extra is not listed: it has companions that the keeper lacks, "parted" in dupfind report --json.\n');
  });

  test("is an extra whose record or sidecar lies beside the keeper byte for byte, and no other of the same size", async () => {
    const library = new Library();
    const record = (year: number) => JSON.stringify({ title: "IMG_1.jpg", photoTakenTime: { timestamp: String(year) } });
    const photos = [await camera(780), await camera(700), await camera(600)] as const;
    const put = (folder: string, number: 0 | 1 | 2, text: string) => {
      library.put(`${folder}/IMG_1.jpg`, photos[number]);
      library.put(`${folder}/IMG_1.jpg.json`, text);
    };
    put("Photos from 2019", 0, record(1_553_166_262));
    put("Album", 0, record(1_553_166_262)); // as an export of Google Photos has the photos of albums twice
    put("Other album", 0, record(1_563_166_262)); // dated anew there
    put("Saver", 1, record(1_553_166_262)); // a near copy with the same record
    library.put("Camera/IMG_1.jpg", photos[2]);
    library.put("Camera/IMG_1.xmp", "<rating>3</rating>"); // speaks for keeping this one
    library.put("Phone/IMG_1.jpg", photos[2]);
    library.put("Phone/IMG_1.xmp", "<rating>5</rating>");
    const { sets } = await library.report("--keep", "record,resolution,age");
    const folderOf = (path: string) => basename(dirname(path));
    expect(
      sets.map(({ extras }) => Object.fromEntries(extras.map(({ path, parted }) => [folderOf(path), parted.map((one) => basename(one))]))),
    ).toEqual([
      {
        Album: [],
        "Other album": ["IMG_1.jpg.json"],
        Saver: [],
        Camera: ["IMG_1.xmp"],
        Phone: ["IMG_1.xmp"],
      },
    ]);
  });

  test("leaves out an extra with a rating of its own, though both sidecars have one size", async () => {
    const library = new Library();
    for (const [folder, rating] of [
      ["a", 3],
      ["b", 5],
      ["c", 3],
    ] as const) {
      library.put(`${folder}/IMG_1.jpg`, await camera());
      library.put(`${folder}/IMG_1.xmp`, `<rating>${rating}</rating>`);
    }
    const [set] = (await library.report("--keep", `folder:${join(library.photos, "a")}`)).sets;
    expect(set?.extras.map(({ path, parted }) => [basename(dirname(path)), parted.map((one) => basename(one))])).toEqual([
      ["b", ["IMG_1.xmp"]],
      ["c", []],
    ]);
    expect((await library.listed()).stderr).toContain("1 extra is not listed");
  });

  test("is all extras, and nothing is told, where nothing lies beside them", async () => {
    const library = new Library();
    for (const name of ["a.jpg", "b.jpg"]) copyFileSync(PHOTOS.landscape, join(library.photos, name));
    await library.report();
    expect(await library.listed()).toEqual({ names: ["b.jpg"], stderr: "" });
  });
});
