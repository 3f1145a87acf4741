import { createHash } from "node:crypto";
import { appendFileSync, chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PhotoFile } from "../../../src/core/photos/photo.ts";
import type { WalkEntry } from "../../../src/core/photos/ports.ts";
import { identify } from "../../../src/io/photos/identify.ts";
import { photoFile } from "../../../src/io/photos/photo-file.ts";
import { createWalk } from "../../../src/io/photos/walk.ts";
import { PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const fileAt = async (path: string): Promise<PhotoFile> => photoFile(path, await stat(path, { bigint: true }));

/** Root may read everything: there the work is done as the user "nobody". */
async function unprivileged<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("identifying", () => {
  test("gives the SHA-256 of all bytes, of a file of several pieces too", async () => {
    const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
    const large = join(temporaryFolder(), "large.jpg");
    for (let i = 0; i < 4; i++) appendFileSync(large, readFileSync(PHOTOS.heic));
    for (const path of [PHOTOS.falcon, large]) {
      expect(await identify(await fileAt(path))).toMatchObject({ ok: true, value: { hash: sha256(path) } });
    }
  });

  test("refuses a file that changed since the walk, went away or may not be read", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const path = join(folder, "photo.jpg");
    copyFileSync(PHOTOS.falcon, path);
    const file = await fileAt(path);
    chmodSync(path, 0o000);
    const detail = "there is no permission to read it: EACCES";
    expect(await unprivileged(() => identify(file))).toEqual({ ok: false, skipped: { path, reason: "unreadable", detail } });
    chmodSync(path, 0o644);
    appendFileSync(path, "more");
    expect(await identify(file)).toMatchObject({ ok: false, skipped: { reason: "changed-while-read" } });
    rmSync(path);
    expect(await identify(file)).toMatchObject({ ok: false, skipped: { reason: "vanished" } });
  });
});

describe("walking", () => {
  test("lists a folder that may not be listed, and goes on beside it", async () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    mkdirSync(join(root, "locked"));
    copyFileSync(PHOTOS.falcon, join(root, "locked/inside.jpg"));
    copyFileSync(PHOTOS.falcon, join(root, "beside.jpg"));
    chmodSync(join(root, "locked"), 0o000);
    const entries = await unprivileged(async () => {
      const found: WalkEntry[] = [];
      for await (const entry of createWalk([{ path: root, exclude: [], followLinks: false }])()) found.push(entry);
      return found;
    });
    expect(entries).toMatchObject([
      { kind: "photo", file: { path: join(root, "beside.jpg") } },
      { kind: "skipped", skipped: { path: join(root, "locked"), reason: "unreadable-folder", detail: "EACCES" } },
    ]);
    chmodSync(join(root, "locked"), 0o755);
  });
});
