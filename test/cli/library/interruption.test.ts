/**
 * Kills, signals, a full disk and a second process: the library stays whole and finished work stays finished.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const [code, signal] = await once(child, "exit");
  return { code, signal };
}

/** Resolves once the library holds at least this many embeddings. */
async function embedded(db: string, count: number): Promise<void> {
  for (;;) {
    await wait(20);
    try {
      const library = new Database(db, { readonly: true, fileMustExist: true });
      const found = library.prepare("SELECT count(*) FROM embedding").pluck().get() as number;
      library.close();
      if (found >= count) return;
    } catch {
      // not there yet
    }
  }
}

describe("a scan of 300 photos", () => {
  test("killed at ten random moments and then run once more gives the report of an undisturbed one, byte for byte", async () => {
    const folder = temporaryFolder();
    const photos = join(folder, "photos");
    mkdirSync(photos);
    await writeSmallPhotos(photos, 300);
    for (let i = 0; i < 300; i += 15) copyFileSync(join(photos, `photo-${String(i).padStart(5, "0")}.jpg`), join(photos, `copy-${i}.jpg`));
    const [undisturbed, killed] = [join(folder, "undisturbed.db"), join(folder, "killed.db")];
    const whole = await dupfindJson<ScanJson>(["scan", photos, "--db", undisturbed]);
    expect(whole).toMatchObject({ found: 320, embedded: 300, known: 20 });

    const random = seededRandom(7);
    for (let kill = 0; kill < 10; kill++) {
      const scan = start("scan", photos, "--db", killed, "--quiet");
      const exit = ended(scan);
      if (kill === 9) await embedded(killed, 1); // on a busy machine none may have come so far
      await wait(200 + random() * 2500);
      scan.kill("SIGKILL");
      await exit;
    }
    const last = await dupfindJson<ScanJson>(["scan", photos, "--db", killed]);
    expect(last.embedded).toBeLessThan(300); // finished work was kept
    const library = new Database(killed, { readonly: true });
    expect(library.pragma("integrity_check", { simple: true })).toBe("ok");
    library.close();
    const reports = await Promise.all(
      [undisturbed, killed].map((db) => dupfind(["report", "--db", db, "--format", "json", "--threshold", "0.5"])),
    );
    expect(reports[1]?.stdout).toBe(reports[0]?.stdout);
    expect((JSON.parse(reports[0]?.stdout ?? "") as ReportJson).sets.length).toBeGreaterThanOrEqual(20);
  });
});

describe("a scan that is disturbed", () => {
  let photos: string;
  let folder: string;
  beforeAll(async () => {
    folder = lastingFolder();
    photos = join(folder, "photos");
    mkdirSync(photos);
    await writeSmallPhotos(photos, 150, 2);
    return () => rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("by %s finishes the photos under way, says so and ends with %i", async (signal, code) => {
    const db = join(folder, `${signal}.db`);
    const scan = start("scan", photos, "--db", db, "--json");
    let stdout = "";
    scan.stdout?.on("data", (text) => {
      stdout += text;
    });
    const exit = ended(scan);
    await embedded(db, 1);
    scan.kill(signal);
    expect(await exit).toEqual({ code, signal: null });
    const summary = JSON.parse(stdout) as ScanJson;
    expect(summary).toMatchObject({ found: 150, finished: false });
    const rest = await dupfindJson<ScanJson>(["scan", photos, "--db", db]);
    expect(rest).toMatchObject({ unchanged: summary.embedded, embedded: 150 - summary.embedded });
  });

  test("by a second scan of the same library goes on, and the second ends with 4", async () => {
    const db = join(folder, "shared.db");
    const first = start("scan", photos, "--db", db, "--quiet");
    const exit = ended(first);
    await embedded(db, 1);
    const second = await dupfind(["scan", photos, "--db", db]);
    expect(second.code).toBe(4);
    expect(second.stderr).toContain("Another dupfind is working on");
    expect((await dupfind(["report", "--db", db])).code).toBe(0); // reading is allowed meanwhile
    expect((await exit).code).toBe(0);
    expect((await dupfindJson<ScanJson>(["scan", photos, "--db", db])).unchanged).toBe(150);
  });

  test("by a disk that is full says so, and goes on once there is room", async () => {
    const db = join(folder, "full.db");
    // The limit on a file's size stands in for the disk's end: the write that crosses it fails as one on a full disk does.
    const limited = `trap '' XFSZ; ulimit -f 600; exec "$0" "$@"`;
    const run = spawnSync("bash", ["-c", limited, process.execPath, PROGRAM, "scan", photos, "--db", db], { encoding: "utf8" });
    expect(run.stderr).toMatch(/The disk with the library (is full|failed)/);
    expect(run.status).toBe(2);
    const after = await dupfindJson<ScanJson>(["scan", photos, "--db", db]);
    expect(after).toMatchObject({ found: 150, finished: true, compared: true });
    expect(after.unchanged + after.embedded).toBe(150);
  });
});

describe("a folder that goes away", () => {
  test("forgets nothing while it is missing or empty, and prune only with --force", async () => {
    const folder = temporaryFolder();
    const photos = join(folder, "drive");
    const db = join(folder, "library.db");
    mkdirSync(photos);
    copyFileSync(PHOTOS.falcon, join(photos, "a.jpg"));
    copyFileSync(PHOTOS.landscape, join(photos, "b.jpg"));
    await dupfindJson(["scan", photos, "--db", db]);

    rmSync(join(photos, "a.jpg"));
    expect(await dupfindJson(["scan", photos, "--db", db])).toMatchObject({ missing: 1 });
    expect(await dupfindJson(["prune", "--dry-run", "--db", db])).toMatchObject({ photos: 1, contents: 1, dryRun: true });
    expect(await dupfindJson(["prune", "--db", db])).toMatchObject({ photos: 1, contents: 1, guardedRoots: [] });
    expect(await dupfindJson(["status", "--db", db])).toMatchObject({ photos: 1, missing: 0, contents: 1 });

    rmSync(join(photos, "b.jpg"));
    expect(await dupfindJson(["scan", photos, "--db", db])).toMatchObject({ missing: 0, emptyRoots: [photos] });
    expect((await dupfind(["scan", photos, "--strict", "--db", db])).code).toBe(3);
    rmSync(photos, { recursive: true });
    expect((await dupfind(["scan", photos, "--db", db])).code).toBe(2);
    expect(await dupfindJson(["prune", "--db", db])).toMatchObject({ photos: 0, guardedRoots: [photos] });
    expect(await dupfindJson(["status", "--db", db])).toMatchObject({ photos: 1, contents: 1 });
    expect((await dupfind(["status", "--strict", "--db", db])).code).toBe(3); // it may be there all the same
    expect(await dupfindJson(["prune", "--force", "--db", db])).toMatchObject({ photos: 1, contents: 1 });
    const status = await dupfind(["status", "--json", "--strict", "--db", db]);
    expect([status.code, JSON.parse(status.stdout)]).toEqual([0, expect.objectContaining({ photos: 0, roots: [], unwalked: [] })]);
  });

  test("or lost most of its photos at once is not pruned either, but photos that came back are kept even with --force", async () => {
    const folder = temporaryFolder();
    const [photos, mounted, db] = [join(folder, "photos"), join(folder, "photos/mounted"), join(folder, "library.db")];
    mkdirSync(mounted, { recursive: true });
    copyFileSync(PHOTOS.landscape, join(photos, "stays.jpg"));
    for (let i = 0; i < 12; i++) copyFileSync(PHOTOS.falcon, join(mounted, `${i}.jpg`));
    await dupfindJson(["scan", photos, "--db", db]);
    for (let i = 0; i < 12; i++) rmSync(join(mounted, `${i}.jpg`));
    expect(await dupfindJson(["scan", photos, "--db", db])).toMatchObject({ missing: 12 });
    expect(await dupfindJson(["prune", "--db", db])).toMatchObject({ photos: 0, guardedRoots: [photos] });
    copyFileSync(PHOTOS.falcon, join(mounted, "0.jpg"));
    expect(await dupfindJson(["prune", "--force", "--db", db])).toMatchObject({ photos: 11, contents: 0 });
  });
});
