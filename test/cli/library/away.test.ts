/**
 * Drives that go away and reads that fail, with the built program: what cannot be read now is never what is not there.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { PROGRAM } from "../../built-program.ts";
import { FAMILIES, fixtureFolder, writeTinyLock } from "../../models.ts";
import { PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const FAILING_READ = fileURLToPath(new URL("../../fixtures/native/failing-read.c", import.meta.url));
const SILENT_FOLDER = fileURLToPath(new URL("../../fixtures/native/silent-folder.c", import.meta.url));

describe("a drive that is mounted inside a folder", () => {
  /** Mounts need rights that a user has in a namespace of their own, where the system allows it. */
  const canMount = () => spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

  test("and is away takes no photo with it: scan says so, prune keeps them, and they are unchanged when it is back", async (context) => {
    if (!canMount()) return context.skip("this system lets nobody mount here");
    const folder = temporaryFolder();
    for (const name of ["photos/mounted", "drive"]) mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(PHOTOS.landscape, join(folder, "photos/stays.jpg"));
    copyFileSync(PHOTOS.forest, join(folder, "photos/deleted.jpg"));
    const script = `
      set -e
      dupfind() { "$NODE" "$PROGRAM" "$@" --db library.db --json; }
      mount -t tmpfs none drive && mkdir drive/album && cp "$FALCON" drive/album/a.jpg && cp "$FLOWER" drive/album/b.jpg
      mount --bind drive photos/mounted
      dupfind scan photos
      umount photos/mounted
      rm photos/deleted.jpg
      dupfind scan photos
      dupfind scan photos --strict || true
      dupfind prune
      dupfind status | tr -d '\\n' && echo
      mount --bind drive photos/mounted
      dupfind scan photos --strict
      dupfind prune --dry-run
    `;
    const run = spawnSync("unshare", ["-rm", "bash", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NODE: process.execPath, PROGRAM, FALCON: PHOTOS.falcon, FLOWER: PHOTOS.flower },
    });
    expect(run.stderr).toBe("");
    const answers = run.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    const [first, away, , pruned, status, back, plan] = answers;
    expect(first).toMatchObject({ embedded: 4 });
    expect(away).toMatchObject({ unchanged: 1, missing: 1, unsure: 2 });
    expect(pruned).toMatchObject({ photos: 1, contents: 1, unsure: 2, guardedRoots: [] });
    expect(status).toMatchObject({ photos: 3, missing: 0, contents: 3, finished: false, unwalked: [join(folder, "photos")] });
    expect(back).toMatchObject({ unchanged: 3, embedded: 0, missing: 0, unsure: 0 });
    expect(plan).toMatchObject({ photos: 0, contents: 0, unsure: 0 });
  });
});

describe("reindex", () => {
  test("does not move the library while its folder goes away, and ends with 3", async () => {
    const folder = temporaryFolder();
    const [photos, away, db] = [join(folder, "photos"), join(folder, "away"), join(folder, "library.db")];
    mkdirSync(photos);
    await writeSmallPhotos(photos, 300);
    await dupfindJson(["scan", photos, "--db", db]);
    const environment = { DUPFIND_MODELS: join(folder, "models"), DUPFIND_LOCK: join(folder, "lock.json") };
    const [family] = FAMILIES;
    if (family === undefined) throw new Error("there is no second encoder");
    writeTinyLock(join(folder, "lock.json"));
    await dupfind(["models", "import", fixtureFolder(family)], { environment });

    const run = dupfind(["reindex", "--model", family.id, "--db", db], { environment });
    const library = new Database(db, { readonly: true });
    const pending = library.prepare("SELECT count(*) FROM pending").pluck();
    while (pending.get() === 0) await wait(1);
    library.close();
    renameSync(photos, away);
    const { code, stdout, stderr } = await run;
    expect([code, stderr]).toEqual([3, expect.stringContaining(`${photos} disappeared during the scan`)]);
    expect(stdout).toContain("The library keeps its old encoder until every photo is done");

    const report = await dupfind(["report", "--db", db, "--strict"], { environment });
    expect(report.stdout).toContain("among 300 photos");
    expect(report.stdout).toContain("Encoder dupfind-lite");
    renameSync(away, photos);
    const again = await dupfind(["reindex", "--model", family.id, "--db", db], { environment });
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(`The library now uses ${family.id}`)]);
  });
});

test("a folder that gives no answer is named, once, with what to do, and read when it answers", async (context) => {
  const folder = temporaryFolder();
  const shim = join(folder, "silent-folder.so");
  const compiled = spawnSync("gcc", ["-shared", "-fPIC", "-o", shim, SILENT_FOLDER, "-ldl"], { encoding: "utf8" });
  if (process.platform !== "linux" || compiled.error !== undefined) return context.skip("there is no gcc to make a drive silent with");
  expect(compiled.stderr).toBe("");
  const [photos, album] = [join(folder, "photos"), join(folder, "photos/album")];
  mkdirSync(album, { recursive: true });
  copyFileSync(PHOTOS.falcon, join(album, "falcon.jpg"));
  const run = spawnSync(process.execPath, [PROGRAM, "scan", photos, "--db", join(folder, "library.db"), "--json", "--max-seconds", "10"], {
    encoding: "utf8",
    env: { ...process.env, LD_PRELOAD: shim, SILENT_FOLDER: "photos/album", SILENT_SECONDS: "23" },
  });
  expect(run.stderr).toMatch(
    /^dupfind: \S*photos\/album has given no answer for 1\d s\. Check its drive, or stop with Ctrl-C twice: the next scan goes on from here\.\n$/,
  );
  expect(JSON.parse(run.stdout)).toMatchObject({ embedded: 1, skipped: 0 });
});

describe("a read that fails", () => {
  const setUp = (skip: (reason: string) => void) => {
    const folder = temporaryFolder();
    const shim = join(folder, "failing-read.so");
    const compiled = spawnSync("gcc", ["-shared", "-fPIC", "-o", shim, FAILING_READ, "-ldl"], { encoding: "utf8" });
    if (process.platform !== "linux" || compiled.error !== undefined) return skip("there is no gcc to make a drive fail with");
    expect(compiled.stderr).toBe("");
    const photos = join(folder, "photos");
    mkdirSync(photos);
    copyFileSync(PHOTOS.falcon, join(photos, "failing.jpg"));
    copyFileSync(PHOTOS.landscape, join(photos, "beside.jpg"));
    const db = join(folder, "library.db");
    const scanFailing = (from: number, to: number, code: number, ...options: readonly string[]): ScanJson => {
      const run = spawnSync(process.execPath, [PROGRAM, "scan", photos, "--db", db, "--json", ...options], {
        encoding: "utf8",
        env: {
          ...process.env,
          LD_PRELOAD: shim,
          FAIL_PATH: "failing.jpg",
          FAIL_FROM: String(from),
          FAIL_TO: String(to),
          FAIL_WITH: String(code),
        },
      });
      expect(run.stderr).toBe("");
      return JSON.parse(run.stdout) as ScanJson;
    };
    const skipped = async () => (await dupfindJson<{ skipped: readonly { reason: string }[] }>(["status", "--db", db])).skipped;
    return { photos, db, scanFailing, skipped };
  };

  // The photo is hashed in two reads: its bytes, and the end of them; a third tells its format. From the fourth on it is the decoder that reads.
  test.for(["EIO", "EMFILE", "ENOTCONN"] as const)(
    "with %s from the decode on is no damage: the next scan reads it",
    async (name, context) => {
      const at = setUp((reason) => context.skip(reason));
      if (at === undefined) return;
      expect(at.scanFailing(3, 1_000_000, constants.errno[name])).toMatchObject({ embedded: 1, skipped: 1 });
      expect(await at.skipped()).toMatchObject([{ reason: "unreadable", detail: expect.stringContaining(name) }]);
      expect(await dupfindJson<ScanJson>(["scan", at.photos, "--db", at.db])).toMatchObject({ embedded: 1, unchanged: 1, skipped: 0 });
    },
  );

  test("that never returns is given up: what is beside it is compared, the photo is listed, and the scan ends by itself", async (context) => {
    const at = setUp((reason) => context.skip(reason));
    if (at === undefined) return;
    expect(at.scanFailing(1, 1_000_000, 0, "--max-seconds", "5")).toMatchObject({ embedded: 1, skipped: 1 });
    expect(await at.skipped()).toMatchObject([{ reason: "unreadable", detail: "its drive gave no answer for 5 s" }]);
    expect(await dupfindJson<ScanJson>(["scan", at.photos, "--db", at.db])).toMatchObject({ embedded: 1, unchanged: 1, skipped: 0 });
  });

  test("that never returns to a decoder is given up as well", async (context) => {
    const at = setUp((reason) => context.skip(reason));
    if (at === undefined) return;
    expect(at.scanFailing(4, 1_000_000, 0, "--max-seconds", "5")).toMatchObject({ embedded: 1, skipped: 1 });
    expect(await at.skipped()).toMatchObject([{ reason: expect.stringMatching(/^(?:too-slow|unreadable)$/) }]);
  });

  test("in the first decode alone costs nothing but a second one", async (context) => {
    const at = setUp((reason) => context.skip(reason));
    if (at === undefined) return;
    expect(at.scanFailing(4, 4, constants.errno.EIO)).toMatchObject({ embedded: 2, skipped: 0 });
  });
});
