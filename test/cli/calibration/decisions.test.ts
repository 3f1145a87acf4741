/**
 * What was decided of pairs, as labels of a calibration and as questions that are not asked.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DecidedCalibration } from "../../../src/core/calibration/calibration.ts";
import { writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const folder = lastingFolder();
const db = join(folder, "library.db");
const labels = join(folder, "labels.csv");
/** Each with a copy that was saved again. */
const PHOTOS = 30;
let rows: readonly string[];

const calibrate = async (...options: string[]) => {
  const run = await dupfind(["calibrate", "--precision", "0.9", "--dry-run", "--db", db, ...options, "--json"]);
  return { ...run, found: (run.code === 0 ? JSON.parse(run.stdout) : null) as DecidedCalibration | null };
};
const written = (name: string, lines: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, ["a,b,same", ...lines].join("\n"));
  return path;
};
const decide = (lines: readonly string[]) => dupfind(["decisions", "import", written("decided.csv", lines), "--db", db]);

beforeAll(async () => {
  const photos = join(folder, "photos");
  mkdirSync(photos);
  await writeSmallPhotos(photos, PHOTOS);
  const names = readdirSync(photos).map((name) => join(photos, name));
  for (const path of names) await sharp(path).jpeg({ quality: 40 }).toFile(path.replace("photo-", "saved-"));
  const saved = (path: string | undefined) => path?.replace("photo-", "saved-");
  rows = names.flatMap((path, index) => [`${path},${saved(path)},1`, `${path},${saved(names[(index + 1) % PHOTOS])},0`]);
  writeFileSync(labels, ["a,b,same", ...rows].join("\n"));
  await dupfindJson(["scan", photos, "--db", db]);
  return () => rmSync(folder, { recursive: true });
});
beforeEach(() => rmSync(`${db}.decisions.jsonl`, { force: true }));

describe("a calibration", () => {
  test("by decisions alone is that of the same pairs in a file", async () => {
    const { found: byFile } = await calibrate("--pairs", labels);
    await decide(rows);
    const { found, stderr } = await calibrate();
    expect(stderr).toBe(`dupfind: ${rows.length} decisions count as labels.\n`);
    expect(byFile?.decisions).toEqual({ counted: 0, contradicted: 0, absent: 0 });
    expect(found?.decisions).toEqual({ counted: rows.length, contradicted: 0, absent: 0 });
    expect(found).toMatchObject({ source: "labels", labels: byFile?.labels, threshold: byFile?.threshold, excluded: byFile?.excluded });
  });

  test("counts each pair once that a file and a decision call alike", async () => {
    await decide(rows.slice(0, 30));
    const { found, stderr } = await calibrate("--pairs", labels);
    expect([found?.labels, stderr]).toEqual([(await calibrate("--pairs", labels)).found?.labels, ""]);
    const fewer = await calibrate("--pairs", written("fewer.csv", rows.slice(20)));
    expect(fewer.stderr).toBe("dupfind: 20 decisions count as labels.\n");
    expect(fewer.found?.labels).toBe(found?.labels);
  });

  test("goes by the file where that contradicts a decision, and names the pair", async () => {
    const [first = "", ...others] = rows;
    await decide([first.replace(/[01]$/, (same) => (same === "1" ? "0" : "1"))]);
    const { found, stderr } = await calibrate("--pairs", labels);
    expect(stderr).toMatch(/labels\.csv contradicts 1 decision; the file counts:\ndupfind: {3}(the same|different): \S+ and \S+\n$/);
    rmSync(`${db}.decisions.jsonl`);
    expect(found?.decisions).toEqual({ counted: 0, contradicted: 1, absent: 0 });
    expect(found).toMatchObject({ threshold: (await calibrate("--pairs", labels)).found?.threshold });
    expect(others.length).toBe(2 * PHOTOS - 1);
  });

  test("counts them on top of edits, of one kind too", async () => {
    await decide(rows.filter((row) => row.endsWith("0")).slice(0, 10));
    const { found, stderr } = await calibrate("--synthetic", "60");
    expect(stderr).toContain("10 decisions count as labels.");
    expect(found).toMatchObject({ source: "labels-and-synthetic", labels: expect.any(Number) });
  });

  test("leaves out those on photos that are not here, and says so", async () => {
    await decide(rows.slice(0, 3));
    const text = readFileSync(`${db}.decisions.jsonl`, "utf8").replace(/"[0-9a-f]{64}"/, `"${"ab".repeat(32)}"`);
    writeFileSync(`${db}.decisions.jsonl`, text);
    const { stderr } = await calibrate("--pairs", written("others.csv", rows.slice(3)));
    expect(stderr).toContain("dupfind: 2 decisions count as labels.\ndupfind: 1 decision is left out: a photo of it is not here");
  });

  test("by decisions of one kind alone, or by none, is refused with what to do", async () => {
    expect(await calibrate()).toMatchObject({ code: 2, stdout: expect.stringContaining("nothing-decided") });
    await decide(rows.filter((row) => row.endsWith("0")).slice(0, 10));
    expect(await calibrate()).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/All pairs in the decisions of this library .* are labelled different/),
    });
  });
});

describe("label", () => {
  /** The two photos of the first question. */
  const firstQuestion = async () => {
    const { stderr } = await dupfind(["label", "--db", db, "-o", join(folder, "asked.csv"), "--opener", "none"]);
    const [a, b] = ["A", "B"].map((side) => new RegExp(`^ {2}${side} {2}(.+)$`, "m").exec(stderr)?.[1]);
    return [a, b] as const;
  };

  test("never asks about a pair that is decided, whichever way", async () => {
    const asked = new Set<string>();
    for (const same of ["1", "0", "1", "0"]) {
      const [a = "", b = ""] = await firstQuestion();
      const key = [a, b].sort().join(" ");
      expect(a).not.toBe("");
      expect(asked.has(key), key).toBe(false);
      asked.add(key);
      const { code, stderr } = await decide([[a, b, same].map((path) => path).join(",")]);
      expect(code, stderr).toBe(0);
    }
  });
});
