/**
 * Several workers on one library: what each takes of the work, and what becomes of the work of one that is gone.
 */
import { expect, onTestFinished, test } from "vitest";
import { toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId } from "../../../src/core/library/contents.ts";
import type { ReadOutcome, ScanStore } from "../../../src/core/library/scan-store.ts";
import type { ContentPair, LookAtPictures } from "../../../src/core/look/look-store.ts";
import { LooksSeen } from "../../../src/core/look/looks-seen.ts";
import type { PhotoFile } from "../../../src/core/photos/photo.ts";
import { ServerLibrary } from "../../../src/io/shared-library/server-library.ts";
import { lookAtPairs } from "../../../src/pipeline/look/look-at-pairs.ts";
import { look as seenSo } from "../../library-fixtures.ts";
import { describeWithPostgres, placeOf, type TestServer } from "../../postgres.ts";
import { seededRandom } from "../../seeded-random.ts";
import { encoderOf, filesBelow, numberOf, pairsOf, ROOT, tookWith } from "./made-scan.ts";

const DIMENSIONS = 8;
const FLOOR = 0.9;
const ENCODER = encoderOf(DIMENSIONS, FLOOR);

const LOOK = seenSo();
const NEVER = new AbortController().signal;

function took(file: PhotoFile): ReadOutcome {
  const random = seededRandom(numberOf(file));
  const vector = toUnitLength(Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  return tookWith(file, vector);
}

async function workerOn(address: string): Promise<ServerLibrary> {
  const library = await ServerLibrary.open(placeOf(address));
  const lock = await library.lockForAdding();
  onTestFinished(async () => {
    await lock.release();
    await library.close();
  });
  return library;
}

async function scanOf(library: ServerLibrary, count: number): Promise<ScanStore> {
  const store = await library.scanWith(ENCODER, [ROOT], "today");
  await store.meet(filesBelow(count));
  return store;
}

async function readAll(store: ScanStore): Promise<number> {
  let read = 0;
  do
    for await (const page of store.pending()) {
      await store.record(page.map(took));
      read += page.length;
    }
  while (await store.awaitOthers());
  return read;
}

async function compareAll(library: ServerLibrary): Promise<number> {
  const store = library.pairsOf(ENCODER);
  let blocks = 0;
  for await (const block of store.findPairs(FLOOR)) {
    await store.recordPairs(block);
    if (block.through !== null) blocks++;
  }
  return blocks;
}

function endSessions(postgres: TestServer, address: string): void {
  const database = address.replace(/.*\//, "");
  postgres.sql(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${database}'`);
}

describeWithPostgres("workers on a library", (postgres) => {
  test("read each photo once, whoever met it, and none marks as missing what the other has read", async () => {
    const address = postgres.newDatabase();
    const [one, other] = [await workerOn(address), await workerOn(address)];
    const scans = [await scanOf(one, 400), await scanOf(other, 400)] as const;
    const read = await Promise.all(scans.map(readAll));
    expect(read.reduce((sum, count) => sum + count)).toBe(400);
    expect(Math.min(...read)).toBeGreaterThan(0);
    for (const scan of scans)
      expect(await scan.finishWalk([], { whyUnmet: async () => "gone", isForAnotherRoot: () => false })).toMatchObject({
        missing: 0,
        unsure: 0,
      });
    expect(await one.status()).toMatchObject({ photos: 400, contents: 400, missing: 0, pending: 0, unwalked: [] });
  });

  test("take over what one that is gone had taken to read", async () => {
    const address = postgres.newDatabase();
    const gone = await ServerLibrary.open(placeOf(address));
    await gone.lockForAdding();
    const taken = (await scanOf(gone, 200)).pending()[Symbol.asyncIterator]();
    expect((await taken.next()).value).toHaveLength(16);
    endSessions(postgres, address);
    await gone.close();
    const other = await workerOn(address);
    expect(await readAll(await scanOf(other, 200))).toBe(200);
  });

  test("compare each a part, and together what one alone compares", async () => {
    const [alone, shared] = [postgres.newDatabase(), postgres.newDatabase()];
    const COUNT = 5_000;
    const single = await workerOn(alone);
    await readAll(await scanOf(single, COUNT));
    await compareAll(single);
    const expected = await pairsOf(single, ENCODER);
    expect(expected.length).toBeGreaterThan(1_000);

    const workers = [await workerOn(shared), await workerOn(shared), await workerOn(shared)] as const;
    // In the same order: of more pairs than are kept of a photo the nearest before it count.
    await readAll(await scanOf(workers[0], COUNT));
    const blocks = await Promise.all(workers.map(compareAll));
    expect(blocks.filter((count) => count > 0).length).toBeGreaterThan(1);
    expect(await workers[0].pairsOf(ENCODER).uncomparedCount()).toBe(0);
    expect(await pairsOf(workers[0], ENCODER)).toEqual(expected);
  });

  test("take pairs to look at that no other has, and those of one that is gone", async () => {
    const address = postgres.newDatabase();
    const [one, other] = [await ServerLibrary.open(placeOf(address)), await workerOn(address)];
    await one.lockForAdding();
    await readAll(await scanOf(one, 6));
    const ids = [...(await one.searchOf(ENCODER).contents([1, 2, 3, 4, 5, 6] as ContentId[])).keys()];
    const pairs = ids.flatMap((a) => ids.filter((b) => b > a).map((b) => ({ one: a, other: b })));
    const [first, second, ...others] = pairs as [ContentPair, ContentPair, ...ContentPair[]];

    expect(await one.looks().claim([first, second])).toEqual({ taken: [first, second], seen: [] });
    expect((await other.looks().claim(pairs)).taken).toEqual(others);
    await one.looks().record([{ ...first, look: LOOK }]);
    expect(await other.looks().claim([first, second])).toEqual({ taken: [], seen: [{ ...first, look: LOOK }] });
    await other.looks().letGo();
    expect((await one.looks().claim(pairs)).taken).toEqual([second, ...others]);
    await one.close();
    expect((await other.looks().claim(pairs)).taken).toEqual([second, ...others]);
  });

  test("look at each pair once, together, and all know what each has seen", async () => {
    const address = postgres.newDatabase();
    const workers = [await workerOn(address), await workerOn(address), await workerOn(address)];
    await readAll(await scanOf(workers[0] as ServerLibrary, 24));
    const met = new Map<string, number>();
    const look: LookAtPictures = async (picture, others) => {
      for (const { hash } of others) met.set(`${picture.hash} ${hash}`, (met.get(`${picture.hash} ${hash}`) ?? 0) + 1);
      await (workers[0] as ServerLibrary).status(); // a while
      return others.map(() => LOOK);
    };
    const seen = await Promise.all(
      workers.map(async (library) => {
        const contents = [
          ...(await library.searchOf(ENCODER).contents(Array.from({ length: 24 }, (_, i) => (i + 1) as ContentId))).values(),
        ];
        const pairs = contents.flatMap((one, i) => contents.slice(i + 1).map((other) => ({ one, other })));
        const looks = new LooksSeen();
        const ports = {
          store: library.looks(),
          look,
          onLook: () => {},
          parallel: 2,
          pause: () => library.status().then(() => {}),
          stop: NEVER,
        };
        expect(await lookAtPairs(ports, pairs, looks)).toEqual([]);
        return [...looks].length;
      }),
    );
    expect(seen).toEqual([276, 276, 276]);
    expect([...met.values()]).toEqual(Array.from({ length: 276 }, () => 1));
  });

  test("take over what one that is gone has left of a comparison", async () => {
    const address = postgres.newDatabase();
    const gone = await ServerLibrary.open(placeOf(address));
    await gone.lockForAdding();
    await readAll(await scanOf(gone, 3_000));
    const begun = gone.pairsOf(ENCODER).findPairs(FLOOR)[Symbol.asyncIterator]();
    await begun.next();
    const other = await workerOn(address);
    const comparing = compareAll(other);
    await other.pairsOf(ENCODER).uncomparedCount();
    endSessions(postgres, address);
    await gone.close();
    expect(await comparing).toBeGreaterThan(1);
    expect(await other.pairsOf(ENCODER).uncomparedCount()).toBe(0);
  });
});
