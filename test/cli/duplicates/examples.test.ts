import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { answerSchema } from "../../answer-schemas.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { lastingFolder } from "../../temporary-folder.ts";

interface MadeDuplicate {
  readonly copy: string;
  readonly original: string;
  readonly edit: string;
}

const made = JSON.parse(readFileSync(join(EXAMPLES, "../duplicates.json"), "utf8")) as readonly MadeDuplicate[];
const folder = lastingFolder();
const db = join(folder, "library.db");
let firstScan: ScanJson;

/** Of two files with the same bytes the older one is kept, and which that is a checkout decides: "a.jpg" stands for "a (1).jpg" too. */
function photoName(path: string): string {
  return path.replace(/.*\//, "").replace(" (1)", "");
}

beforeAll(async () => {
  firstScan = await dupfindJson<ScanJson>(["scan", EXAMPLES, "--db", db]);
  return () => rmSync(folder, { recursive: true });
});

describe("the example photos", () => {
  test("the report finds every made duplicate and nothing else", async () => {
    const report = await dupfindJson<ReportJson>(["report", "--db", db]);
    const found = report.sets.flatMap((set) => set.extras.map((extra) => [extra.path, set.keeper.path].sort().join(" = ")));
    const expected = made.map(({ copy, original }) => [join(EXAMPLES, copy), join(EXAMPLES, original)].sort().join(" = "));
    expect(found.sort()).toEqual(expected.sort());
  });

  test("same bytes are marked apart from near ones and are read but not decoded twice", async () => {
    const report = await dupfindJson<ReportJson>(["report", "--db", db]);
    const sameBytes = report.sets.flatMap((set) => set.extras).filter((extra) => extra.class === "same-bytes");
    expect(sameBytes.map(({ path }) => photoName(path)).sort()).toEqual(["notocactus_minimus.jpg", "thompson-springs.jpg"]);
    expect(firstScan).toMatchObject({ found: 48, embedded: 46, known: 2, skipped: 0 });
  });

  test("a second scan reads nothing", async () => {
    expect(await dupfindJson<ScanJson>(["scan", EXAMPLES, "--db", db])).toMatchObject({ found: 48, unchanged: 48, embedded: 0, known: 0 });
  });

  test("a companion is shown with its photo", async () => {
    const report = await dupfindJson<ReportJson>(["report", "--db", db]);
    const set = report.sets.find(({ keeper }) => keeper.path === PHOTOS.landscape);
    expect(set?.keeper.companions).toEqual([PHOTOS.landscape.replace(".jpg", ".xmp")]);
  });

  test("an iPhone's HEIC and the JPEG exported from it are one picture", async () => {
    const report = await dupfindJson<ReportJson>(["report", "--db", db]);
    const set = report.sets.find(({ keeper }) => keeper.path === PHOTOS.heic);
    expect(set?.extras.map((extra) => extra.path)).toEqual([PHOTOS.heicExport]);
    expect(set?.lowestSimilarity).toBeGreaterThan(0.97);
  });

  test("the JSON report has the form of its schema, and the schema refuses another", async () => {
    const validate = answerSchema("report");
    const report = await dupfindJson<ReportJson>(["report", "--db", db]);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, sets: [{ kind: "copies" }] })).toBe(false);
  });

  test("two reports are the same byte for byte, in every format", async () => {
    for (const format of ["text", "json", "csv", "html", "paths"]) {
      const reports = await Promise.all([1, 2].map(() => dupfind(["report", "--db", db, "--format", format])));
      expect(reports[0]?.stdout).toBe(reports[1]?.stdout);
      expect(reports[0]?.stdout.length).toBeGreaterThan(500);
    }
  });

  test("-0 gives the extras for xargs, and a text report stays within 80 columns but for paths and commands", async () => {
    const paths = (await dupfind(["report", "--db", db, "-0"])).stdout.split("\0").slice(0, -1);
    // What is altered may not go unseen.
    const same = made.filter(({ edit }) => !edit.startsWith("captions"));
    expect(paths.map(photoName).sort()).toEqual(same.map(({ copy }) => photoName(copy)).sort());
    const { stdout } = await dupfind(["report", "--db", db], { workingFolder: EXAMPLES });
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes(db))).toEqual([]);
    expect(stdout).toContain("originals/tanners_ridge.xmp");
  });

  test("a report of one folder lists extras of that folder only", async () => {
    const report = await dupfindJson<ReportJson>(["report", join(EXAMPLES, "copies"), "--db", db]);
    expect(report.photos).toBe(29);
    expect(report.sets.flatMap((set) => set.extras).every(({ path }) => path.includes("/copies/"))).toBe(true);
  });

  test("--across lists only sets that span the folders, --protect keeps a folder's photos out of the extras", async () => {
    const [copies, originals] = [join(EXAMPLES, "copies"), join(EXAMPLES, "originals")];
    const across = await dupfindJson<ReportJson>(["report", copies, originals, "--across", "--db", db]);
    expect(across.sets.length).toBe(new Set(made.map(({ original }) => original)).size - 1); // all but the two portraits
    const guarded = await dupfindJson<ReportJson>(["report", "--protect", copies, "--db", db]);
    expect(guarded.sets.flatMap((set) => set.extras).filter(({ path }) => path.startsWith(copies))).toEqual([]);
    expect(guarded.sets.length).toBeGreaterThan(10);
  });

  test("--keep puts a folder before resolution", async () => {
    const report = await dupfindJson<ReportJson>(["report", "--keep", `folder:${join(EXAMPLES, "copies")}`, "--db", db]);
    const set = report.sets.find(({ extras }) => extras.some(({ path }) => path === PHOTOS.heic));
    expect(set?.keeper).toMatchObject({ path: PHOTOS.heicExport, reason: { rule: "folder", folder: join(EXAMPLES, "copies") } });
  });

  test("the exit code tells of duplicates only when asked", async () => {
    expect((await dupfind(["report", "--db", db])).code).toBe(0);
    expect((await dupfind(["report", "--db", db, "--fail-on-duplicates"])).code).toBe(1);
    expect((await dupfind(["report", "--db", db, "--fail-on-duplicates", "--threshold", "1"])).code).toBe(1); // same bytes remain
  });

  test("complete linkage holds every pair of a set to the threshold, star only those with the keeper", async () => {
    const sets = async (linkage: string, threshold: number) =>
      (await dupfindJson<ReportJson>(["report", "--db", db, "--linkage", linkage, "--threshold", String(threshold)])).sets;
    // A set whose extras are all nearer to the keeper than two of them are to each other, and the threshold between the two.
    const nearest = ({ extras }: ReportJson["sets"][number]) => Math.min(...extras.map(({ similarity }) => similarity));
    const threshold = Math.max(...(await sets("star", 0.6)).filter((set) => set.lowestSimilarity < nearest(set)).map(nearest));
    expect((await sets("complete", threshold)).every((set) => set.lowestSimilarity >= threshold)).toBe(true);
    const stars = await sets("star", threshold);
    expect(stars.some((set) => set.lowestSimilarity < threshold)).toBe(true);
    expect(stars.every((set) => set.extras.every((extra) => extra.similarity >= threshold))).toBe(true);
  });
});
