/**
 * Thresholds without labels, and encoders side by side: on the example photos, with the real encoder and tiny ones.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Calibration } from "../../../src/core/calibration/calibration.ts";
import type { EncoderComparison } from "../../../src/core/calibration/encoder-comparison.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { FAMILIES, installFamilies, models, retiredModel, tinyModel, writeLock } from "../../models.ts";
import { EXAMPLES, writeSmallPhotos } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

const folder = lastingFolder();
const db = join(folder, "library.db");
/** A library that takes seconds: small crops, some of them with almost nothing to see. */
const smallPhotos = join(folder, "small");
const smallDb = join(folder, "small.db");
/** The tiny models under the names of the real ones. */
const environment = { DUPFIND_MODELS: join(folder, "models"), DUPFIND_LOCK: join(folder, "models", "lock.json") };
const made = JSON.parse(readFileSync(join(EXAMPLES, "../duplicates.json"), "utf8")) as readonly { copy: string; original: string }[];

beforeAll(async () => {
  mkdirSync(environment.DUPFIND_MODELS);
  installFamilies(environment.DUPFIND_MODELS);
  writeLock(environment.DUPFIND_LOCK, [...FAMILIES.map(tinyModel), retiredModel()]);
  mkdirSync(smallPhotos);
  await writeSmallPhotos(smallPhotos, 50);
  await dupfindJson(["scan", EXAMPLES, "--no-look", "--db", db]);
  await dupfindJson(["scan", smallPhotos, "--no-look", "--db", smallDb]);
  return () => rmSync(folder, { recursive: true });
});

const DRY = ["calibrate", "--dry-run", "--db", smallDb, "--synthetic"];

describe("calibrate --synthetic", () => {
  test("saves a threshold that reports use, and that finds every duplicate of the examples and nothing else", async () => {
    const page = join(temporaryFolder(), "curve.html");
    const { code, stdout } = await dupfind(["calibrate", "--synthetic", "--precision", "0.7", "-o", page, "--db", db]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("138 edits of 46 photos")]);
    expect(stdout).toMatch(/43 pairs of these photos at or above 0\.6 may already be duplicates/);
    expect(stdout).toMatch(/Saved: dupfind report uses it/);
    expect(stdout).toMatch(/Found at 0\.\d+, each edit against its original:\nedit +found +of\n/);
    expect(readFileSync(page, "utf8")).toContain("Possible duplicates");
    const report = await dupfindJson<ReportJson & { thresholdOrigin: string }>(["report", "--db", db]);
    expect(report.thresholdOrigin).toBe("calibrated");
    const found = report.sets.flatMap((set) => set.extras.map((extra) => [extra.path, set.keeper.path].sort().join(" = ")));
    expect(found.sort()).toEqual(
      made.map(({ copy, original }) => [join(EXAMPLES, copy), join(EXAMPLES, original)].sort().join(" = ")).sort(),
    );
  });

  test("finds the same at every run, saves nothing with --dry-run, and has the form of its schema", async () => {
    const [one, other] = [await dupfindJson<Calibration>(DRY), await dupfindJson<Calibration>(DRY)];
    expect({ ...one, createdAt: "" }).toEqual({ ...other, createdAt: "" });
    const { source, pairs, synthetic } = one;
    expect({ source, same: pairs.same, skipped: synthetic?.skipped }).toEqual({ source: "synthetic", same: synthetic?.photos, skipped: 0 });
    expect(synthetic?.edits.reduce((sum, edit) => sum + edit.total, 0)).toBe(3 * pairs.same);
    const validate = answerSchema("calibrate");
    expect(validate(one), JSON.stringify(validate.errors)).toBe(true);
    expect((await dupfindJson<{ thresholdOrigin: string }>(["report", "--db", smallDb])).thresholdOrigin).toBe("floor");
  });

  test("counts what may be duplicates already among the pairs that reach the threshold", async () => {
    const asked = ["calibrate", "--synthetic", "--precision", "0.5", "--dry-run", "--db", db];
    const { library, synthetic } = await dupfindJson<Calibration>(asked);
    expect(library.threshold).toBeLessThanOrEqual(synthetic?.suspects.threshold as number);
    expect(library.pairsFound).toBeGreaterThanOrEqual(synthetic?.suspects.count as number);
  });

  test("edits no more photos than asked, and counts those that can no longer be read", async () => {
    const photos = join(temporaryFolder(), "photos");
    cpSync(smallPhotos, photos, { recursive: true });
    const own = join(temporaryFolder(), "library.db");
    await dupfindJson(["scan", photos, "--no-look", "--db", own]);
    const calibrate = async (...more: string[]) => {
      const { synthetic } = await dupfindJson<Calibration>(["calibrate", "--dry-run", "--db", own, "--synthetic", ...more]);
      return [synthetic?.photos, synthetic?.skipped] as [number, number];
    };
    expect(await calibrate("31")).toEqual([31, 0]);
    const [all] = await calibrate();
    for (let i = 0; i < 4; i++) rmSync(join(photos, `photo-0000${i}.jpg`));
    writeFileSync(join(photos, "photo-00004.jpg"), "no longer a photo");
    const [left, skipped] = await calibrate();
    expect(left + skipped).toBe(all);
    expect(skipped).toBeGreaterThan(1);
  });

  test.each([
    ["a library of too few photos", 12],
    ["an empty library", 0],
  ])("says what to do with %s", async (_what, count) => {
    const photos = join(temporaryFolder(), "photos");
    mkdirSync(photos);
    await writeSmallPhotos(photos, count);
    const own = join(temporaryFolder(), "library.db");
    await dupfind(["scan", photos, "--no-look", "--db", own]);
    const { code, stderr } = await dupfind(["calibrate", "--synthetic", "--db", own]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/at least 30 are needed.*\n.*dupfind scan <folder>/)]);
  });

  test("makes no library where there is none", async () => {
    const none = join(temporaryFolder(), "none.db");
    const { code, stderr } = await dupfind(["calibrate", "--synthetic", "--db", none]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Run dupfind scan <folder> to create one")]);
    expect(existsSync(none)).toBe(false);
  });

  test.each([
    [["calibrate"], "Name a file of labelled pairs with --pairs, or let dupfind edit photos of the library with --synthetic"],
    [["models", "compare", "--pairs", "a.csv", "--synthetic"], "Expected only one of --pairs <file> and --synthetic"],
    [["calibrate", "--synthetic", "many"], '--synthetic takes a number from 30 to 100000, got "many"'],
    [["models", "compare", "--synthetic", "29"], '--synthetic takes a number from 30 to 100000, got "29"'],
    [["calibrate", "--synthetic", "-o", "/no/such/curve.html"], "/no/such/curve.html cannot be written (ENOENT)"],
    [["calibrate", "--synthetic", "-o", "/"], "/ cannot be written (EISDIR)"],
    [["models", "compare"], "Expected one of --pairs <file> and --synthetic"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await dupfind([...args, "--db", db]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("models compare", () => {
  test("asks every encoder that is here about the same edits, and names those that are not", async () => {
    const { stdout } = await dupfind(["models", "compare", "--synthetic", "32", "--db", smallDb], { environment });
    const table = stdout.split("\n").filter((line) => /^(dupfind-lite|dinov2-small|clip-vit-base-patch32|siglip)/.test(line));
    expect(table.map((line) => line.split(/\s+/)[0]).sort()).toEqual([
      "clip-vit-base-patch32",
      "dinov2-small",
      "dupfind-lite",
      "siglip-base-patch16-224",
      "siglip2-base-patch16-224",
    ]);
    expect(table.join("\n")).toMatch(/^dupfind-lite 12 +[01]\.\d{3} +0\.\d+ +[01]\.\d{3} +[\d.]+ +4\.81 MB +512$/m);
    expect(stdout).toMatch(/Not installed .*:\n {2}dinov2-small-fp16\n/);
    expect(stdout).not.toContain(retiredModel().id);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("takes labelled pairs, answers in JSON, and needs no library", async () => {
    const rows = made.slice(0, 12).map(({ copy, original }) => `${copy},${original},1`);
    const others = made.slice(0, 11).map(({ copy }, at) => `${copy},${made[at + 12]?.original},0`);
    const file = join(temporaryFolder(), "labels.csv");
    writeFileSync(
      file,
      ["a,b,same", ...[...rows, ...others].map((row) => row.replace(/(copies|originals)/g, `${EXAMPLES}/$1`))].join("\n"),
    );
    const nowhere = join(temporaryFolder(), "none.db");
    const run = await dupfind(["models", "compare", "--pairs", file, "--json", "--db", nowhere], { environment });
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const { encoders, source, pairs } = JSON.parse(run.stdout) as EncoderComparison;
    expect({ source, pairs }).toMatchObject({ source: "labels", pairs: { same: 12, different: 11 } });
    expect(encoders.length).toBe(5);
    const bytes = models("/nowhere")
      .find("dupfind-lite")
      .files.reduce((sum, file) => sum + file.bytes, 0);
    const lite = encoders.find(({ id }) => id === "dupfind-lite");
    expect(lite).toMatchObject({ version: 12, averagePrecision: 1, at: { precision: 1, recall: 1 }, bytes, dimensions: 512, edits: [] });
    for (const { photosPerSecond } of encoders) expect(photosPerSecond).toBeGreaterThan(0);
  });
});
