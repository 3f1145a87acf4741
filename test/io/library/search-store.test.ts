/**
 * The file of vectors beside the library: a search finds the same with it, without it, and whatever became of either.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import { allOf } from "../../../src/core/library/pages.ts";
import type { EmbeddedPhoto } from "../../../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { idOf, NO_EXIF, NO_MARKS } from "../../library-fixtures.ts";
import { models } from "../../models.ts";
import { seededRandom } from "../../seeded-random.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

/** Few dimensions, so that many rows are made at once. */
const DIMENSIONS = 8;
const chosen = models("/nowhere").choose("dupfind-lite");
const encoder: ChosenEncoder = { ...chosen, spec: { ...chosen.spec, image: { ...chosen.spec.image, dimensions: DIMENSIONS } } };
/** More than a search reads out of the database without making a file. */
const ROWS = 5000;

function embedded(number: number, seed = number): EmbeddedPhoto {
  const random = seededRandom(seed);
  const vector = toUnitLength(Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  const file = { path: photoPath(`/photos/${number}.jpg`), bytes: 1000, modifiedMs: 1, changedMs: null, fileId: `1:${number}` };
  const facts = { width: 10, height: 10, format: "jpeg", exposure: NO_EXIF, ...NO_MARKS } as const;
  return { photo: { file, hash: contentHash(seed.toString(16).padStart(64, "0")) }, facts, detail: 0.5, vector };
}

async function addPhotos(path: string, from: number, to: number, seed = 0): Promise<void> {
  const library = SqliteLibrary.open(path);
  const store = await library.scanWith(encoder, [{ path: "/photos", exclude: [], followLinks: false }], "test");
  const numbers = Array.from({ length: to - from }, (_, at) => from + at);
  await store.record(numbers.map((number) => ({ kind: "embedded", photo: embedded(number, number + seed) })));
  await library.close();
}

async function prune(path: string, ...numbers: readonly number[]): Promise<void> {
  const library = SqliteLibrary.open(path);
  const store = library.pruning();
  const gone = new Set(numbers.map((number) => `/photos/${number}.jpg`));
  const known = await allOf(store.photosBelow("/photos"));
  const photos = known.filter(({ path }) => gone.has(path)).map((photo) => ({ ...photo, why: "gone" as const }));
  const contents = await store.contentsWithout(photos);
  expect(await store.forget({ photos, contents, roots: [], guardedRoots: [], unsure: [] })).toBe(true);
  await library.close();
}

/** What a search reads. */
async function read(path: string): Promise<ReadonlyMap<ContentId, readonly number[]>> {
  const library = SqliteLibrary.openExisting(path);
  const rows = new Map<ContentId, readonly number[]>();
  for await (const { contentIds, values } of library.searchOf(encoder).vectors()) {
    for (const [row, id] of contentIds.entries()) {
      if (rows.has(idOf(id))) throw new Error(`Expected ${id} once`);
      rows.set(idOf(id), [...values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)]);
    }
  }
  await library.close();
  return rows;
}

/** What the library holds. */
async function expected(path: string): Promise<ReadonlyMap<ContentId, readonly number[]>> {
  const library = SqliteLibrary.openExisting(path);
  const { contentIds, values } = await library.pairsOf(encoder).loadVectors();
  await library.close();
  return new Map(contentIds.map((id, row) => [id, [...values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)]]));
}

const fileOf = (path: string) => `${path}-vectors-${encoder.key.slice(0, 8)}`;
const madeAt = (path: string) => statSync(fileOf(path), { bigint: true }).ino;

const home = lastingFolder();
const original = join(home, "library.db");

beforeAll(async () => {
  await addPhotos(original, 0, ROWS);
  return () => import("node:fs").then(({ rmSync }) => rmSync(home, { recursive: true }));
});

/** A library of its own for one test, without a file of vectors or with one. */
async function libraryOf(withFile: boolean): Promise<string> {
  const path = join(temporaryFolder(), "library.db");
  copyFileSync(original, path);
  if (withFile) await read(path);
  expect(existsSync(fileOf(path))).toBe(withFile);
  return path;
}

async function expectRight(path: string): Promise<void> {
  const rows = await read(path);
  expect(rows.size).toBeGreaterThan(0);
  expect(rows).toEqual(await expected(path));
}

describe("the vectors a search reads", () => {
  test("are those of the library, when the file is made and when it is there", async () => {
    const path = await libraryOf(false);
    await expectRight(path);
    const made = madeAt(path);
    await expectRight(path);
    expect(madeAt(path)).toBe(made);
  });

  test("make no file where they are few", async () => {
    const path = join(temporaryFolder(), "library.db");
    await addPhotos(path, 0, 100);
    await expectRight(path);
    expect(existsSync(fileOf(path))).toBe(false);
  });

  test("hold what was scanned after the file was made, and the file is made anew only when that is much", async () => {
    const path = await libraryOf(true);
    const made = madeAt(path);
    await addPhotos(path, ROWS, ROWS + 10);
    await expectRight(path);
    expect(madeAt(path)).toBe(made);
    await addPhotos(path, ROWS + 10, ROWS + 4500);
    await expectRight(path);
    expect(madeAt(path)).not.toBe(made);
  });

  test("leave out what was pruned, and another content that takes its place in the tables has its own", async () => {
    const path = await libraryOf(true);
    await prune(path, ROWS - 1, 17);
    await expectRight(path);
    await addPhotos(path, ROWS, ROWS + 1);
    await expectRight(path);
  });

  test("are right after a backup was put back and other photos were scanned", async () => {
    const path = await libraryOf(false);
    const backup = `${path}.backup`;
    copyFileSync(path, backup);
    await addPhotos(path, ROWS, ROWS + 50);
    await read(path);
    copyFileSync(backup, path);
    await addPhotos(path, ROWS, ROWS + 50, 77_777);
    await expectRight(path);
  });

  test.each<readonly [string, (file: string) => void]>([
    ["is cut short", (file) => truncateSync(file, statSync(file).size - 1)],
    ["is empty", (file) => truncateSync(file, 0)],
    ["is something else", (file) => writeFileSync(file, "x".repeat(statSync(file).size))],
    [
      "is of another encoder",
      (file) => {
        const bytes = readFileSync(file);
        writeFileSync(
          file,
          Buffer.concat([Buffer.from(bytes.subarray(0, 4096).toString().replace(encoder.key, "0".repeat(64))), bytes.subarray(4096)]),
        );
      },
    ],
  ])("are right when the file %s, which is made anew", async (_, spoil) => {
    const path = await libraryOf(true);
    spoil(fileOf(path));
    const spoilt = madeAt(path);
    await expectRight(path);
    expect(madeAt(path)).not.toBe(spoilt);
  });

  /** Where a byte is turned or bytes are zeroed, as shares of the file: in the ids, the first vectors, the middle, the checksums. */
  test.each([0.05, 0.15, 0.5, 0.7, 0.99999])(
    "are right when a bit of the file at %d of it was turned, which is made anew",
    async (share) => {
      const path = await libraryOf(true);
      const bytes = readFileSync(fileOf(path));
      const at = 4096 + Math.floor((bytes.length - 4097) * share);
      bytes[at] = (bytes[at] as number) ^ 0x10;
      writeFileSync(fileOf(path), bytes);
      await expectRight(path);
      expect(existsSync(fileOf(path))).toBe(false);
      await expectRight(path);
      expect(existsSync(fileOf(path))).toBe(true);
    },
  );

  test("are right when a part of the file reads as zeros", async () => {
    const path = await libraryOf(true);
    const bytes = readFileSync(fileOf(path));
    writeFileSync(fileOf(path), bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 8192));
    await expectRight(path);
  });

  test("are right where the file cannot be written, and nothing is left of the attempt", async () => {
    const path = await libraryOf(false);
    mkdirSync(`${fileOf(path)}.part`);
    chmodSync(`${fileOf(path)}.part`, 0o500);
    await expectRight(path);
    expect(existsSync(fileOf(path))).toBe(false);
  });

  test("are right beside what a killed search left, and clear it away", async () => {
    const path = await libraryOf(false);
    writeFileSync(`${fileOf(path)}.part`, "half a file");
    await expectRight(path);
    expect(readdirSync(join(path, "..")).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("that are not read to the end leave no half a file", async () => {
    const path = await libraryOf(false);
    const library = SqliteLibrary.openExisting(path);
    for await (const _ of library.searchOf(encoder).vectors()) break;
    await library.close();
    expect(existsSync(fileOf(path)) || existsSync(`${fileOf(path)}.part`)).toBe(false);
  });
});
