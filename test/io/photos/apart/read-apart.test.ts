/**
 * The process that reads photos: what becomes of a photo, and of those beside it, when a read never returns or the process is ended.
 * A named pipe that nobody writes to stands for the drive that gives no answer: opening it never returns.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import type { PhotoFile } from "../../../../src/core/photos/photo.ts";
import { contentHash } from "../../../../src/core/units.ts";
import { readApart } from "../../../../src/io/photos/apart/read-apart.ts";
import { thumbnailsApart } from "../../../../src/io/photos/apart/thumbnails-apart.ts";
import { photoFile } from "../../../../src/io/photos/photo-file.ts";
import { PHOTOS } from "../../../photos.ts";
import { temporaryFolder } from "../../../temporary-folder.ts";

const RESIZE = { fit: "squash", size: 64, kernel: "cubic" } as const;
const hashOf = (path: string) => contentHash(createHash("sha256").update(readFileSync(path)).digest("hex"));

function reading(maxSeconds: number) {
  const apart = readApart({ resize: RESIZE, maxMegapixels: 250, maxSeconds, threads: 2 });
  onTestFinished(() => apart.close());
  return apart;
}

/** @param device that it seems to lie on */
async function fileAt(path: string, device = "1"): Promise<PhotoFile> {
  return { ...photoFile(path, await stat(path, { bigint: true })), fileId: `${device}:1` };
}

/** As it was met before its drive went away. */
async function silentFile(name = "silent.jpg", device = "1"): Promise<PhotoFile> {
  const path = join(temporaryFolder(), name);
  execFileSync("mkfifo", [path]);
  return { ...(await fileAt(path, device)), bytes: 1000 };
}

/** Of the processes that this one started, those that read photos. */
function readers(): readonly number[] {
  return execFileSync("pgrep", ["-P", String(process.pid), "-f", "photo-reader-worker"], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);
}

test("a photo is identified and decoded as it is in this process", async () => {
  const apart = reading(60);
  const file = await fileAt(PHOTOS.falcon);
  const identified = await apart.identify(file);
  expect(identified).toMatchObject({ ok: true, value: { hash: hashOf(PHOTOS.falcon) } });
  const decoded = await apart.decode({
    file: photoFile(PHOTOS.falcon, await stat(PHOTOS.falcon, { bigint: true })),
    hash: hashOf(PHOTOS.falcon),
  });
  if (!decoded.ok) throw new Error(decoded.skipped.reason);
  expect(decoded.value.pixels).toMatchObject({ width: 64, height: 64 });
  // To be handed to a thread, whole and alone.
  expect(decoded.value.pixels.data.buffer.byteLength).toBe(64 * 64 * 3);
});

test("a read that never returns is given up after its time, those beside it are answered, and another process reads on", async () => {
  const apart = reading(5);
  const [silent, beside] = [await silentFile(), await fileAt(PHOTOS.falcon)];
  const stuck = apart.identify(silent);
  expect(await apart.identify(beside)).toMatchObject({ ok: true });
  const before = readers();
  expect(await stuck).toEqual({
    ok: false,
    skipped: { path: silent.path, reason: "unreadable", detail: "its drive gave no answer for 5 s" },
  });
  // The drive answered for another photo meanwhile: it is this one alone.
  expect(await apart.identify(beside)).toMatchObject({ ok: true });
  expect(readers().filter((reader) => before.includes(reader))).toEqual([]);
});

test("a drive of which nothing comes is not asked again, and its folders count as away; another drive is read", async () => {
  const apart = reading(2);
  await apart.identify(await silentFile("one.jpg", "7"));
  const begun = performance.now();
  for (let i = 0; i < 20; i++)
    expect(await apart.identify(await silentFile("next.jpg", "7"))).toMatchObject({ ok: false, skipped: { reason: "unreadable" } });
  // Twenty times its time would be 40 s.
  expect(performance.now() - begun).toBeLessThan(20_000);
  const folder = temporaryFolder();
  expect(await apart.listedOn(folder, "7")).toBeNull();
  expect(await apart.listedOn(folder, "8")).toBe(String((await stat(folder)).dev));
  expect(await apart.identify(await fileAt(PHOTOS.falcon, "8"))).toMatchObject({ ok: true });
});

test("a photo with which the process dies is listed, and the next one is read", async () => {
  const apart = reading(3600);
  const beside = await fileAt(PHOTOS.falcon);
  await apart.identify(beside);
  const silent = await silentFile();
  const stuck = apart.identify(silent);
  for (const reader of readers()) process.kill(reader, "SIGSEGV");
  expect(await stuck).toEqual({ ok: false, skipped: { path: silent.path, reason: "damaged", detail: "the decoder crashed (SIGSEGV)" } });
  expect(await apart.identify(beside)).toMatchObject({ ok: true });
});

test("of several under way when the process dies, none takes the blame for another", async () => {
  const apart = reading(3600);
  await apart.identify(await fileAt(PHOTOS.falcon));
  const waiting = await Promise.all(["one.jpg", "other.jpg"].map((name) => silentFile(name)));
  const stuck = waiting.map((file) => apart.identify(file));
  for (const reader of readers()) process.kill(reader, "SIGKILL");
  // Each is asked for again by itself, and answered once its pipe has a writer: it is another file than the one that was met.
  for (const [i, { path }] of waiting.entries()) {
    await (await open(path, "w")).close();
    expect(await stuck[i]).toMatchObject({ ok: false, skipped: { path, reason: "changed-while-read" } });
  }
});

test("a picture for people of a photo of which nothing comes is none after its time, and the next one is made", async () => {
  const thumbnails = thumbnailsApart(100, 250, 3);
  onTestFinished(() => thumbnails.close());
  const { path } = await silentFile();
  expect(await thumbnails.make(path)).toBeNull();
  const jpeg = await thumbnails.make(PHOTOS.falcon);
  expect(await sharp(jpeg ?? Buffer.alloc(0)).metadata()).toMatchObject({ format: "jpeg", width: 100 });
});
