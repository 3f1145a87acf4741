/**
 * How often a scan opens a photo: over the network each opening is a way to the server and back.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wholeFile } from "../../../src/io/photos/codecs/whole-file.ts";
import { PROGRAM } from "../../built-program.ts";
import { EXAMPLES } from "../../photos.ts";
import { describeTraced, UNDER_STRACE } from "../../strace.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const PHOTO = join(EXAMPLES, "originals/craft-beer.jpg");
/** For its bytes, its head, header, pixels, parts and companions; libvips alone takes two dozen of a file that it is named. */
const MOST_OPENINGS = 8;

test("a photo is handed to libvips as what its file holds", async () => {
  expect(Buffer.compare((await wholeFile(PHOTO)) as Uint8Array, readFileSync(PHOTO))).toBe(0);
});

test("a large file, and an empty one, by its name", async () => {
  const folder = temporaryFolder();
  const [large, empty] = [join(folder, "large.tif"), join(folder, "empty.jpg")];
  writeFileSync(large, Buffer.alloc(16_000_001));
  writeFileSync(empty, "");
  expect([await wholeFile(large), await wholeFile(empty)]).toEqual([large, empty]);
});

describeTraced(UNDER_STRACE, () => {
  test("a scan opens a photo a few times", () => {
    const folder = temporaryFolder();
    const [photos, trace] = [join(folder, "photos"), join(folder, "trace")];
    mkdirSync(photos);
    copyFileSync(PHOTO, join(photos, "photo.jpg"));
    const scan = [process.execPath, PROGRAM, "scan", photos, "--quiet", "--db", join(folder, "library.db")];
    const { status } = spawnSync("strace", ["-f", "-e", "trace=open,openat", "-o", trace, ...scan], { stdio: "ignore" });
    const openings = readFileSync(trace, "utf8").match(/open(?:at)?\([^\n]*photos\/photo\.jpg"/g) ?? [];
    expect(status).toBe(0);
    expect(openings.length).toBeGreaterThan(1);
    expect(openings.length).toBeLessThanOrEqual(MOST_OPENINGS);
  });
});
