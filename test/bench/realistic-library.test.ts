/**
 * The realistic library and its judge: what the benchmark of keepers rests on.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import ExifReader from "exifreader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLibrary, type PictureTruth, type Truth } from "../../bench/realistic-library/build.mjs";
import { judge, type ReportedSet } from "../../bench/realistic-library/judge.mjs";
import { createDecoder } from "../../src/io/photos/decode.ts";
import { identifyPath } from "../../src/io/photos/identify.ts";
import { dupfindJson, type ReportJson } from "../program.ts";
import { lastingFolder, temporaryFolder } from "../temporary-folder.ts";

const GROUPS = 60;
/** Small pictures are made in a tenth of the time. */
const EDGE = 360;
const folder = lastingFolder();
let truth: Truth;

beforeAll(async () => {
  truth = await buildLibrary(folder, { groups: GROUPS, edge: EDGE });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a realistic library", () => {
  it("is the same for the same seed, byte for byte, and another for another seed", async () => {
    const [one, again] = [temporaryFolder(), temporaryFolder()];
    for (const target of [one, again]) await buildLibrary(target, { groups: 20, edge: EDGE });
    expect(hashes(again)).toEqual(hashes(one));
    const other = await buildLibrary(temporaryFolder(), { groups: 5, seed: 2, edge: EDGE });
    expect(other.pictures.map(({ taken }) => taken)).not.toEqual(truth.pictures.slice(0, 5).map(({ taken }) => taken));
  });

  it("holds the files its truth names and no others", () => {
    const named = [
      "truth.json",
      ...truth.pictures.flatMap(({ files }) => files.flatMap(({ path, companions }) => [path, ...companions.map((one) => one.path)])),
      ...[...truth.damaged, ...truth.passedOver].map(({ path }) => path),
    ];
    expect([...new Set(named)].sort()).toEqual([...hashes(folder).keys()].sort());
    expect(truth.pictures).toHaveLength(GROUPS);
  });

  it("has photos that decode, and capture times that are the truth's, in every format", async () => {
    const decoder = createDecoder({ resize: { fit: "within", size: 64, kernel: "cubic" }, maxMegapixels: 250, threads: 2 });
    const formats = new Set<string>();
    for (const { files, taken } of truth.pictures) {
      const [original] = files;
      if (original === undefined) continue;
      const identified = await identifyPath(join(folder, original.path));
      const decoded = identified.ok ? await decoder.decode(identified.value) : identified;
      expect(decoded, original.path).toMatchObject({ ok: true });
      if (decoded.ok) formats.add(decoded.value.facts.format);
      if (!original.path.startsWith("Pictures/2")) continue;
      const time = ExifReader.load(readFileSync(join(folder, original.path)))["DateTimeOriginal"]?.description ?? "";
      const wall = Date.parse(`${time.replace(":", "-").replace(":", "-").replace(" ", "T")}Z`);
      expect(Math.abs(wall - Date.parse(taken ?? "")), original.path).toBeLessThanOrEqual(10 * 3_600_000);
    }
    await decoder.close();
    expect([...formats]).toEqual(expect.arrayContaining(["heic", "jpeg", "tiff"]));
  });

  it("calls copies the same bytes only where they are", () => {
    const hashOf = hashes(folder);
    for (const { files } of truth.pictures)
      for (const { path, relation } of files.slice(1))
        expect(hashOf.get(path) === hashOf.get(files[0]?.path ?? ""), `${relation}: ${path}`).toBe(relation.startsWith("same bytes"));
  });
});

describe("the judge", () => {
  it("finds nothing to blame in a report that keeps what the truth keeps", () => {
    const judged = judge(truth, truth.pictures.flatMap(perfectSet));
    expect(judged.keepers.right).toBe(judged.sets);
    expect(judged.sets).toBeGreaterThan(20);
    expect(judged).toMatchObject({ lostPictures: 0, strangers: 0, withoutOriginal: 0, faults: [], orphaned: { files: 0, sets: 0 } });
    expect([...judged.found.values()].every(({ right, all }) => right === all)).toBe(true);
    expect([...judged.companions.values()].every(({ right, all }) => right === all)).toBe(true);
  });

  it("blames every set that keeps a file which is not right to keep, and tells what is orphaned", () => {
    const wrong = truth.pictures.flatMap((picture) => {
      const lesser = picture.files.find(({ path }) => !picture.keepers.includes(path));
      return lesser === undefined ? [] : [setOf(picture, lesser.path)];
    });
    const judged = judge(truth, wrong);
    expect(judged.keepers).toEqual({ right: 0, all: wrong.length });
    expect(judged.lostPictures).toBe(wrong.length);
    expect(judged.orphaned.files).toBeGreaterThan(0);
  });

  it("tells frames of a burst in one set from a copy beside another picture", () => {
    const burst = truth.series.find(({ kind }) => kind === "burst");
    const frames = truth.pictures.filter(({ id }) => burst?.pictures.includes(id));
    const [first, second] = frames.map(({ files: [original] }) => photo(original?.path ?? ""));
    if (first === undefined || second === undefined) throw new Error("Expected a burst in the library");
    const judged = judge(truth, [{ keeper: { ...first, reason: "" }, extras: [second] }]);
    expect([...judged.mixtures]).toEqual([["burst called copies", 1]]);
    expect(judged.frames.all - judged.frames.right).toBe(1);
    const [other] = truth.pictures.filter(({ files, keepers }) => files.some(({ path }) => !keepers.includes(path)));
    const copy = other?.files.find(({ path }) => !other.keepers.includes(path))?.path ?? "";
    const beside = judge(truth, [{ keeper: { ...first, reason: "" }, extras: [photo(copy)] }]);
    expect([...beside.mixtures]).toEqual([["copy beside another picture", 1]]);
  });
});

describe("a report on a realistic library", () => {
  let report: ReportJson;
  beforeAll(async () => {
    const database = ["--db", join(folder, "..", `${basename(folder)}.db`)];
    await dupfindJson(["scan", ...truth.folders.map((path) => join(folder, path)), ...database]);
    const shielded = truth.protectedFolders.flatMap((path) => ["--protect", join(folder, path)]);
    report = await dupfindJson<ReportJson>(["report", ...shielded, ...database]);
    for (const ending of ["", "-vectors"]) rmSync(`${folder}.db${ending}`, { force: true });
  });
  const local = (path: string) => relative(folder, path).split(sep).join("/");
  const judged = () => {
    const photo = <Photo extends ReportJson["sets"][0]["extras"][0] | ReportJson["sets"][0]["keeper"]>(one: Photo) => ({
      ...one,
      path: local(one.path),
      companions: one.companions.map(local),
    });
    return judge(
      truth,
      report.sets
        .filter(({ kind }) => kind === "copies")
        .map(({ keeper, extras }) => ({ keeper: { ...photo(keeper), reason: keeper.reason.rule }, extras: extras.map(photo) })),
    );
  };

  it("keeps a file that is right to keep in every set, with its reason", () => {
    const { faults, sets } = judged();
    expect(sets).toBeGreaterThan(20);
    expect(faults.filter(({ kind }) => kind === "wrong keeper")).toEqual([]);
  });

  it("shows every companion, none that is another photo's, and parts none from its picture without a word", () => {
    const { companions, strangers, orphaned } = judged();
    expect([...companions.keys()]).toEqual(expect.arrayContaining(["RAW", "film", "facts (.json)"]));
    expect([...companions].filter(([, { right, all }]) => right < all)).toEqual([]);
    expect({ strangers, orphaned: orphaned.files }).toEqual({ strangers: 0, orphaned: 0 });
  });
});

function perfectSet(picture: PictureTruth): readonly ReportedSet[] {
  const [keeper] = picture.keepers;
  return picture.files.length === 1 || keeper === undefined ? [] : [setOf(picture, keeper)];
}

function setOf({ files }: PictureTruth, keeper: string): ReportedSet {
  const all = files.map(({ path, companions }) => ({ path, companions: companions.map((one) => one.path) }));
  const kept = all.find(({ path }) => path === keeper);
  if (kept === undefined) throw new Error(`Expected ${keeper} among the files`);
  return { keeper: { ...kept, reason: "the test's choice" }, extras: all.filter(({ path }) => path !== keeper) };
}

function photo(path: string) {
  return { path, companions: [] };
}

/** SHA-256 by path, of all files. */
function hashes(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(root, name)).isFile());
  return new Map(
    names.map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(root, name)))
        .digest("hex"),
    ]),
  );
}
