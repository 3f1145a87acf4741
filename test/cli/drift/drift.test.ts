/**
 * Drift of decoder and runtime. Nobody can swap a processor inside a test: the library is told that it was made by another.
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { Database, type Sqlite } from "../../../src/io/library/better-sqlite3.ts";
import { PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface DriftJson {
  readonly verdict: string;
  readonly lastEqualAt: string;
  readonly checkedAt: string;
  readonly lowestCosine: number;
  readonly changedVersions: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly findings: readonly { readonly name: string; readonly format: string; readonly pixels: unknown; readonly vector: unknown }[];
}

async function scanned(): Promise<{ readonly db: string; readonly photos: string }> {
  const folder = temporaryFolder();
  const [db, photos] = [join(folder, "library.db"), join(folder, "photos")];
  mkdirSync(photos);
  copyFileSync(PHOTOS.falcon, join(photos, "a.jpg"));
  await dupfindJson(["scan", photos, "--db", db]);
  return { db, photos };
}

function change(db: string, work: (library: Sqlite) => void): void {
  const library = new Database(db);
  try {
    work(library);
  } finally {
    library.close();
  }
}

const moveSharp = (library: Sqlite) => library.exec(`UPDATE canary_check SET versions = json_set(versions, '$.sharp', '0.1.0')`);

/** Adds to the first component of each vector: `amount` 1e-4 turns it by rounding only, 0.1 by more. */
function turnVectors(library: Sqlite, amount: number): void {
  for (const { rowid, vector } of library.prepare("SELECT rowid, vector FROM canary").all() as { rowid: number; vector: Buffer }[]) {
    const values = new Float32Array(new Uint8Array(vector).buffer);
    values[0] = (values[0] as number) + amount;
    const length = Math.hypot(...values);
    library
      .prepare("UPDATE canary SET vector = ? WHERE rowid = ?")
      .run(new Uint8Array(values.map((value) => value / length).buffer), rowid);
  }
}

const count = (db: string, table: string) => {
  let found = 0;
  change(db, (library) => {
    found = library.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  });
  return found;
};

describe("a library's canaries", () => {
  test("are made by the first scan with an encoder, take less than 300 kB and come to the same vectors again", async () => {
    const { db, photos } = await scanned();
    change(db, (library) => {
      const size = library.prepare("SELECT sum(length(file) + length(sample) + length(vector)) FROM canary").pluck().get();
      expect(size).toBeLessThan(300_000);
    });
    const first = await dupfindJson<DriftJson>(["drift", "--db", db]);
    expect(first).toMatchObject({ schemaVersion: 1, command: "drift", verdict: "equal", changedVersions: [], lowestCosine: 1 });
    expect(first.findings.map(({ format }) => format)).toEqual(expect.arrayContaining(["pixels", "jpeg", "png", "webp"]));
    expect((await dupfind(["drift", "--db", db])).stdout).toContain("vectors are reproduced bit for bit");
    await dupfindJson(["scan", photos, "--db", db]);
    expect(count(db, "canary_check")).toBe(3); // the scan checked nothing: no version moved
  });

  test("are checked by a scan where a version moved, once, and silently when nothing came of it", async () => {
    const { db, photos } = await scanned();
    change(db, moveSharp);
    const scan = await dupfind(["scan", photos, "--db", db]);
    expect(scan).toMatchObject({ code: 0, stderr: "" });
    await dupfind(["scan", photos, "--db", db]);
    expect(count(db, "canary_check")).toBe(2);
    const drift = await dupfindJson<DriftJson>(["drift", "--db", db]);
    expect(drift).toMatchObject({ verdict: "equal", changedVersions: [] }); // since the scan's check, which was equal
  });

  test("that differ by rounding are no reason for a word, and the last equal check is told", async () => {
    const { db, photos } = await scanned();
    change(db, moveSharp);
    change(db, (library) => turnVectors(library, 1e-4));
    expect(await dupfind(["scan", photos, "--db", db])).toMatchObject({ code: 0, stderr: "" });
    const drift = await dupfindJson<DriftJson>(["drift", "--db", db, "--fail-on-drift"]);
    expect(drift.verdict).toBe("rounding");
    expect(drift.changedVersions).toEqual([{ name: "sharp", from: "0.1.0", to: sharp.versions.sharp }]);
    expect(drift.lastEqualAt < drift.checkedAt).toBe(true);
    expect((await dupfind(["drift", "--db", db])).stdout).toMatch(/changed since .*equal check:\n {4}sharp 0\.1\.0 → /);
  });
});

describe("vectors that drift", () => {
  test("because of the runtime warn at every scan, and end drift --fail-on-drift with 1", async () => {
    const { db, photos } = await scanned();
    change(db, moveSharp);
    change(db, (library) => turnVectors(library, 0.1));
    for (let scan = 0; scan < 2; scan++) {
      const { code, stderr } = await dupfind(["scan", photos, "--db", db, "--quiet"]);
      expect(code).toBe(0);
      expect(stderr).toContain("dupfind reindex --model dupfind-lite --rebuild");
    }
    expect(count(db, "canary_check")).toBe(2);
    expect((await dupfind(["drift", "--db", db])).code).toBe(0);
    const { code, stdout } = await dupfind(["drift", "--db", db, "--fail-on-drift"]);
    expect(code).toBe(1);
    expect(stdout).toContain("decoder: identical pixels in all 7");
    expect(stdout).toMatch(/runtime: different vectors from identical pixels in 8 of 8: largest deviation .*, lowest cosine 0\.9/);
  });

  test("because of the decoder name the files, and the runtime is told to be the same", async () => {
    const { db } = await scanned();
    const other = await sharp(PHOTOS.falcon).resize(640, 480).jpeg({ quality: 30 }).toBuffer();
    change(db, (library) => {
      library.prepare("UPDATE canary SET file = ? WHERE name = 'gradients'").run(other);
      library.prepare("UPDATE canary SET file = ? WHERE format = 'webp'").run(Buffer.from("no picture"));
    });
    const { stdout } = await dupfind(["drift", "--db", db]);
    expect(stdout).toContain('WEBP "scene" can no longer be decoded');
    expect(stdout).toMatch(/JPEG "gradients": [\d.]+ % of the values, by up to \d+ of 255/);
    expect(stdout).toContain("runtime: identical vectors from identical pixels in all 6");
  });

  test("are computed again by reindex --rebuild, with new canaries, and not twice", async () => {
    const { db, photos } = await scanned();
    change(db, moveSharp);
    change(db, (library) => turnVectors(library, 0.1));
    const moved = await dupfindJson<{ embedded: number }>(["reindex", "--model", "dupfind-lite", "--rebuild", "--db", db]);
    expect(moved.embedded).toBe(1);
    expect(await dupfindJson<DriftJson>(["drift", "--db", db])).toMatchObject({ verdict: "equal" });
    const again = await dupfindJson<{ embedded: number }>(["reindex", "--model", "dupfind-lite", "--rebuild", "--db", db]);
    expect(again.embedded).toBe(0);
    expect(await dupfind(["scan", photos, "--db", db])).toMatchObject({ code: 0, stderr: "" });
  });

  test("without a version that moved are computed again once a check has found them", async () => {
    const { db } = await scanned();
    change(db, (library) => turnVectors(library, 0.1));
    expect(await dupfindJson<DriftJson>(["drift", "--db", db])).toMatchObject({ verdict: "drift", changedVersions: [] });
    const { stdout } = await dupfind(["reindex", "--model", "dupfind-lite", "--rebuild", "--db", db]);
    expect(stdout).toMatch(/^1 photo embedded.*\n.*Calibrate again: thresholds may have shifted\.\n$/);
    expect(await dupfindJson<DriftJson>(["drift", "--db", db])).toMatchObject({ verdict: "equal" });
    const again = await dupfind(["reindex", "--model", "dupfind-lite", "--rebuild", "--db", db]);
    expect(again.stdout).toMatch(/^0 photos embedded.*\n.*All vectors were already computed by the current versions\.\n$/);
  });

  test("are kept by reindex --rebuild while a folder of the library is away", async () => {
    const { db, photos } = await scanned();
    const away = join(photos, "../away");
    mkdirSync(away);
    copyFileSync(PHOTOS.landscape, join(away, "b.jpg"));
    await dupfindJson(["scan", away, "--db", db]);
    change(db, moveSharp);
    rmSync(away, { recursive: true });
    const run = await dupfind(["reindex", "--model", "dupfind-lite", "--rebuild", "--db", db]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("1 folder of the library cannot be read, so no vector was discarded");
    expect(count(db, "embedding")).toBe(2);
  });
});

describe("drift without canaries", () => {
  test("asks for a scan, and makes no library where there is none", async () => {
    const { db } = await scanned();
    change(db, (library) => library.exec("DELETE FROM canary; DELETE FROM canary_check"));
    const run = await dupfind(["drift", "--db", db]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("has no canaries for dupfind-lite yet");
    const none = join(temporaryFolder(), "none.db");
    for (const db of [none, join(none, "in-no-folder.db")]) {
      const { code, stderr } = await dupfind(["drift", "--db", db]);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be opened.*\n.*Run dupfind scan <folder> to create one/)]);
    }
  });
});

describe("photos that came since the calibration", () => {
  test("are held against those it was made on, once there are enough", async () => {
    const folder = temporaryFolder();
    const [db, photos, more, csv] = [join(folder, "library.db"), join(folder, "photos"), join(folder, "more"), join(folder, "labeled.csv")];
    mkdirSync(photos);
    mkdirSync(more);
    await writeSmallPhotos(photos, 80, 5);
    const originals = readdirSync(photos).slice(0, 60);
    for (const name of originals)
      await sharp(join(photos, name))
        .jpeg({ quality: 60 })
        .toFile(join(photos, `copy-${name}.jpg`));
    await dupfindJson(["scan", photos, "--db", db]);
    expect((await dupfind(["drift", "--db", db])).stdout).toContain("photos: not compared: the encoder is not calibrated");
    const labels = originals.flatMap((name, i) => [
      `photos/${name},photos/copy-${name}.jpg,1`,
      `photos/${name},photos/${originals[(i + 1) % originals.length]},0`,
    ]);
    writeFileSync(csv, ["a,b,same", ...labels, ""].join("\n"));
    const calibrated = await dupfind(["calibrate", "--pairs", csv, "--precision", "0.9", "--db", db]);
    expect(calibrated.code, calibrated.stdout + calibrated.stderr).toBe(0);
    expect((await dupfind(["drift", "--db", db])).stdout).toContain("photos: 0 photos added since the calibration, too few to compare");
    await writeSmallPhotos(more, 80, 6);
    await dupfindJson(["scan", more, "--db", db]);
    const { scores } = await dupfindJson<{ scores: { kind: string; newPhotos: number; isShifted: boolean } }>(["drift", "--db", db]);
    expect(scores).toMatchObject({ kind: "compared", isShifted: false });
    expect(scores.newPhotos).toBeLessThanOrEqual(80); // those with nothing to see are left out
  });
});
