/**
 * An encoder taught from labels, on real pictures, with a real library and a real session: the tiny CLIP, whose weights are
 * random, so that it has much to learn.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { applyMap } from "../../../src/core/encoders/linear-map.ts";
import { ModelStore } from "../../../src/io/encoders/model-store.ts";
import { answerSchema } from "../../answer-schemas.ts";
import { type KnownPair, writeBenchmark, writeLabels } from "../../edited-photos.ts";
import { shuffled } from "../../library-fixtures.ts";
import { installFamilies, writeTinyLock } from "../../models.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, type ScanJson } from "../../program.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder } from "../../temporary-folder.ts";

const BASE = "clip-vit-base-patch32";
const NAME = `${BASE}-adapted`;

interface Answer {
  readonly better: boolean;
  readonly shrinkage: number;
  readonly plain: { readonly averagePrecision: number };
  readonly adapted: { readonly averagePrecision: number };
  readonly gain: { readonly averagePrecision: { readonly value: number; readonly low: number } };
  readonly saved: {
    readonly id: string;
    readonly key: string;
    readonly vectors: number;
    readonly threshold: { value: number; floor: number };
  } | null;
}

const folder = lastingFolder();
const modelFolder = join(folder, "models");
const db = join(folder, "library.db");
const labels = join(folder, "labels.csv");
const environment = { DUPFIND_MODELS: modelFolder, DUPFIND_LOCK: join(modelFolder, "lock.json") };
const validate = answerSchema("adapt");
let pairs: readonly KnownPair[];
let photoCount: number;

const run = (...args: string[]) => dupfind(args, { environment });
const adapt = (file: string, ...options: string[]) =>
  run("adapt", "--pairs", file, "--model", BASE, "--precision", "0.9", "--db", db, ...options);
const store = () => new ModelStore({ folder: modelFolder, lock: environment.DUPFIND_LOCK });

async function vectorsOf(model: string, ...photos: readonly string[]): Promise<readonly Float32Array[]> {
  const { stdout } = await run("embed", ...photos, "--model", model);
  const lines = stdout.trim().split("\n");
  return lines.map((line) => Float32Array.from((JSON.parse(line) as { readonly vector: readonly number[] }).vector));
}

beforeAll(async () => {
  installFamilies(modelFolder);
  pairs = await writeBenchmark(folder);
  writeLabels(labels, pairs);
  photoCount = new Set(pairs.map(({ a }) => a.path)).size;
  await run("scan", join(folder, "parts"), "--model", BASE, "--no-look", "--db", db, "--quiet");
  return () => rmSync(folder, { recursive: true });
});

describe("labels that teach an encoder nothing", () => {
  test("at random are refused with 1: nothing is saved, and reports go on as before", async () => {
    const before = (await run("report", "--model", BASE, "--db", db, "--json")).stdout;
    const random = seededRandom(11);
    const answers = shuffled(
      pairs.map(({ same }) => same),
      random,
    );
    const file = join(folder, "random.csv");
    writeLabels(
      file,
      pairs.map((pair, i) => ({ ...pair, same: answers[i] as boolean })),
    );
    const refused = await adapt(file);
    expect(refused, refused.stderr).toMatchObject({ code: 1, stderr: "" });
    expect(refused.stdout).toContain(`Not better: nothing was saved; ${BASE} stays as it is.`);
    expect(existsSync(join(modelFolder, NAME))).toBe(false);
    expect((await run("report", "--model", BASE, "--db", db, "--json")).stdout).toBe(before);
  });

  test("because they are too few end with 2 and say how many it takes", async () => {
    const file = join(folder, "few.csv");
    writeLabels(file, [...pairs.filter(({ same }) => same).slice(0, 12), ...pairs.filter(({ same }) => !same).slice(0, 40)]);
    const { code, stderr } = await adapt(file);
    expect(code).toBe(2);
    expect(stderr).toContain("Adapting needs 30 pairs of each kind, of 10 different pictures; ");
  });
});

describe("labels that an encoder can learn from", () => {
  let answer: Answer;

  test("with --dry-run are told to make it better, and nothing is saved", async () => {
    const { code, stdout } = await adapt(labels, "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nBetter\. Nothing was saved\.\n$/);
    expect(existsSync(join(modelFolder, NAME))).toBe(false);
  });

  test("make a new encoder, in the form of its schema", async () => {
    const { code, stdout, stderr } = await adapt(labels, "--json");
    expect(code, stderr).toBe(0);
    answer = JSON.parse(stdout) as Answer;
    expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
    expect(answer.adapted.averagePrecision).toBeGreaterThan(answer.plain.averagePrecision);
    expect(answer.gain.averagePrecision.low).toBeGreaterThan(0);
    expect(answer.saved).toMatchObject({ id: NAME, key: store().choose(NAME).key, vectors: photoCount });
    expect(answer.saved?.key).not.toBe(store().choose(BASE).key);
    expect(answer.saved?.threshold.floor).toBeLessThan(answer.saved?.threshold.value as number);
  });

  test("whose name cannot be taken twice, nor be one of the lock", async () => {
    expect((await adapt(labels)).stderr).toContain(`An encoder named ${NAME} already exists`);
    expect((await adapt(labels, "--name", "dupfind-lite")).stderr).toContain("An encoder named dupfind-lite already exists");
    expect((await adapt(labels, "--name", "../up")).stderr).toContain("An encoder's name must be of a-z");
  });

  test("that cannot be adapted once more", async () => {
    const { code, stderr } = await run("adapt", "--pairs", labels, "--model", NAME, "--db", db);
    expect(code).toBe(2);
    expect(stderr).toContain(`Adapt its base encoder: dupfind adapt --model ${BASE}`);
  });

  test("that maps words as it maps pictures", async () => {
    const search = (model: string) => run("search", "a bird on a rock", "--model", model, "--db", db, "--json");
    const [plain, adapted] = [await search(BASE), await search(NAME)];
    expect(adapted.code, adapted.stderr).toBe(0);
    const { createTextEncoder } = await import("../../../src/io/encoders/text-encoder.ts");
    const [one, other] = [await store().open(BASE), await store().open(NAME)];
    const encoders = [one, other].map((encoder) => createTextEncoder(encoder, encoder.spec.text as NonNullable<typeof encoder.spec.text>));
    const [word, mapped] = await Promise.all(encoders.map((encoder) => encoder.encode("a bird on a rock")));
    expect(mapped).toEqual(applyMap(other.map as NonNullable<typeof other.map>, word as Float32Array));
    expect(adapted.stdout).not.toBe(plain.stdout);
    await Promise.all(encoders.map((encoder) => encoder.close()));
  });

  test("whose vectors in the library are bit for bit those of encoding a photo and mapping it", async () => {
    const photos = [...new Set(pairs.map(({ a }) => a.path))].slice(0, 12);
    const { map } = await store().open(NAME);
    const [plain, adapted] = [await vectorsOf(BASE, ...photos), await vectorsOf(NAME, ...photos)];
    expect(adapted).toEqual(plain.map((vector) => applyMap(map as NonNullable<typeof map>, vector)));
    // A search by a photo of the library reads its kept vector: at a similarity that any other bit would change.
    const kept = await keptVectors();
    for (const [index, photo] of photos.entries()) expect(kept.get(photo)).toEqual(adapted[index]);
  });

  async function keptVectors(): Promise<ReadonlyMap<string, Float32Array>> {
    const { SqliteLibrary } = await import("../../../src/io/library/sqlite-library.ts");
    const { photoPath } = await import("../../../src/core/units.ts");
    const library = SqliteLibrary.openExisting(db);
    try {
      const known = library.calibrationOf(store().choose(NAME));
      const contents = await known.contentsAt(pairs.map(({ a }) => photoPath(a.path)));
      const photos = await known.photos(contents.values());
      return new Map([...contents].map(([path, content]) => [path, photos.get(content)?.vector as Float32Array]));
    } finally {
      await library.close();
    }
  }

  test("that a scan has nothing to read for, and a drift check finds unchanged", async () => {
    const scan = await run("scan", join(folder, "parts"), "--model", NAME, "--no-look", "--db", db, "--json");
    expect(JSON.parse(scan.stdout) as ScanJson).toMatchObject({ embedded: 0, unchanged: photoCount, compared: true });
    const drift = await run("drift", "--model", NAME, "--db", db, "--fail-on-drift");
    expect(drift, drift.stdout + drift.stderr).toMatchObject({ code: 0 });
  });

  test("that reports use with the threshold of the tests, and other commands know by name", async () => {
    const report = JSON.parse((await run("report", "--model", NAME, "--no-look", "--db", db, "--json")).stdout) as {
      threshold: number;
      thresholdOrigin: string;
    };
    expect(report.threshold).toBeCloseTo(answer.saved?.threshold.value as number, 10);
    expect((await run("neighbours", "--model", NAME, "--db", db)).code).toBe(0);
    expect((await run("calibrate", "--pairs", labels, "--model", NAME, "--db", db, "--dry-run")).code).toBe(0);
    expect((await run("search", PHOTOS.forest, "--model", NAME, "--db", db)).code).toBe(0);
    const moved = await run("reindex", "--model", NAME, "--db", db);
    expect(moved.stdout).toContain(`The library now uses ${NAME}`);
  });

  test("is listed, and verified down to a flipped byte of its map", async () => {
    expect((await run("models", "list")).stdout).toMatch(
      new RegExp(`^${NAME} .* adapted\\n {2}${BASE} adapted to [\\d,]+ labelled pairs \\(`, "m"),
    );
    expect((await run("models", "verify", NAME)).stdout).toContain(`${NAME}: every file matches its pin.`);
    const path = join(modelFolder, NAME, "map.f32");
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.with(40, (bytes[40] as number) ^ 1));
    const { code, stderr } = await run("models", "verify", NAME);
    expect(code).toBe(2);
    expect(stderr).toContain(`${path} does not match the lock`);
    expect(stderr).toContain(`Create it again with dupfind adapt --pairs <file> --model ${BASE}`);
    writeFileSync(path, bytes);
  });

  test("says so when its encoder is not here, or has become another one; its vectors can still be read", async () => {
    const graph = join(modelFolder, BASE, store().find(BASE).image.model);
    renameSync(graph, `${graph}.away`);
    const away = await run("embed", PHOTOS.forest, "--model", NAME);
    expect(away.stderr).toContain(`dupfind models pull ${BASE}`);
    writeTinyLock(environment.DUPFIND_LOCK, (entry) =>
      entry.id === BASE ? { ...entry, source: { kind: "retired", successor: "siglip-base-patch16-224" } } : entry,
    );
    expect((await run("embed", PHOTOS.forest, "--model", NAME)).stderr).toContain(`${NAME} was adapted from an earlier ${BASE}`);
    renameSync(`${graph}.away`, graph);
    writeTinyLock(environment.DUPFIND_LOCK, (entry) => ({
      ...entry,
      files: entry.files.map((file) => ({ ...file, sha256: createHash("sha256").update(file.sha256).digest("hex") })),
    }));
    const changed = await run("embed", PHOTOS.forest, "--model", NAME);
    expect(changed.code).toBe(2);
    expect(changed.stderr).toContain(`${NAME} was adapted from an earlier ${BASE}, which this dupfind no longer has`);
    expect((await run("report", "--model", NAME, "--db", db)).code).toBe(0);
    writeTinyLock(environment.DUPFIND_LOCK);
  });

  test("is removed by name, and its base stays", async () => {
    expect((await run("models", "remove", NAME)).code).toBe(0);
    expect(existsSync(join(modelFolder, NAME))).toBe(false);
    expect(store().isInstalled(store().find(BASE))).toBe(true);
    expect((await run("report", "--model", NAME, "--db", db)).stderr).toContain("There is no encoder named");
  });
});
