/**
 * A library that is not finished says so: "no duplicates" among what was read so far is no all-clear.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { lockForComparing } from "../../../src/io/library/sqlite.ts";
import { PROGRAM } from "../../built-program.ts";
import { writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder } from "../../temporary-folder.ts";

function start(...args: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    output.stdout += text;
  });
  child.stderr.on("data", (text) => {
    output.stderr += text;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5);
}

function count(db: string, from: string): number {
  try {
    const library = new Database(db, { readonly: true, fileMustExist: true });
    const found = library.prepare(`SELECT count(*) FROM ${from}`).pluck().get() as number;
    library.close();
    return found;
  } catch {
    return 0; // not there yet
  }
}

let folder: string;
let photos: string;
beforeAll(async () => {
  folder = lastingFolder();
  photos = join(folder, "photos");
  mkdirSync(photos);
  await writeSmallPhotos(photos, 300, 3);
  return () => rmSync(folder, { recursive: true, force: true });
});

describe("a report", () => {
  test("during a scan and after one that was killed counts what is not read, and --strict ends with 3, until the scan is run again", async () => {
    const db = join(folder, "killed.db");
    const args = ["report", "--db", db, "--threshold", "0.99"];
    const scan = start("scan", photos, "--db", db, "--quiet");
    await until(() => count(db, "embedding") > 0);
    // Else it may be done before the report has begun.
    scan.child.kill("SIGSTOP");
    const during = await dupfind([...args, "--strict"]);
    expect([during.code, during.stdout]).toEqual([3, expect.stringMatching(/^No duplicates so far among/)]);
    scan.child.kill("SIGKILL");
    await scan.ended;
    const left = 300 - count(db, "photo");
    expect(left).toBeGreaterThan(0);

    const after = await dupfind([...args, "--strict"]);
    expect(after.code).toBe(3);
    expect(after.stdout).toContain(`No duplicates so far among ${300 - left} photo`);
    expect(after.stdout).toContain(`${left} photo${left === 1 ? "" : "s"} not read yet; dupfind scan resumes where it stopped.`);
    expect((await dupfind(args)).code).toBe(0);
    expect(await dupfind([...args, "-0"])).toMatchObject({ stdout: "", stderr: expect.stringContaining(`dupfind: ${left} photo`) });
    expect(JSON.parse((await dupfind([...args, "--json"])).stdout)).toMatchObject({ unread: left, unwalked: [] });
    const status = await dupfind(["status", "--db", db, "--strict"]);
    expect([status.code, status.stdout]).toEqual([3, expect.stringContaining("Not all photos are compared yet")]);
    for (const command of [["search", join(photos, "photo-00000.jpg")], ["neighbours"], ["map", "-o", join(folder, "map.html")]]) {
      const run = await dupfind([...command, "--db", db, "--strict"]);
      expect([command[0], run.code, run.stderr]).toEqual([command[0], 3, expect.stringContaining(`dupfind: ${left} photo`)]);
    }

    await dupfindJson(["scan", photos, "--db", db]);
    const whole = await dupfind([...args, "--strict"]);
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining("No duplicates among 300 photos.\n")]);
    const read = await dupfind(["status", "--db", db, "--strict"]);
    expect([read.code, read.stdout]).toEqual([0, expect.not.stringContaining("Not all photos are compared yet")]);
  });

  test("of folders that were read whole speaks of those that were not: a copy may lie there", async () => {
    const db = join(folder, "two.db");
    const other = join(folder, "other");
    mkdirSync(other);
    await writeSmallPhotos(other, 3, 4);
    await dupfindJson(["scan", other, "--db", db]);
    const scan = start("scan", photos, "--db", db, "--quiet");
    await until(() => count(db, "pending") > 0);
    scan.child.kill("SIGKILL");
    await scan.ended;
    expect((await dupfind(["report", other, "--db", db, "--strict"])).code).toBe(3);
    expect((await dupfind(["report", photos, other, "--db", db, "--strict"])).code).toBe(3);
    await dupfindJson(["scan", other, "--db", db]); // what it found in the first stays known
    expect(JSON.parse((await dupfind(["report", "--db", db, "--json"])).stdout).unread).toBeGreaterThan(0);
  });
});

describe("a scan", () => {
  /** Contents without a photo, enough of them that to compare them takes a while. */
  function addContents(db: string, contents: number): void {
    const library = new Database(db);
    const random = seededRandom(5);
    const dimensions = library.prepare("SELECT dimensions FROM encoder").pluck().get() as number;
    const putContent = library.prepare(
      "INSERT INTO content (id, hash, bytes, width, height, format, exif_fields) VALUES (?, ?, 1, 1, 1, 'jpeg', 0)",
    );
    const putVector = library.prepare("INSERT INTO embedding (encoder_id, content_id, detail, vector) VALUES (1, ?, 1, ?)");
    library.transaction(() => {
      for (let id = 1_000_000; id < 1_000_000 + contents; id++) {
        const values = Float32Array.from({ length: dimensions }, () => random() - 0.5);
        const length = Math.hypot(...values);
        putContent.run(id, `made-${id}`);
        putVector.run(id, Buffer.from(values.map((value) => value / length).buffer));
      }
    })();
    library.close();
  }

  test("that begins while a report compares waits for it and then scans", async () => {
    const db = join(folder, "compared.db");
    await dupfindJson(["scan", photos, "--db", db]);
    addContents(db, 30_000);
    const report = start("report", "--db", db, "--quiet");
    const isCompared = () => count(db, "encoder WHERE compared_through < (SELECT max(seq) FROM embedding)") === 0;
    await until(() => {
      const lock = lockForComparing(db);
      lock?.release();
      return lock === null;
    });
    expect(isCompared()).toBe(false);
    const scan = start("scan", photos, "--db", db, "--json");
    const { code, stdout } = await scan.ended;
    expect([code, isCompared()]).toEqual([0, true]);
    expect(JSON.parse(stdout) as ScanJson).toMatchObject({ unchanged: 300, compared: true });
    expect((await report.ended).code).toBe(0);
  });

  test("says what it waits for, and can be stopped while it does", async () => {
    const db = join(folder, "waiting.db");
    await dupfindJson(["scan", photos, "--db", db]);
    const lock = lockForComparing(db);
    const [waiting, stopped] = [start("scan", photos, "--db", db), start("scan", photos, "--db", db, "--quiet")];
    await until(() => waiting.output.stderr !== "");
    expect(waiting.output.stderr).toBe("dupfind: waiting for another command to compare new photos.\n");
    stopped.child.kill("SIGTERM");
    expect(await stopped.ended).toMatchObject({ code: 143, stderr: expect.stringContaining("Stopped while waiting for another dupfind") });
    lock?.release();
    expect(await waiting.ended).toMatchObject({ code: 0, stdout: expect.stringContaining("300 unchanged") });
  });
});
