/**
 * What an examination finds on a machine that is well, and on ones that are not.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isNodeSupported, NODE_VERSIONS } from "../../../src/core/doctor/check.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface DoctorJson {
  readonly checks: readonly { readonly name: string; readonly outcome: string; readonly found: string; readonly cure: string | null }[];
}

async function examined(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { code, stdout } = await dupfind(["doctor", "--json", ...args], { environment });
  const { checks } = JSON.parse(stdout) as DoctorJson;
  return { code, of: (name: string) => checks.find((check) => check.name === name), names: checks.map(({ name }) => name) };
}

async function scanned() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "photos"));
  copyFileSync(PHOTOS.falcon, join(folder, "photos/a.jpg"));
  const db = join(folder, "library.db");
  await dupfind(["scan", join(folder, "photos"), "--db", db]);
  return { folder, db };
}

describe("doctor", () => {
  test("finds a machine well before the first scan and after it", async () => {
    const before = await examined(["--db", join(temporaryFolder(), "library.db")]);
    expect(before.code).toBe(0);
    expect(before.of("library")).toMatchObject({ outcome: "ok", found: expect.stringContaining("the first scan creates it") });
    const { db } = await scanned();
    const after = await examined(["--db", db]);
    expect(after.of("library")).toMatchObject({ outcome: "ok", found: `${db}: intact; photos: 1, folders: 1` });
    expect(after.of("model")?.found).toMatch(/^dupfind-lite \d+, every byte/);
    expect(after.of("pictures")?.found).toMatch(/^sharp \d/);
    expect(after.of("database")?.found).toMatch(/^SQLite 3/);
  });

  test("tells in words, with a verdict", async () => {
    const { db } = await scanned();
    const { stdout } = await dupfind(["doctor", "--db", db]);
    expect(stdout).toMatch(/^ok +Node +\d+\.\d+\.\d+; needs /);
    expect(stdout).toMatch(/\n(?:All is well|0 faults, \d warnings?)\.\n$/);
  });

  test("finds a library with a torn page, says what to do, and ends with 1", async () => {
    const { db } = await scanned();
    const bytes = readFileSync(db);
    bytes.fill(0xff, 3 * 16_384, 4 * 16_384);
    writeFileSync(db, bytes);
    const { code, of } = await examined(["--db", db]);
    expect(code).toBe(1);
    expect(of("library")).toMatchObject({ outcome: "fault", cure: expect.stringContaining("move the file away and scan again") });
    expect(of("database")?.outcome).toBe("ok");
  });

  test("finds a file that is no library", async () => {
    const file = join(temporaryFolder(), "notes.txt");
    writeFileSync(file, "not a library ".repeat(100));
    expect((await examined(["--db", file])).of("library")).toMatchObject({ outcome: "fault", cure: expect.stringContaining("--db") });
  });

  test("finds a lock of models that cannot be read, and examines the rest", async () => {
    const { db } = await scanned();
    const { code, of, names } = await examined(["--db", db], { DUPFIND_LOCK: "/no/such/lock.json" });
    expect(code).toBe(1);
    expect(of("model")).toMatchObject({ outcome: "fault", cure: "Check the file that DUPFIND_LOCK names" });
    expect(names).toHaveLength(10);
  });

  test.skipIf(process.getuid?.() === 0)("finds a folder that nothing can be written to", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const { code, of } = await examined(["--db", join(folder, "library.db")]);
    expect(code).toBe(1);
    expect(of("library-space")).toMatchObject({ outcome: "fault", found: expect.stringContaining("EACCES") });
  });

  test("finds a place that no file can be made in", async () => {
    const { code, of } = await examined(["--db", "/proc/library.db"]);
    expect(code).toBe(1);
    expect(of("library-space")).toMatchObject({ outcome: "fault", cure: expect.stringContaining("--db") });
  });
});

test("the versions of Node are those of the manifest", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest.engines.node).toBe(NODE_VERSIONS);
  for (const version of ["20.20.0", "22.0.0", "26.1.0"]) expect(isNodeSupported(version)).toBe(true);
  for (const version of ["18.20.0", "20.19.9", "21.7.0"]) expect(isNodeSupported(version)).toBe(false);
});
