/**
 * The server's own index of nearest neighbours: what it proposes beside what comparing everything finds, how it keeps up, and when it is used.
 */
import { expect, onTestFinished, test } from "vitest";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ReadOutcome } from "../../../src/core/library/scan-store.ts";
import type { Approximation } from "../../../src/core/library/vectors.ts";
import { addApproximations, NOTHING_APPROXIMATE } from "../../../src/core/pairs/approximation.ts";
import type { PhotoFile } from "../../../src/core/photos/photo.ts";
import { ServerLibrary } from "../../../src/io/shared-library/server-library.ts";
import { describeWithPgvector, describeWithPostgres, placeOf, type TestServer } from "../../postgres.ts";
import { seededRandom } from "../../seeded-random.ts";
import { encoderOf, filesBelow, numberOf, pairsOf, ROOT, tookWith } from "./made-scan.ts";

const DIMENSIONS = 64;
const FLOOR = 0.6;
/** Photos of one cluster are alike, and like no other. */
const IN_A_CLUSTER = 4;
const ENCODER = encoderOf(DIMENSIONS, FLOOR);

function took(file: PhotoFile): ReadOutcome {
  const [middle, own] = [seededRandom(Math.floor(numberOf(file) / IN_A_CLUSTER)), seededRandom(1_000_000 + numberOf(file))];
  const vector = toUnitLength(Array.from({ length: DIMENSIONS }, () => middle() - 0.5 + 0.4 * (own() - 0.5)));
  return tookWith(file, vector);
}

/** @param nearFrom embeddings from which on an index is made */
async function openOn(address: string, nearFrom = 0): Promise<ServerLibrary> {
  const library = await ServerLibrary.open(placeOf(address), 1, nearFrom);
  const lock = await library.lockForAdding();
  onTestFinished(async () => {
    await lock.release();
    await library.close();
  });
  return library;
}

/** A scan that meets the photos below `count`, and reads what is new of them. */
async function scan(library: ServerLibrary, count: number): Promise<void> {
  const store = await library.scanWith(ENCODER, [ROOT], "today");
  await store.meet(filesBelow(count));
  for await (const page of store.pending()) await store.record(page.map(took));
}

/** @returns how many pairs of the measured photos were proposed; null where the library has no index, or does not want it */
async function compareNear(library: ServerLibrary): Promise<Approximation | null> {
  const store = library.pairsOf(ENCODER);
  let measured = NOTHING_APPROXIMATE;
  const blocks = await store.findNearPairs(FLOOR, (row) => {
    measured = addApproximations(measured, row);
  });
  if (blocks === null) return null;
  for await (const block of blocks) await store.recordPairs(block);
  expect(await store.uncomparedCount()).toBe(0);
  return measured;
}

async function compareAll(library: ServerLibrary): Promise<void> {
  const store = library.pairsOf(ENCODER);
  for await (const block of store.findPairs(FLOOR)) await store.recordPairs(block);
}

function withExtension(postgres: TestServer): string {
  const address = postgres.newDatabase();
  postgres.sql("CREATE SCHEMA elsewhere; CREATE EXTENSION vector SCHEMA elsewhere", databaseOf(address));
  return address;
}

function databaseOf(address: string): string {
  return address.replace(/.*\//, "");
}

function indexed(postgres: TestServer, address: string): number {
  return Number(postgres.sql("SELECT count(*) FROM dupfind.nearest_1", databaseOf(address)));
}

describeWithPgvector("an index of nearest neighbours", (postgres) => {
  test("proposes the pairs that comparing everything finds, with the same similarities, and says how many it found of a sample", async () => {
    // A server would rather read a small table than an index.
    const address = `${withExtension(postgres)}?options=${encodeURIComponent("-c enable_seqscan=off")}`;
    const [near, all] = [await openOn(address), await openOn(postgres.newDatabase())];
    await scan(near, 1_600);
    await scan(all, 1_600);
    const measured = await compareNear(near);
    await compareAll(all);
    const [found, wanted] = [await pairsOf(near, ENCODER), await pairsOf(all, ENCODER)];
    const known = new Set(wanted);
    expect(wanted.length).toBeGreaterThan(2_000);
    expect(found.filter((pair) => !known.has(pair))).toEqual([]);
    expect(found.length / wanted.length).toBeGreaterThan(0.98);
    expect(measured?.photos).toBe(5);
    expect(measured?.found).toBeGreaterThan(0.9 * (measured?.pairs ?? 0));
  });

  test("takes in what is new, and is used from then on whatever the library's size", async () => {
    const address = withExtension(postgres);
    const library = await openOn(address);
    await scan(library, 400);
    await compareNear(library);
    await scan(library, 402);
    const later = await openOn(address, 1_000_000);
    await compareNear(later);
    expect(indexed(postgres, address)).toBe(402);
    expect((await pairsOf(later, ENCODER)).filter((pair) => pair.includes("00401"))).toHaveLength(1);
  });

  test("takes in what was compared with everything before it was there", async () => {
    const address = withExtension(postgres);
    const library = await openOn(address);
    await scan(library, 399);
    await compareAll(library);
    await scan(library, 400);
    await compareNear(library);
    expect(indexed(postgres, address)).toBe(400);
    expect((await pairsOf(library, ENCODER)).filter((pair) => pair.includes("00399"))).toHaveLength(3);
  });

  test("forgets what the library forgets", async () => {
    const address = withExtension(postgres);
    const library = await openOn(address);
    await scan(library, 40);
    await compareNear(library);
    postgres.sql("DELETE FROM dupfind.pair; DELETE FROM dupfind.embedding WHERE seq <= 10", databaseOf(address));
    expect(indexed(postgres, address)).toBe(30);
  });

  test("is made by the first that asks, and shared by all", async () => {
    const address = withExtension(postgres);
    const [one, other] = [await openOn(address), await openOn(address)];
    await scan(one, 4_200);
    await Promise.all([compareNear(one), compareNear(other)]);
    expect(indexed(postgres, address)).toBe(4_200);
    const pairs = await pairsOf(one, ENCODER);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(6_000);
  });

  test("is not made for a library that any machine holds in memory", async () => {
    const library = await openOn(withExtension(postgres), 401);
    await scan(library, 400);
    expect(await library.pairsOf(ENCODER).hasNearestIndex()).toBe(true);
    expect(await compareNear(library)).toBeNull();
  });

  test("is none where the database has no pgvector", async () => {
    const library = await openOn(postgres.newDatabase());
    await scan(library, 4);
    expect(await library.pairsOf(ENCODER).hasNearestIndex()).toBe(false);
    expect(await compareNear(library)).toBeNull();
  });

  test("is none for who may write but not make tables, until the owner has made it", async () => {
    const address = withExtension(postgres);
    const owner = await openOn(address);
    await scan(owner, 40);
    postgres.sql(
      `CREATE ROLE scanner LOGIN; GRANT USAGE ON SCHEMA dupfind, elsewhere TO scanner;
       ALTER DEFAULT PRIVILEGES IN SCHEMA dupfind GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO scanner;
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dupfind TO scanner; GRANT USAGE ON ALL SEQUENCES IN SCHEMA dupfind TO scanner`,
      databaseOf(address),
    );
    const scanner = await openOn(postgres.address(databaseOf(address), "scanner"));
    expect(await scanner.pairsOf(ENCODER).hasNearestIndex()).toBe(false);
    await compareNear(owner);
    expect(await scanner.pairsOf(ENCODER).hasNearestIndex()).toBe(true);
    await scan(scanner, 44);
    await compareNear(scanner);
    expect(indexed(postgres, address)).toBe(44);
  });
});

describeWithPostgres("a server without pgvector", (postgres) => {
  test("has no index of nearest neighbours", async () => {
    const library = await openOn(postgres.newDatabase());
    await scan(library, 4);
    expect(await library.pairsOf(ENCODER).hasNearestIndex()).toBe(false);
  });
});
