/**
 * Calibration from labelled pairs, on real pictures with the real encoder.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Calibration } from "../../../src/core/calibration/calibration.ts";
import { findThresholds, lowestGuaranteeing } from "../../../src/core/calibration/guaranteed-threshold.ts";
import { calibrationCurve, pointAt } from "../../../src/core/calibration/precision-recall-curve.ts";
import { cosine } from "../../../src/core/encoders/similarity.ts";
import type { ScoredPair } from "../../../src/core/pairs/scored-pair.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { drawForm } from "../../drawn-form.ts";
import { type KnownPair, writeBenchmark, writeLabels } from "../../edited-photos.ts";
import { shuffled } from "../../library-fixtures.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const folder = lastingFolder();
const db = join(folder, "library.db");
const labels = join(folder, "labels.csv");
const PRECISION = "0.9";
let pairs: readonly KnownPair[];

const calibrate = (...options: string[]) =>
  dupfind(["calibrate", "--pairs", labels, "--no-look", "--precision", PRECISION, "--db", db, ...options]);

function writeRows(name: string, rows: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.join("\n"));
  return path;
}

/** As `dupfind embed` gives them. */
async function vectorsOf(paths: Iterable<string>): Promise<ReadonlyMap<string, Float32Array>> {
  const { stdout } = await dupfind(["embed", ...paths]);
  const lines = stdout.trimEnd().split("\n");
  const read = lines.map((line) => JSON.parse(line) as { readonly path: string; readonly vector: readonly number[] });
  return new Map(read.map(({ path, vector }) => [path, Float32Array.from(vector)]));
}

beforeAll(async () => {
  pairs = await writeBenchmark(folder);
  writeLabels(labels, pairs);
  await dupfindJson(["scan", join(folder, "parts"), join(folder, "edits"), "--no-look", "--db", db]);
  return () => rmSync(folder, { recursive: true });
});

describe("a calibration from labelled pairs", () => {
  let found: Calibration;
  let page: string;

  test("with --dry-run saves nothing, and reports go on as before", async () => {
    const run = await calibrate("--dry-run");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/Nothing was saved\.\n$/);
    const report = await dupfindJson<{ thresholdOrigin: string; calibration: null }>(["report", "--no-look", "--db", db]);
    expect(report).toMatchObject({ thresholdOrigin: "measured", calibration: null });
  });

  test("counts the pairs and answers in the form of its schema", async () => {
    const run = await calibrate("--json", "-o", join(folder, "curve.html"));
    expect(run.code, run.stderr).toBe(0);
    found = JSON.parse(run.stdout) as Calibration;
    page = readFileSync(join(folder, "curve.html"), "utf8");
    const validate = answerSchema("calibrate");
    expect(validate(found), JSON.stringify(validate.errors)).toBe(true);
    const scored = found.pairs.same + found.pairs.different + found.excluded.nearlyEmpty;
    expect(scored).toBe(pairs.length);
    expect(found.averagePrecision).toBeGreaterThan(0.9);
  });

  test("guarantees a threshold that has the precision on the labels, above the lowest that has", () => {
    expect(found.threshold.guaranteed).toBeGreaterThan(found.threshold.observed as number);
    expect(found.at?.threshold).toBe(found.threshold.guaranteed);
    expect(found.at?.precision).toBeGreaterThan(0.9);
  });

  test("expects a number of wrong pairs in the library that counting does not refute", async () => {
    // All parts are different pictures, so that every pair of two that reaches the threshold is a wrong one, edited or not.
    const parts = new Map(pairs.flatMap(({ a, b }) => [a, b]).map(({ path, part }) => [path, part]));
    const vectors = [...(await vectorsOf(parts.keys()))];
    const all = vectors.flatMap(([path, one], index) =>
      vectors.slice(0, index).flatMap(([earlier, other]) => (parts.get(path) === parts.get(earlier) ? [] : [cosine(one, other)])),
    );
    const counted = all.filter((value) => value >= found.library.threshold).length;
    expect(found.library).toMatchObject({ threshold: found.threshold.guaranteed, pairsFound: counted });
    expect(counted).toBeGreaterThan(0);
    expect(found.library.falsePairs?.low).toBeLessThanOrEqual(counted);
    expect(found.library.falsePairs?.high).toBeGreaterThanOrEqual(counted);
  });

  test("has a page with the curve, the histograms, and the disputed pairs as pictures", () => {
    expect(page.match(/<svg /g)).toHaveLength(3);
    const disputed = found.disputed.wrong.length + found.disputed.missed.length;
    expect(disputed).toBeGreaterThan(0);
    const pictures = [...page.matchAll(/<img src="data:image\/jpeg;base64,([A-Za-z0-9+/=]+)"/g)];
    expect(pictures).toHaveLength(2 * disputed);
    for (const [, base64 = ""] of pictures) expect(Buffer.from(base64, "base64").subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  test("is what reports use from then on, by date, pairs and precision", async () => {
    const { stdout } = await dupfind(["report", "--db", db]);
    expect(stdout).toContain(`for a precision of ${PRECISION}:\ncalibrated on ${found.createdAt.slice(0, 10)} with `);
    const report = await dupfindJson<{ threshold: number; thresholdOrigin: string }>(["report", "--db", db]);
    expect(report).toMatchObject({ threshold: found.threshold.guaranteed, thresholdOrigin: "calibrated" });
  });

  test("answers for other precisions, and says which is too high to guarantee", async () => {
    const lower = await dupfindJson<{ threshold: number }>(["report", "--precision", "0.8", "--db", db]);
    expect(lower.threshold).toBeLessThanOrEqual(found.threshold.guaranteed as number);
    const higher = await dupfind(["report", "--precision", "0.999", "--db", db]);
    expect(higher.code).toBe(2);
    expect(higher.stderr).toContain("at most, not 0.999");
    const given = await dupfindJson<{ thresholdOrigin: string }>(["report", "--threshold", "0.9", "--db", db]);
    expect(given.thresholdOrigin).toBe("given");
  });

  test("adds no photo to the library", async () => {
    const status = await dupfindJson<{ photos: number; encoders: readonly { embedded: number }[] }>(["status", "--db", db]);
    expect(status.photos).toBe(new Set(pairs.flatMap(({ a, b }) => [a.path, b.path])).size);
    expect(status.encoders.map(({ embedded }) => embedded)).toEqual([status.photos]);
  });
});

describe("the guarantee", () => {
  /** Names the parts' photos, so that a split by photos leaves no look-alikes on both sides. */
  async function scored(): Promise<readonly ScoredPair[]> {
    const vectors = await vectorsOf(new Set(pairs.flatMap(({ a, b }) => [a.path, b.path])));
    const vector = (path: string) => vectors.get(path) as Float32Array;
    return pairs.map(({ a, b, same }) => ({ a: a.part, b: b.part, same, similarity: cosine(vector(a.path), vector(b.path)) }));
  }

  test("from half of the labels holds on the other half in 95 of 100 splits, by pairs and by photos", async () => {
    const all = await scored();
    const random = seededRandom(61);
    const byPairs = (): readonly [readonly ScoredPair[], readonly ScoredPair[]] => {
      const mixed = shuffled(all, random);
      return [mixed.slice(0, mixed.length / 2), mixed.slice(mixed.length / 2)];
    };
    const byPhotos = (): readonly [readonly ScoredPair[], readonly ScoredPair[]] => {
      const sides = new Map([...new Set(all.map(({ a }) => a))].map((part) => [part, random() < 0.5]));
      const within = (side: boolean) => all.filter(({ a, b }) => sides.get(a) === side && sides.get(b) === side);
      return [within(true), within(false)];
    };
    for (const split of [byPairs, byPhotos]) {
      const kept: boolean[] = [];
      for (let i = 0; i < 40; i++) {
        const [labelled, rest] = split();
        const guaranteed = lowestGuaranteeing(findThresholds(labelled, 0.85, -1, seededRandom(i)).candidates, 0.85);
        if (guaranteed !== null) kept.push((pointAt(calibrationCurve(rest), guaranteed.threshold)?.precision ?? 1) >= 0.85);
      }
      expect(kept.length).toBeGreaterThan(20);
      expect(kept.filter((holds) => holds).length / kept.length).toBeGreaterThanOrEqual(0.95);
    }
  });
});

describe("labels that cannot be used", () => {
  const run = (file: string, ...options: string[]) => dupfind(["calibrate", "--pairs", file, "--db", db, ...options]);

  test("for photos that are missing or damaged end with 2, are listed by line and counted", async () => {
    const damaged = writeRows("damaged.jpg", ["no picture"]);
    const rows = ["a,b,same", `${PHOTOS.forest},${PHOTOS.flower},0`, `nothing.jpg,${PHOTOS.flower},1`, `${damaged},${PHOTOS.flower},1`];
    const { code, stdout, stderr } = await run(
      writeRows("missing.csv", [...rows, ...Array.from({ length: 24 }, (_, i) => `gone-${i}.jpg,${PHOTOS.flower},1`)]),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("26 of the rows");
    expect(stderr).toContain(`line 3: there is no ${join(folder, "nothing.jpg")}`);
    expect(stderr).toContain(`line 4: ${damaged}: the file is not an image`);
    expect(stderr).toContain("and 6 more");
  });

  test("for other reasons end with 2 and change nothing", async () => {
    const before = await dupfindJson<{ threshold: number }>(["report", "--db", db]);
    for (const [rows, message] of [
      [["a,b,same", "x.jpg,y.jpg,perhaps"], /line 2: the label "perhaps"/],
      [["x.jpg,y.jpg,1"], /must name two columns/],
      [["a,b,same", `${PHOTOS.forest},${PHOTOS.flower},0`], /labelled different, none the same/],
    ] as const) {
      const { code, stderr } = await run(writeRows("bad.csv", rows));
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
    expect(await dupfindJson<{ threshold: number }>(["report", "--db", db])).toMatchObject({ threshold: before.threshold });
  });

  test("paths are read from the file's own folder on", async () => {
    const [one, other] = pairs;
    const relative = (path: string) => path.slice(folder.length + 1);
    const rows = [one, { ...other, same: false } as KnownPair].map(
      (pair) => `${relative(pair?.a.path as string)},${relative(pair?.b.path as string)},${pair?.same}`,
    );
    const { code, stdout, stderr } = await run(
      writeRows("relative.csv", ["left;right;match", ...rows.map((row) => row.replaceAll(",", ";"))]),
      "--dry-run",
      "--json",
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pairs: { same: 1, different: 1 }, threshold: { guaranteed: null } });
  });

  test("a pair with the same bytes is left out: no threshold decides it", async () => {
    const copy = writeRows("copy.jpg", []);
    writeFileSync(copy, readFileSync(PHOTOS.flower));
    const rows = [
      "a,b,same",
      `${copy},${PHOTOS.flower},1`,
      `${pairs[0]?.a.path},${pairs[0]?.b.path},1`,
      `${PHOTOS.forest},${PHOTOS.flower},0`,
    ];
    const { stdout } = await run(writeRows("copies.csv", rows), "--dry-run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ excluded: { sameBytes: 1 }, pairs: { same: 1, different: 1 } });
  });

  test("and options that cannot be used are told", async () => {
    expect((await run(labels, "--precision", "1")).stderr).toContain("--precision takes a number from 0.5 to 0.9999");
    expect((await run("/no/such.csv")).stderr).toContain("/no/such.csv cannot be read (no such file or folder: ENOENT)");
    expect((await dupfind(["report", "--precision", "0.9", "--threshold", "0.9", "--db", db])).code).toBe(2);
    expect((await dupfind(["calibrate", "--db", db])).stderr).toContain("--pairs");
  });

  test("a precision asked of an encoder that was never calibrated is told, with what to do", async () => {
    const fresh = join(folder, "fresh.db");
    await dupfindJson(["scan", join(folder, "parts"), "--exclude", "[a-m]*", "--no-look", "--db", fresh]);
    const { code, stderr } = await dupfind(["report", "--precision", "0.9", "--db", fresh]);
    expect(code).toBe(2);
    expect(stderr).toContain("dupfind-lite is not calibrated on this library");
    expect(stderr).toContain("dupfind calibrate --synthetic");
    expect(stderr).toContain("--pairs labeled.csv");
  });
});

describe("pairs that are seen to be different", () => {
  test("are no pairs that a threshold decides: no report lists two forms with other figures", async () => {
    const forms = await Promise.all([1, 2, 3].map((seed) => drawForm(join(folder, `form-${seed}.png`), seed)));
    const alike = forms.flatMap((a, i) => forms.slice(i + 1).map((b) => `${a},${b},0`));
    const rows = readFileSync(labels, "utf8").trimEnd().split("\n");
    const withForms = writeRows("with-forms.csv", [...rows, ...alike]);
    const vectors = await vectorsOf(forms);
    const [one, other] = forms.map((path) => vectors.get(path) as Float32Array) as [Float32Array, Float32Array];
    expect(cosine(one, other)).toBeGreaterThan(0.6);
    const dry = (...options: string[]) => [
      "calibrate",
      "--pairs",
      withForms,
      "--precision",
      PRECISION,
      "--dry-run",
      "--db",
      db,
      ...options,
    ];
    const [alone, looking] = [await dupfindJson<Calibration>(dry("--no-look")), await dupfindJson<Calibration>(dry())];
    expect(alone.excluded.seenDifferent).toBe(0);
    expect(looking.excluded.seenDifferent).toBeGreaterThanOrEqual(3);
    expect(looking.pairs.different).toBe(alone.pairs.different - looking.excluded.seenDifferent);
    expect(looking.pairs.same).toBe(alone.pairs.same);
    expect(looking.threshold.observed).toBeLessThan(alone.threshold.observed as number);
  });
});
