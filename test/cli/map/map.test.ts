/**
 * Drawing a map as a user does.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readMapData } from "../../../src/page/map/map-data.ts";
import { PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

interface MapJson {
  readonly photos: number;
  readonly points: number;
  readonly sets: number;
  readonly thumbnails: number;
  readonly bytes: number;
}

const folder = lastingFolder();
const db = join(folder, "library.db");
const photos = join(folder, "photos");
const ODD = ["</script><script>alert(1)</script>", "quote\"and'quote", "two\nlines", "\u{1F4F7} Ünïcödé", "<!-- & -->", "$&$1"];

beforeAll(async () => {
  await writeSmallPhotos(folder, ODD.length);
  for (const [i, name] of ODD.entries()) {
    mkdirSync(join(photos, `${i}-${name.replaceAll("/", "∕")}`), { recursive: true });
    copyFileSync(join(folder, `photo-0000${i}.jpg`), join(photos, `${i}-${name.replaceAll("/", "∕")}`, `${name.replaceAll("/", "∕")}.jpg`));
  }
  copyFileSync(PHOTOS.landscape, join(photos, "landscape.jpg"));
  copyFileSync(PHOTOS.landscape, join(photos, "landscape, again.jpg"));
  await dupfind(["scan", photos, "--db", db]);
  return () => rmSync(folder, { recursive: true });
});

async function draw(...args: readonly string[]) {
  const output = join(temporaryFolder(), "map.html");
  const summary = await dupfindJson<MapJson>(["map", "-o", output, "--db", db, ...args]);
  const page = readFileSync(output, "utf8");
  const carried = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1] as string;
  return { summary, page, data: readMapData(JSON.parse(carried)) };
}

describe("a map", () => {
  test("has every photo of the library, whatever its name is", async () => {
    const { summary, data, page } = await draw();
    expect(summary).toMatchObject({ photos: 8, points: 7, sets: 1, thumbnails: 7, bytes: Buffer.byteLength(page) });
    const paths = Array.from({ length: data.count }, (_, point) => data.photosOf(point)).flat();
    const odd = ODD.map((name, i) => join(photos, `${i}-${name.replaceAll("/", "∕")}`, `${name.replaceAll("/", "∕")}.jpg`));
    expect(paths).toEqual(expect.arrayContaining(odd));
    expect(paths).toHaveLength(8);
  });

  test("is the same file for the same library and seed", async () => {
    const { page } = await draw("--seed", "3");
    expect((await draw("--seed", "3", "--threads", "1")).page).toBe(page);
    expect((await draw("--seed", "4")).page).not.toBe(page);
  });

  test("carries no picture with --no-thumbnails, and begins with the colours asked for", async () => {
    const { summary, data, page } = await draw("--no-thumbnails", "--color", "year");
    expect([summary.thumbnails, data.thumbnails, data.color]).toEqual([0, null, "year"]);
    expect(page).not.toContain("image/jpeg;base64,/9j");
  });

  test("joins by the threshold asked for: at 1 only files with the same bytes", async () => {
    expect((await draw("--threshold", "1", "--no-thumbnails")).data.sets.map(({ points }) => points.length)).toEqual([1]);
  });

  test("says on the terminal where it is, and nothing when quiet", async () => {
    const output = join(temporaryFolder(), "map.html");
    const loud = await dupfind(["map", "-o", output, "--db", db]);
    expect(loud.stdout).toMatch(
      /map\.html, .*: 8 photos, 7 distinct, 1 set of copies, dupfind-lite 12 with threshold 0\.6\.\n7 thumbnails\.\n$/,
    );
    expect((await dupfind(["map", "-o", output, "--db", db, "--quiet"])).stdout).toBe("");
  });
});

describe("photos that went away", () => {
  test("are left out after a scan; before it they stay as dots, and the missing thumbnails are told", async () => {
    const copy = join(temporaryFolder(), "library.db");
    const gone = join(temporaryFolder(), "photos");
    mkdirSync(gone);
    for (const [i, photo] of [PHOTOS.falcon, PHOTOS.flower, PHOTOS.forest].entries()) copyFileSync(photo, join(gone, `${i}.jpg`));
    await dupfind(["scan", gone, "--db", copy]);
    rmSync(join(gone, "1.jpg"));
    const output = join(temporaryFolder(), "map.html");
    const run = await dupfind(["map", "-o", output, "--db", copy]);
    expect(run.stdout).toContain("2 thumbnails; 1 photo could no longer be read.");
    await dupfind(["scan", gone, "--db", copy]);
    expect((await dupfind(["map", "-o", output, "--db", copy])).stdout).toContain("2 photos, 0 sets of copies");
  });
});

describe("a map that cannot be drawn", () => {
  test("says that nothing was scanned, and writes nothing", async () => {
    const output = join(temporaryFolder(), "map.html");
    const empty = join(temporaryFolder(), "library.db");
    await dupfind(["scan", temporaryFolder(), "--db", empty]);
    const run = await dupfind(["map", "-o", output, "--db", empty]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("dupfind scan <folder>");
    expect(existsSync(output)).toBe(false);
  });

  test("asks for its options as they have to be", async () => {
    expect((await dupfind(["map", "--db", db])).stderr).toContain("-o, --output <file>");
    expect((await dupfind(["map", "-o", "map.html", "--color", "size", "--db", db])).stderr).toContain("folder, year, set, outlier");
    expect((await dupfind(["map", "-o", "map.html", "--seed", "x", "--db", db])).code).toBe(2);
  });

  test("that is stopped ends with the signal's code and leaves no file", async () => {
    const output = join(temporaryFolder(), "map.html");
    const stop = new AbortController();
    stop.abort("SIGTERM");
    expect(await dupfind(["map", "-o", output, "--db", db], { stop: stop.signal })).toMatchObject({ code: 143, stdout: "" });
    expect(existsSync(output)).toBe(false);
  });

  test("says that its file cannot be written before it looks at the library", async () => {
    const folder = temporaryFolder();
    for (const output of [join(folder, "nowhere", "map.html"), folder]) {
      const run = await dupfind(["map", "-o", output, "--db", join(folder, "no-library.db")]);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(`${output} cannot be written`);
    }
  });
});
