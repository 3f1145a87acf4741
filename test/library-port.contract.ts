/**
 * What every library does, whatever engine stands behind it. Each engine's own test calls this with a way to make an empty library.
 */
import { describe, expect, test } from "vitest";
import type { ChosenEncoder } from "../src/core/encoders/ports.ts";
import { cosine, toUnitLength } from "../src/core/encoders/similarity.ts";
import type { ContentId, LibraryRoot } from "../src/core/library/contents.ts";
import { allOf } from "../src/core/library/pages.ts";
import type { MetEntry, ReadOutcome, Unmet } from "../src/core/library/scan-store.ts";
import type { SearchNearest } from "../src/core/library/vectors.ts";
import type { Library } from "../src/core/library-port.ts";
import { LooksSeen } from "../src/core/look/looks-seen.ts";
import type { CaptureTime } from "../src/core/photos/exposure.ts";
import type { PassedByReason } from "../src/core/photos/passed-by.ts";
import type { EmbeddedPhoto, PhotoFile, SkipReason } from "../src/core/photos/photo.ts";
import type { Absence, UnmetPhoto } from "../src/core/photos/ports.ts";
import { contentHash, encoderKey, photoPath, pixelsHash } from "../src/core/units.ts";
import { findNeighbours } from "../src/pipeline/search/find-neighbours.ts";
import { searchLibrary } from "../src/pipeline/search/search-library.ts";
import { frame, look, NO_EXIF, NO_MARKS } from "./library-fixtures.ts";
import { seededRandom } from "./seeded-random.ts";

const DIMENSIONS = 4;
const ROOT: LibraryRoot = { path: "/photos", exclude: [], followLinks: false };
const ELSEWHERE: LibraryRoot = { path: "/elsewhere", exclude: ["*.tmp"], followLinks: true };
const ENCODER = madeUpEncoder("one", "1");
const OTHER = madeUpEncoder("two", "2");

/** As much of an encoder as a library asks for. */
function madeUpEncoder(id: string, digit: string): ChosenEncoder {
  const spec = { id, version: null, image: { dimensions: DIMENSIONS }, threshold: { value: 0.6, floor: 0.4, origin: "measured" } };
  return { spec, key: encoderKey(digit.repeat(64)) } as unknown as ChosenEncoder;
}

function file(path: string, changed: Partial<PhotoFile> = {}): PhotoFile {
  return { path: photoPath(path), bytes: 100, modifiedMs: 1.5, changedMs: 2.5, fileId: `1:${path}`, ...changed };
}

const PIXELS = pixelsHash("cd".repeat(32));
const hashOf = (seed: number) => contentHash(seed.toString(16).padStart(64, "0"));

function vectorOf(seed: number): Float32Array {
  const random = seededRandom(seed);
  return toUnitLength(Array.from({ length: DIMENSIONS }, () => random() - 0.5));
}

function embedded(path: string, seed: number, changed: Partial<EmbeddedPhoto> = {}): EmbeddedPhoto {
  const facts = { width: 30, height: 20, format: "jpeg", exposure: NO_EXIF, ...NO_MARKS, exifFields: 3 } as const;
  return { photo: { file: file(path), hash: hashOf(seed) }, facts, detail: 0.5, vector: vectorOf(seed), ...changed };
}

const photo = (path: string): MetEntry => ({ kind: "photo", file: file(path) });
const skip = (path: string, reason: SkipReason): MetEntry => ({ kind: "skipped", skipped: { path: photoPath(path), reason, detail: "" } });
const companion = (path: string): MetEntry => ({ kind: "companion", file: { path: photoPath(path), bytes: 7 } });
const took = (path: string, seed: number): ReadOutcome => ({ kind: "embedded", photo: embedded(path, seed) });
const unmet = (whyUnmet: (photo: UnmetPhoto) => Absence, isForAnotherRoot: Unmet["isForAnotherRoot"] = () => false): Unmet => {
  return { whyUnmet: async (photo) => whyUnmet(photo), isForAnotherRoot };
};
const gone = unmet(() => "gone");

/** A whole scan that meets these photos and embeds those that have to be read; a name's seed is its number. */
async function scan(library: Library, photos: Readonly<Record<string, number>>, encoder = ENCODER, roots = [ROOT]) {
  const store = await library.scanWith(encoder, roots, "today");
  await store.meet(Object.keys(photos).map(photo));
  const pending = await allOf(store.pending());
  await store.record(pending.map(({ path }) => took(path, photos[path] as number)));
  return store.finishWalk([], gone);
}

async function compare(library: Library, encoder = ENCODER): Promise<void> {
  const pairs = library.pairsOf(encoder);
  for await (const block of pairs.findPairs(encoder.spec.threshold.floor)) await pairs.recordPairs(block);
}

async function idsByPath(library: Library, encoder = ENCODER): Promise<ReadonlyMap<string, ContentId>> {
  return new Map((await allOf(library.searchOf(encoder).photos())).map(({ path, content }) => [path, content]));
}

const unasked = async (): Promise<never> => {
  throw new Error("Expected the library to know the vector");
};

/** Every content has a pair: none is compared again. */
const noneNearer: SearchNearest = async function* () {};

/** @param open makes an empty library, gone after the test */
export function describeLibrary(engine: string, open: () => Library | Promise<Library>): void {
  const PHOTOS = Object.fromEntries(Array.from({ length: 40 }, (_, seed) => [`/photos/${seed}.jpg`, seed + 1]));

  describe(`a library (${engine})`, () => {
    test("is empty at first, and remembers what it is told", async () => {
      const library = await open();
      expect(await library.roots()).toEqual([]);
      expect(await library.defaultModel()).toBeNull();
      expect(await library.status()).toMatchObject({ roots: [], photos: 0, missing: 0, contents: 0, pending: 0, skipped: [] });
      await library.setDefaultModel("one");
      await library.setDefaultModel("two");
      await library.scanWith(ENCODER, [ROOT, ELSEWHERE], "today");
      expect(await library.defaultModel()).toBe("two");
      expect(await library.roots()).toEqual([ELSEWHERE, ROOT]);
    });

    test("tells what a walk met from what it has to read", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2 });
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const changed: MetEntry = { kind: "photo", file: file("/photos/b.jpg", { modifiedMs: 2 }) };
      expect(await store.meet([photo("/photos/a.jpg"), changed, photo("/photos/c.jpg")])).toEqual(["unchanged", "pending", "pending"]);
      expect((await allOf(store.pending())).map(({ path }) => path)).toEqual(["/photos/b.jpg", "/photos/c.jpg"]);
      expect(await store.pendingCount()).toBe(2);
      expect(await store.embeddedAmong([hashOf(1), hashOf(2), hashOf(3)])).toEqual(new Set([hashOf(1), hashOf(2)]));
      await store.record([took("/photos/c.jpg", 3), { kind: "known", photo: { file: file("/photos/b.jpg"), hash: hashOf(1) } }]);
      expect(await store.pendingCount()).toBe(0);
      expect(await library.status()).toMatchObject({ photos: 3, contents: 3 });
      expect(await idsByPath(library)).toHaveProperty("size", 3);
    });

    test("reads again what may be another file with the size and the time of the one it knew, and keeps that until then", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2, "/photos/c.jpg": 3, "/photos/d.jpg": 4 });
      const renamed = (name: string) => file(`/photos/${name}.jpg`, { changedMs: 9, fileId: "1:other" });
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const met = ["a", "b", "c"].map((name): MetEntry => ({ kind: "photo", file: renamed(name) }));
      const numberedAnew: MetEntry = { kind: "photo", file: file("/photos/d.jpg", { fileId: "2:77" }) };
      expect(await store.meet([...met, numberedAnew])).toEqual(["pending", "pending", "pending", "unchanged"]);
      expect(await store.finishWalk([], gone)).toMatchObject({ missing: 0 });
      expect((await allOf(store.pending())).map(({ changedMs }) => changedMs)).toEqual([9, 9, 9]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["/photos/a.jpg", "/photos/b.jpg", "/photos/c.jpg"]);
      expect(await library.status()).toMatchObject({ photos: 4, contents: 4 });

      const skipped = (name: string, reason: SkipReason): ReadOutcome => {
        return { kind: "skipped", skipped: { path: renamed(name).path, reason, detail: "" }, file: renamed(name) };
      };
      const readAgain: ReadOutcome = { kind: "known", photo: { file: renamed("a"), hash: hashOf(2) } };
      await store.record([readAgain, skipped("b", "unreadable"), skipped("c", "damaged")]);
      const [content] = (await library.reportOf(ENCODER).contents((await idsByPath(library)).values())).values();
      expect(content?.photos.map(({ path, changedMs }) => [path, changedMs])).toEqual([
        ["/photos/a.jpg", 9],
        ["/photos/b.jpg", 2.5],
      ]);
      expect([...(await idsByPath(library)).keys()].sort()).toEqual(["/photos/a.jpg", "/photos/b.jpg", "/photos/d.jpg"]);
      const next = await library.scanWith(ENCODER, [ROOT], "today");
      expect(await next.meet([...met, numberedAnew])).toEqual(["unchanged", "pending", "skipped-before", "unchanged"]);
      const good: MetEntry = { kind: "photo", file: { ...renamed("c"), changedMs: 10 } };
      expect(await next.meet([good])).toEqual(["pending"]);
    });

    test("tells photos that were moved from copies, and from what was written anew as it was", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2, "/photos/c.jpg": 3 });
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const known = (path: string, seed: number): ReadOutcome => ({ kind: "known", photo: { file: file(path), hash: hashOf(seed) } });
      await store.meet(["b", "moved", "copied"].map((name) => photo(`/photos/${name}.jpg`)));
      await store.finishWalk([], gone);
      expect(await store.record([known("/photos/b.jpg", 2), known("/photos/moved.jpg", 1), known("/photos/copied.jpg", 2)])).toEqual({
        renamed: 1,
        copied: 1,
      });
      expect(await store.record([took("/photos/new.jpg", 4), known("/photos/twin.jpg", 4)])).toEqual({ renamed: 0, copied: 1 });
    });

    test("keeps note of what a walk passed by, until one that ends does not meet it", async () => {
      const library = await open();
      const passed = (path: string, reason: PassedByReason): MetEntry => ({
        kind: "passed-by",
        passedBy: { path: photoPath(path), reason },
      });
      const listed = async () => (await allOf(library.passedBy())).map(({ path, reason }) => `${path} ${reason}`);
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const entries = ["c", "a", "b"].map((name) => passed(`/photos/${name}`, "other-name"));
      expect(await store.meet([...entries, passed("/photos/.drafts", "hidden"), photo("/photos/b")])).toEqual(["pending"]);
      expect(await listed()).toEqual(["/photos/.drafts hidden", "/photos/a other-name", "/photos/c other-name"]); // b was met as a photo
      await store.record([took("/photos/b", 1)]);
      await store.finishWalk([], gone);

      const other = await library.scanWith(ENCODER, [{ ...ROOT, path: "/photos/.drafts" }], "today");
      expect(await listed()).toEqual(["/photos/a other-name", "/photos/c other-name"]); // scanned by itself
      await other.finishWalk([], gone);
      const broken = await library.scanWith(ENCODER, [ROOT], "today");
      await broken.meet([passed("/photos/a", "by-choice")]);
      expect(await listed()).toEqual(["/photos/a by-choice", "/photos/c other-name"]);
      const whole = await library.scanWith(ENCODER, [ROOT], "today");
      await whole.meet([photo("/photos/b"), passed("/photos/a", "by-choice")]);
      await whole.finishWalk([], gone);
      expect(await listed()).toEqual(["/photos/a by-choice"]);
      await library.pruning().forget({ photos: [], contents: [], roots: [], folders: ["/photos"] });
      expect(await listed()).toEqual([]);
    });

    test("tells of photos that show too little to compare, those that show least first", async () => {
      const library = await open();
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet(["a", "b", "c", "d"].map((name) => photo(`/photos/${name}.jpg`)));
      const showing = (name: string, seed: number, detail: number): ReadOutcome => {
        return { kind: "embedded", photo: embedded(`/photos/${name}.jpg`, seed, { detail }) };
      };
      await store.record([showing("a", 1, 0.04), showing("b", 2, 0.045), showing("c", 3, 0)]);
      await store.record([{ kind: "known", photo: { file: file("/photos/d.jpg"), hash: hashOf(3) } }]);
      expect(await allOf(library.heldBack(ENCODER.key))).toEqual(["/photos/c.jpg", "/photos/d.jpg", "/photos/a.jpg"]);
      expect(await allOf(library.heldBack(OTHER.key))).toEqual([]);
      await store.finishWalk([], gone);
      const later = await library.scanWith(ENCODER, [ROOT], "today");
      await later.meet([photo("/photos/b.jpg")]);
      await later.finishWalk([], gone);
      expect(await allOf(library.heldBack(ENCODER.key))).toEqual([]); // they are missing
    });

    test("tries again what may work later, and not what was found out for good", async () => {
      const library = await open();
      const first = await library.scanWith(ENCODER, [ROOT], "today");
      await first.meet(["a", "b"].map((name) => photo(`/photos/${name}.jpg`)));
      const outcome = (name: string, reason: SkipReason): ReadOutcome => ({
        kind: "skipped",
        skipped: { path: photoPath(`/photos/${name}.jpg`), reason, detail: "why" },
        file: file(`/photos/${name}.jpg`),
      });
      await first.record([outcome("a", "damaged"), outcome("b", "unreadable")]);
      expect(await first.skippedCount()).toBe(2);
      const again = (attempt: string) =>
        library.scanWith(ENCODER, [ROOT], attempt).then((store) => store.meet(["a", "b"].map((name) => photo(`/photos/${name}.jpg`))));
      expect(await again("today")).toEqual(["skipped-before", "pending"]);
      expect(await again("with another decoder")).toEqual(["pending", "pending"]);
    });

    test("marks as missing only what is surely gone below roots that were walked, and forgets no vector", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2, "/photos/c.jpg": 3 });
      await scan(library, { "/elsewhere/d.jpg": 4 }, ENCODER, [ELSEWHERE]);
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([photo("/photos/a.jpg")]);
      const result = await store.finishWalk(
        [],
        unmet(({ path }) => (path === "/photos/b.jpg" ? "gone" : "unsure")),
      );
      expect(result).toEqual({ missing: 1, nowExcluded: 0, unsure: 1, emptyRoots: [] });
      expect(await library.status()).toMatchObject({ photos: 3, missing: 1, contents: 4, unwalked: ["/photos"] });
      expect(await library.embeddedCount(ENCODER)).toBe(3);
      const back = await library.scanWith(ENCODER, [ROOT], "today");
      expect(await back.meet(["a", "b", "c"].map((name) => photo(`/photos/${name}.jpg`)))).toEqual(Array(3).fill("unchanged"));
      expect(await back.finishWalk([], gone)).toEqual({ missing: 0, nowExcluded: 0, unsure: 0, emptyRoots: [] });
      expect(await library.status()).toMatchObject({ photos: 4, missing: 0, unwalked: [] });
    });

    test("leaves alone what another root was asked for, and counts apart what is there and passed by", async () => {
      const library = await open();
      const hidden: LibraryRoot = { path: "/photos/.hidden", exclude: [], followLinks: false };
      const beside = async () => {
        const store = await library.scanWith(ENCODER, [hidden], "today");
        const raw: MetEntry = { kind: "companion", file: { path: photoPath("/photos/.hidden/raw.nef"), bytes: 7 } };
        await store.meet([
          photo("/photos/.hidden/a.jpg"),
          photo("/photos/.hidden/unread.jpg"),
          raw,
          skip("/photos/.hidden/b.jpg", "damaged"),
        ]);
        await store.record([took("/photos/.hidden/a.jpg", 9)]);
        return store.finishWalk([], gone);
      };
      await scan(library, { "/photos/a.jpg": 1, "/photos/drafts/b.jpg": 2 });
      await beside();
      const rules = unmet(
        () => "excluded",
        (path) => path.startsWith("/photos/.hidden"),
      );
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([photo("/photos/a.jpg")]);
      expect(await store.finishWalk([], rules)).toEqual({ missing: 0, nowExcluded: 1, unsure: 0, emptyRoots: [] });
      expect(await library.status()).toMatchObject({ photos: 2, missing: 1, pending: 1, unwalked: [] });
      const skipped = (await library.reportOf(ENCODER).skipped()).map(({ path }) => path);
      expect(skipped).toEqual(["/photos/.hidden/b.jpg"]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["/photos/.hidden/raw.nef", "/photos/.hidden/unread.jpg"]);
      const other = await library.scanWith(ENCODER, [ROOT], "today");
      expect(
        await other.finishWalk(
          [],
          unmet(() => "excluded", rules.isForAnotherRoot),
        ),
      ).toMatchObject({ nowExcluded: 1, emptyRoots: [] });
    });

    test("what a filter of this scan passes by stays as it was: known, skipped, unread, and there beside its original", async () => {
      const library = await open();
      await scan(library, { "/photos/known.jpg": 1, "/photos/shown.jpg": 2 });
      const before = await library.scanWith(ENCODER, [ROOT], "today");
      await before.meet([
        photo("/photos/known.jpg"),
        photo("/photos/shown.jpg"),
        photo("/photos/unread.jpg"),
        skip("/photos/cut.jpg", "damaged"),
      ]);
      await before.finishWalk([], gone);
      const filtered = (path: string): MetEntry => ({ kind: "passed-by", passedBy: { path: photoPath(path), reason: "by-filter" } });
      const raw: MetEntry = { kind: "companion", file: { path: photoPath("/photos/new.nef"), bytes: 7 } };
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([raw, ...["known", "unread", "cut", "new"].map((name) => filtered(`/photos/${name}.jpg`))]);
      expect(await allOf(store.loneOriginals())).toEqual([]);
      expect(await store.finishWalk([], gone)).toEqual({ missing: 1, nowExcluded: 0, unsure: 0, emptyRoots: [] });
      expect(await library.status()).toMatchObject({ photos: 1, missing: 1, pending: 1, unwalked: [] });
      expect((await library.reportOf(ENCODER).skipped()).map(({ path }) => path)).toEqual(["/photos/cut.jpg"]);
      expect(await allOf(library.passedBy())).toEqual([{ path: "/photos/new.jpg", reason: "by-filter" }]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["/photos/unread.jpg"]);
    });

    test("a part of a root is walked and settled, and is no root", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/2020/b.jpg": 2, "/photos/2020/c.jpg": 3 });
      const store = await library.scanWith(ENCODER, [{ ...ROOT, path: "/photos/2020", partOf: "/photos" }], "today");
      await store.meet([photo("/photos/2020/b.jpg")]);
      expect(await store.finishWalk([], gone)).toMatchObject({ missing: 1 });
      expect(await library.roots()).toEqual([ROOT]);
      expect(await library.scannedRoots()).toEqual([
        { ...ROOT, photos: 2, scannedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), isWalked: true },
      ]);
    });

    test("asks the innermost of the roots it walked about what it did not meet", async () => {
      const library = await open();
      const inner: LibraryRoot = { path: "/photos/inner", exclude: [], followLinks: true };
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2, "/photos/inner/c.jpg": 3, "/photos/inner/d.jpg": 4 });
      const store = await library.scanWith(ENCODER, [ROOT, inner], "today");
      await store.meet([photo("/photos/a.jpg"), photo("/photos/inner/d.jpg")]);
      const asked: string[] = [];
      const note = ({ path, root }: UnmetPhoto): Absence => {
        asked.push(`${root} ${path}`);
        return "unsure";
      };
      await store.finishWalk([], unmet(note));
      expect(asked.sort()).toEqual(["/photos /photos/b.jpg", "/photos/inner /photos/inner/c.jpg"]);
    });

    test("doubts a root in which nothing is left, and leaves alone one that went away", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1 });
      const empty = await library.scanWith(ENCODER, [ROOT], "today");
      expect(await empty.finishWalk([], gone)).toEqual({ missing: 0, nowExcluded: 0, unsure: 0, emptyRoots: ["/photos"] });
      const lost = await library.scanWith(ENCODER, [ROOT], "today");
      expect(await lost.finishWalk(["/photos"], gone)).toEqual({ missing: 0, nowExcluded: 0, unsure: 1, emptyRoots: [] });
      expect(await library.status()).toMatchObject({ photos: 1, missing: 0 });
    });

    test("says what is unfinished: for one encoder and not for another", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2 });
      expect(await library.unfinishedOf(ENCODER)).toEqual({ unread: [], unwalked: [] });
      expect(await library.unfinishedOf(OTHER)).toEqual({ unread: ["/photos/a.jpg", "/photos/b.jpg"], unwalked: [] });
      expect(await library.withoutVectorCount(OTHER)).toBe(2);
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([photo("/photos/a.jpg"), photo("/photos/c.jpg"), skip("/photos/locked", "unreadable-folder")]);
      expect(await library.unfinishedOf(ENCODER)).toEqual({ unread: ["/photos/c.jpg"], unwalked: ["/photos"] });
      expect(await library.status()).toMatchObject({ pending: 1, unwalked: ["/photos"] });
    });

    test("compares exactly, once, and goes on where it stopped", async () => {
      const library = await open();
      await scan(library, PHOTOS);
      const pairs = library.pairsOf(ENCODER);
      expect(await pairs.uncomparedCount()).toBe(40);
      await compare(library);
      expect(await pairs.uncomparedCount()).toBe(0);
      const ids = await idsByPath(library);
      const expected = Object.entries(PHOTOS).flatMap(([one, seed], at) =>
        Object.entries(PHOTOS)
          .slice(at + 1)
          .map(([other, otherSeed]) => ({ one, other, similarity: cosine(vectorOf(seed), vectorOf(otherSeed)) })),
      );
      const above = (floor: number) =>
        expected
          .filter(({ similarity }) => similarity >= floor)
          .map(({ one, other, similarity }) => [...[ids.get(one) as number, ids.get(other) as number].sort((a, b) => a - b), similarity])
          .sort();
      for (const threshold of [0.4, 0.7, 0.95]) {
        const stored = await allOf(library.reportOf(ENCODER).pairsAtOrAbove(threshold));
        expect(stored.map(({ a, b, similarity }) => [a, b, similarity]).sort()).toEqual(above(threshold));
      }
      await scan(library, { ...PHOTOS, "/photos/new.jpg": 1000 });
      expect(await pairs.uncomparedCount()).toBe(1);
      const found = [];
      for await (const block of pairs.findPairs(-1)) found.push(...block.pairs);
      expect(found).toHaveLength(40);
    });

    test("keeps what was seen of two contents, whatever encoder proposed them, and loses it with a content", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2, "/photos/c.jpg": 3 });
      const ids = await idsByPath(library);
      const [a, b, c] = ["a", "b", "c"].map((name) => ids.get(`/photos/${name}.jpg`) as ContentId) as [ContentId, ContentId, ContentId];
      const [same, altered] = [look(), look({ verdict: "altered", agreement: 0.75 })];
      await library.looks().record([
        { one: a, other: b, look: altered },
        { one: c, other: b, look: same },
        { one: a, other: 999 as ContentId, look: same },
      ]);
      await library.looks().record([{ one: a, other: b, look: same }]);
      const kept = async () => [...(await allOf(library.looks().looks()))].sort((one, other) => one.one - other.one);
      const expected = [
        { one: a, other: b, look: same },
        { one: c, other: b, look: same },
      ].sort((one, other) => one.one - other.one);
      expect(await kept()).toEqual(expected);
      const asked = [
        { one: c, other: b },
        { one: b, other: c },
        { one: a, other: c },
        { one: a, other: b },
      ];
      const keptOf = await library.looks().looksAt(asked);
      expect([...keptOf].sort((one, other) => one.one - other.one)).toEqual(expected);
      expect(await library.looks().looksAt([])).toEqual([]);
      await library.forgetVectors(ENCODER);
      expect(await kept()).toEqual(expected);
      const [photo] = (await allOf(library.pruning().photosBelow("/photos"))).filter(({ path }) => path === "/photos/a.jpg");
      await library.pruning().forget({ photos: photo === undefined ? [] : [photo], contents: [a], roots: [], folders: [] });
      expect(await kept()).toEqual([{ one: c, other: b, look: same }]);
    });

    test("knows whose pairs were looked through, until it is told that there is something new", async () => {
      const library = await open();
      expect(await library.looks().lookedThrough()).toBeNull();
      for (const key of [ENCODER.key, OTHER.key, null]) {
        await library.looks().markLookedThrough(key);
        expect(await library.looks().lookedThrough()).toBe(key);
      }
    });

    test("knows of another folder what it knew of one, and keeps what is known there already", async () => {
      const library = await open();
      await scan(library, { "/photos/ä/a.jpg": 1, "/photos/ä/deep/b.jpg": 2, "/photos/ä.jpg": 3, "/photos/c.jpg": 4 });
      await scan(library, { "/elsewhere/a.jpg": 5 }, ENCODER, [ELSEWHERE]);
      const store = await library.scanWith(ENCODER, [{ ...ROOT, path: "/photos/ä" }], "today");
      await store.meet([skip("/photos/ä/bad.jpg", "damaged"), photo("/photos/ä/later.jpg"), companion("/photos/ä/a.xmp")]);
      await library.moveFolder("/photos/ä", "/elsewhere");
      expect([...(await idsByPath(library)).keys()].sort()).toEqual([
        "/elsewhere/a.jpg",
        "/elsewhere/deep/b.jpg",
        "/photos/c.jpg",
        "/photos/ä.jpg",
      ]);
      const [held] = (await library.contentsWith([hashOf(5)])).values();
      expect(held?.photos.map(({ path }) => path)).toEqual(["/elsewhere/a.jpg"]);
      expect((await library.status()).skipped.map(({ path }) => path)).toEqual(["/elsewhere/bad.jpg"]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["/elsewhere/later.jpg"]);
      expect((await allOf(library.reportOf(ENCODER).companionFiles())).map(({ path }) => path)).toEqual(["/elsewhere/a.xmp"]);
      expect(await library.roots()).toEqual([ELSEWHERE, ROOT]);
      expect(await library.knowsBelow("/photos/ä")).toBe(false);
    });

    test("has its vectors as they were made, in their order", async () => {
      const library = await open();
      await scan(library, PHOTOS);
      const { contentIds, values, dimensions, comparedRows } = await library.pairsOf(ENCODER).loadVectors();
      expect({ dimensions, comparedRows, rows: contentIds.length }).toEqual({ dimensions: DIMENSIONS, comparedRows: 0, rows: 40 });
      const ids = await idsByPath(library);
      for (const [path, seed] of Object.entries(PHOTOS)) {
        const row = contentIds.indexOf(ids.get(path) as ContentId);
        expect(values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)).toEqual(vectorOf(seed));
      }
    });

    test("keeps encoders apart, and forgets one's vectors without the other's", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 1 });
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 1 }, OTHER);
      await compare(library, OTHER);
      await library.forgetVectors(OTHER);
      expect([await library.embeddedCount(ENCODER), await library.embeddedCount(OTHER)]).toEqual([1, 0]);
      expect(await allOf(library.reportOf(OTHER).pairsAtOrAbove(-1))).toEqual([]);
    });

    test("gives a report contents with their present photos, and only those asked for", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 1, "/photos/c.jpg": 2 });
      const report = library.reportOf(ENCODER);
      const [repeated, ...others] = await report.repeatedContents();
      expect(others).toEqual([]);
      const contents = await report.contents([repeated as ContentId, 999 as ContentId]);
      expect([...contents.values()].map(({ hash, bytes, photos }) => [hash, bytes, photos.map(({ path }) => path)])).toEqual([
        [hashOf(1), 100, ["/photos/a.jpg", "/photos/b.jpg"]],
      ]);
      expect([...(await allOf(report.comparedPhotos()))].sort()).toEqual(["/photos/a.jpg", "/photos/b.jpg", "/photos/c.jpg"]);
      expect([...(await report.vectors([repeated as ContentId, 999 as ContentId])).values()]).toEqual([vectorOf(1)]);
    });

    test("keeps exposures to the fraction, the zone and the frame, and what tells equal pixels", async () => {
      const library = await open();
      const exposure = { ...frame("2019:03:21 11:04:22", "348", "+09:00"), frame: { number: 17, id: "ab" } };
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const taken = embedded("/photos/a.jpg", 1);
      await store.record([{ kind: "embedded", photo: { ...taken, facts: { ...taken.facts, exposure, pixelsHash: PIXELS } } }]);
      const [content] = (await library.reportOf(ENCODER).contents((await idsByPath(library)).values())).values();
      expect(content?.facts).toEqual({ width: 30, height: 20, format: "jpeg", exposure, ...NO_MARKS, exifFields: 3, pixelsHash: PIXELS });
      const seen = await library.calibrationOf(ENCODER).photos((await idsByPath(library)).values());
      expect([...seen.values()]).toEqual([expect.objectContaining({ exposure, pixelsHash: PIXELS })]);
      expect((await allOf(library.mapOf(ENCODER).photos()))[0]).toMatchObject({ path: "/photos/a.jpg", takenAt: exposure.takenAt });
    });

    test("drops the vectors that were made of another picture of a file, and has its photos read in the same scan", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 2 });
      await compare(library);
      const ids = await idsByPath(library);
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([photo("/photos/a.jpg"), photo("/photos/b.jpg")]);
      const { facts } = embedded("/photos/a.jpg", 1, {
        facts: { ...embedded("/photos/a.jpg", 1).facts, exifFields: 77, pixelsHash: PIXELS },
      });
      await store.recordFacts([
        { content: ids.get("/photos/a.jpg") as ContentId, facts, isSamePicture: true },
        { content: ids.get("/photos/b.jpg") as ContentId, facts, isSamePicture: false },
      ]);
      expect(await store.embeddedAmong([hashOf(1), hashOf(2)])).toEqual(new Set([hashOf(1)]));
      expect((await allOf(store.pending())).map(({ path }) => path)).toEqual(["/photos/b.jpg"]);
      const contents = [...(await library.reportOf(ENCODER).contents(ids.values())).values()];
      expect(contents.map((content) => content.facts)).toEqual([facts]);
      expect(await allOf(library.reportOf(ENCODER).pairsAtOrAbove(-1))).toEqual([]);
    });

    test("learns of a content what it did not know when its photo is read again for another encoder", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1 });
      const saved = { at: frame("2019:03:21 11:04:22").takenAt as CaptureTime, program: "Firmware 1" };
      const facts = { ...embedded("/photos/a.jpg", 1).facts, exposure: { ...NO_EXIF, saved }, pixelsHash: PIXELS };
      const store = await library.scanWith(OTHER, [ROOT], "today");
      await store.record([{ kind: "embedded", photo: embedded("/photos/a.jpg", 1, { facts }) }]);
      for (const encoder of [ENCODER, OTHER]) {
        const [content] = (await library.reportOf(encoder).contents((await idsByPath(library)).values())).values();
        expect(content?.facts).toEqual(facts);
      }
    });

    test("keeps what tells a camera's file from its copies, and takes it in again where it is read anew", async () => {
      const library = await open();
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const taken = embedded("/photos/a.jpg", 1);
      const marks = { bits: 10, hasPlace: true, editor: true, inside: ["film", "gain-map"], isWhole: false } as const;
      await store.meet([photo("/photos/a.jpg")]);
      await store.record([{ kind: "embedded", photo: { ...taken, facts: { ...taken.facts, ...marks } } }]);
      const ids = await idsByPath(library);
      const facts = async () => (await library.reportOf(ENCODER).contents(ids.values())).get(ids.get("/photos/a.jpg") as ContentId)?.facts;
      expect(await facts()).toMatchObject(marks);
      expect([await store.outdatedCount(), await allOf(store.outdated())]).toEqual([0, []]);
      const unknown = {
        ...taken.facts,
        bits: null,
        hasPlace: null,
        editor: null,
        inside: null,
        isWhole: null,
        exposure: frame("2019:03:21 11:04:22"),
      };
      await store.recordFacts([{ content: ids.get("/photos/a.jpg") as ContentId, facts: unknown, isSamePicture: true }]);
      expect(await facts()).toEqual(unknown);
    });

    test("lists companions, and camera originals that travel with no photo as unread", async () => {
      const library = await open();
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const names = ["a.cr2", "b.nef", "a.xmp", "RAW/a.dng", "RAW/b.dng", "deep/a.nef"];
      await store.meet([photo("/photos/a.jpg"), ...names.map((name) => companion(`/photos/${name}`))]);
      await store.record([took("/photos/a.jpg", 1)]);
      await store.finishWalk([], gone);
      const report = library.reportOf(ENCODER);
      expect((await allOf(report.companionFiles())).map(({ path }) => path)).toEqual(names.map((name) => `/photos/${name}`).sort());
      expect(await report.skipped()).toEqual([]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["RAW/b.dng", "b.nef", "deep/a.nef"].map((name) => `/photos/${name}`));
    });

    test("takes a camera original for a photo where it travels with none, and for a companion as soon as it does", async () => {
      const library = await open();
      const originals = ["/photos/a.cr2", "/photos/RAW/b.nef", "/photos/c.dng", "/photos/c.nef"].map(companion);
      const scanOf = async (photos: readonly string[], roots = [ROOT]) => {
        const store = await library.scanWith(ENCODER, roots, "today");
        await store.meet([...originals, ...photos.map(photo)]);
        const lone = await allOf(store.loneOriginals());
        await store.meet(lone.map(photo));
        const pending = await allOf(store.pending());
        await store.record(pending.map(({ path }, at) => took(path, at + 1)));
        await store.finishWalk([], gone);
        return lone;
      };
      expect(await scanOf(["/photos/a.jpg"])).toEqual(["/photos/RAW/b.nef", "/photos/c.dng", "/photos/c.nef"]);
      expect(await library.status()).toMatchObject({ photos: 4, missing: 0 });
      expect(await library.unfinishedOf(ENCODER)).toEqual({ unread: [], unwalked: [] });
      expect(await scanOf(["/photos/a.jpg", "/photos/b.jpg"])).toEqual(["/photos/c.dng", "/photos/c.nef"]);
      expect([...(await idsByPath(library)).keys()].sort()).toEqual(["/photos/a.jpg", "/photos/b.jpg", "/photos/c.dng", "/photos/c.nef"]);
      // Its photo lies where this scan does not look.
      const inRaw = await library.scanWith(ENCODER, [{ ...ROOT, path: "/photos/RAW" }], "today");
      await inRaw.meet([companion("/photos/RAW/b.nef")]);
      expect(await allOf(inRaw.loneOriginals())).toEqual([]);
      expect(await scanOf([])).toEqual(["/photos/RAW/b.nef", "/photos/a.cr2", "/photos/c.dng", "/photos/c.nef"]);
    });

    test("finds the nearest contents, in the folders asked for, without the one excepted", async () => {
      const library = await open();
      await scan(library, { ...PHOTOS, "/photos/deep/x.jpg": 77 });
      const search = library.searchOf(ENCODER);
      const wanted = vectorOf(5);
      const own = await search.find(hashOf(5));
      expect(own?.vector).toEqual(wanted);
      expect(await search.find(hashOf(12345))).toBeNull();
      const all = await search.nearest(wanted, { count: 3, min: null, folders: [], except: null });
      expect(all.comparedCount).toBe(41);
      expect(all.best[0]).toEqual({ content: own?.content, similarity: cosine(wanted, wanted) });
      const others = await search.nearest(wanted, { count: 3, min: null, folders: [], except: own?.content ?? null });
      expect(others.best.map(({ content }) => content)).not.toContain(own?.content);
      expect(others.best.map(({ similarity }) => similarity)).toEqual(
        [...others.best].map(({ similarity }) => similarity).sort((a, b) => b - a),
      );
      const deep = await search.nearest(wanted, { count: 3, min: null, folders: ["/photos/deep"], except: null });
      expect(deep.best).toHaveLength(1);
      expect((await search.nearest(wanted, { count: 50, min: 0.999, folders: [], except: null })).best).toHaveLength(1);
    });

    test("lists what is equally similar by path, in whatever order it was met", async () => {
      const names = ["m", "z", "a", "q", "b"];
      for (const met of [names, [...names].reverse()]) {
        const library = await open();
        const store = await library.scanWith(ENCODER, [ROOT], "today");
        const seeds = new Map(met.map((name, i) => [name, 50 + i]));
        // Contents of their own, with one vector.
        for (const [name, seed] of seeds) {
          const one = embedded(`/photos/${name}.jpg`, seed, { vector: vectorOf(1) });
          await store.record([{ kind: "embedded", photo: one }]);
        }
        await store.finishWalk([], gone);
        await compare(library);

        const search = library.searchOf(ENCODER);
        const wanted = { file: file("/photos/q.jpg"), hash: hashOf(seeds.get("q") as number) };
        const query = { photo: wanted.file.path, words: null, unwanted: [] };
        const encode = { photo: unasked, words: unasked };
        const weights = { words: 0.5, unwanted: 0.5 };
        const found = async (folders: readonly string[]) => {
          const choice = { prompts: "none", weights, count: 3, min: null, folders } as const;
          const { hits } = await searchLibrary({ store: search, encode }, ENCODER, query, wanted, choice);
          return hits.map(({ content }) => content.photos[0]?.path);
        };
        const first = ["/photos/a.jpg", "/photos/b.jpg", "/photos/m.jpg"];
        expect(await found([])).toEqual(first);
        expect(await found(["/photos"])).toEqual(first);

        const ports = { store: search, pairs: library.reportOf(ENCODER), looks: new LooksSeen(), searchNearest: noneNearer };
        const run = { onProgress: () => {}, stop: new AbortController().signal };
        const threshold = { value: 0.9, origin: "given" } as const;
        const neighbours = await findNeighbours({ ...ports, ...run }, ENCODER, 0, { threshold, folders: [], count: 3 });
        expect(neighbours?.isolated.map(({ content, nearest }) => [content.photos[0]?.path, nearest.photos[0]?.path])).toEqual([
          ["/photos/a.jpg", "/photos/b.jpg"],
          ["/photos/b.jpg", "/photos/a.jpg"],
          ["/photos/m.jpg", "/photos/a.jpg"],
        ]);
      }
    });

    test("gives a calibration what it asks for by pages, and keeps what it found", async () => {
      const library = await open();
      await scan(library, PHOTOS);
      const store = library.calibrationOf(ENCODER);
      expect(await store.comparedContents()).toEqual([]);
      await compare(library);
      const compared = await store.comparedContents();
      expect(compared).toHaveLength(40);
      expect([...(await store.contentsOf([hashOf(3), hashOf(9999)])).keys()]).toEqual([hashOf(3)]);
      const at = await store.contentsAt([photoPath("/photos/2.jpg"), photoPath("/photos/none.jpg")]);
      expect([...at.keys()]).toEqual(["/photos/2.jpg"]);
      const seen = await store.photos(at.values());
      expect([...seen.values()]).toEqual([{ hash: hashOf(3), exposure: NO_EXIF, pixelsHash: null, detail: 0.5, vector: vectorOf(3) }]);
      expect([...(await store.filesOf(at.values())).values()]).toEqual([file("/photos/2.jpg", { changedMs: null })]);
      const below = (await allOf(store.pairsBelow(0.8))).map(({ similarity }) => similarity);
      expect(below.every((similarity, index) => similarity < 0.8 && similarity <= (below[index - 1] ?? 1))).toBe(true);
      expect(below.length + (await allOf(store.pairsAtOrAbove(0.8))).length).toBe((await allOf(store.pairsAtOrAbove(-1))).length);
      expect(await store.saved()).toBeNull();
    });

    test("keeps canaries with the check that made them, and every check after", async () => {
      const store = (await open()).canariesOf(ENCODER);
      expect([await store.canaries(), await store.checks()]).toEqual([[], []]);
      const check = (checkedAt: string, verdict: "made" | "equal") => ({ checkedAt, versions: { node: "20" }, verdict, findings: [] });
      const trace = { pixelsHash: "ab", sample: new Uint8Array([1, 2]), vector: vectorOf(1) };
      await store.recordMade([{ name: "lake", format: "jpeg", bytes: new Uint8Array([5]), trace }], check("2026-01-01", "made"));
      await store.recordCheck(check("2026-02-01", "equal"));
      expect((await store.checks()).map(({ checkedAt, verdict }) => [checkedAt, verdict])).toEqual([
        ["2026-01-01", "made"],
        ["2026-02-01", "equal"],
      ]);
      const [canary] = await store.canaries();
      expect(canary).toMatchObject({ name: "lake", format: "jpeg" });
      expect(canary?.trace.vector).toEqual(vectorOf(1));
    });

    test("asks about the pairs nearest to a similarity, on both sides", async () => {
      const library = await open();
      await scan(library, PHOTOS);
      await compare(library);
      const store = await library.labelsOf(ENCODER, [OTHER]);
      expect(store.encoders.map(({ spec }) => spec.id)).toEqual(["one"]);
      const near = (await store.pairsNear(ENCODER, 0.7, 3)).map(({ similarity }) => similarity);
      const all = (await allOf(library.reportOf(ENCODER).pairsAtOrAbove(-1))).map(({ similarity }) => similarity).sort((a, b) => a - b);
      const first = all.findIndex((similarity) => similarity >= 0.7);
      expect([...near].sort((a, b) => a - b)).toEqual(all.slice(first - 3, first + 3));
      expect((await store.contentsAt([photoPath("/photos/1.jpg")])).size).toBe(1);
    });

    test("derives vectors of one encoder from those of another, page by page", async () => {
      const library = await open();
      await scan(library, PHOTOS);
      const store = library.derivation(ENCODER, OTHER);
      expect(await store.total()).toBe(40);
      for await (const page of store.pages()) await store.keep(page);
      expect(await library.embeddedCount(OTHER)).toBe(40);
      expect((await library.pairsOf(OTHER).loadVectors()).values).toEqual((await library.pairsOf(ENCODER).loadVectors()).values);
    });

    test("forgets what a plan names and nothing else, and nothing where the library is no longer as it was", async () => {
      const library = await open();
      await scan(library, { "/photos/a.jpg": 1, "/photos/b.jpg": 1, "/photos/c.jpg": 2 });
      await compare(library);
      const store = library.pruning();
      const known = await allOf(store.photosBelow("/photos"));
      expect(known.map(({ path }) => path)).toEqual(["a", "b", "c"].map((name) => `/photos/${name}.jpg`));
      const photos = known.slice(1).map((photo) => ({ ...photo, why: "gone" as const }));
      const contents = await store.contentsWithout(photos);
      expect(contents).toEqual([known[2]?.content]);
      const plan = { photos, contents, roots: [], folders: [] };
      expect(await store.forget({ ...plan, photos: photos.map((photo) => ({ ...photo, fileId: "another" })) })).toBe(false);
      expect(await store.forget({ ...plan, contents: known.map(({ content }) => content) })).toBe(false);
      expect(await library.status()).toMatchObject({ photos: 3, contents: 2 });
      expect(await store.forget(plan)).toBe(true);
      expect(await library.status()).toMatchObject({ photos: 1, contents: 1 });
      expect(await allOf(library.reportOf(ENCODER).pairsAtOrAbove(-1))).toEqual([]);
    });

    test("clears a folder of all that was found in it, and keeps what lies beside it", async () => {
      const library = await open();
      const inner: LibraryRoot = { path: "/photos/mistake", exclude: [], followLinks: false };
      const walk = await library.scanWith(ENCODER, [ROOT, inner], "today");
      for (const folder of ["/photos/mistake", "/photos/mistakes"]) {
        await walk.meet([
          photo(`${folder}/a.jpg`),
          photo(`${folder}/unread.jpg`),
          skip(`${folder}/b.jpg`, "damaged"),
          companion(`${folder}/c.nef`),
        ]);
        await walk.record([took(`${folder}/a.jpg`, folder.length)]);
      }
      const store = library.pruning();
      const photos = await allOf(store.photosBelow("/photos/mistake"));
      const plan = { photos, contents: await store.contentsWithout(photos), roots: [inner.path], folders: [inner.path] };
      expect(await store.forget({ ...plan, roots: ["/never/scanned"] })).toBe(false);
      expect(await store.forget(plan)).toBe(true);
      expect(await library.status()).toMatchObject({ roots: ["/photos"], photos: 1, contents: 1, pending: 1 });
      const skipped = (await library.reportOf(ENCODER).skipped()).map(({ path }) => path);
      expect(skipped).toEqual(["/photos/mistakes/b.jpg"]);
      expect((await library.unfinishedOf(ENCODER)).unread).toEqual(["/photos/mistakes/c.nef", "/photos/mistakes/unread.jpg"]);
      expect(await library.knowsBelow("/photos/mistake")).toBe(false);
    });

    test("knows a photo that lies in no folder of its own by its path, counts it where it is skipped, and forgets it alone", async () => {
      const library = await open();
      const store = await library.scanWith(ENCODER, [], "today");
      const paths = ["/alone/a.jpg", "/alone/a.jpg.jpg", "/alone/unread.jpg"];
      await store.meet([...paths.map(photo), skip("/alone/b.jpg", "damaged")]);
      await store.record(paths.slice(0, 2).map((path, seed) => took(path, seed)));
      await store.finishWalk([], gone);
      expect([await store.skippedCount(), await store.pendingCount(), await library.roots()]).toEqual([1, 1, []]);
      const later = await library.scanWith(ENCODER, [ROOT], "today");
      expect(await later.skippedCount()).toBe(0);
      for (const path of [...paths, "/alone/b.jpg"]) expect(await library.knowsBelow(path), path).toBe(true);
      expect(await library.knowsBelow("/alone/a")).toBe(false);

      const pruning = library.pruning();
      const named = await allOf(pruning.photosBelow("/alone/a.jpg"));
      expect(named.map(({ path }) => path)).toEqual(["/alone/a.jpg"]);
      const contents = await pruning.contentsWithout(named);
      expect(await pruning.forget({ photos: named, contents, roots: [], folders: ["/alone/a.jpg", "/alone/b.jpg"] })).toBe(true);
      expect(await library.status()).toMatchObject({ photos: 1, contents: 1, pending: 1, skipped: [] });
    });

    test("tells where photos are known", async () => {
      const library = await open();
      expect([await library.knowsBelow("/photos"), await allOf(library.photoFolders())]).toEqual([false, []]);
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      const names = ["/photos/2019/a.jpg", "/photos/2019.jpg", "/photos/2019/trip/b.jpg", "/photos/2019/z.jpg"];
      await store.meet([...names, "/photos/unread/c.jpg"].map(photo));
      await store.meet([skip("/photos/broken/d.jpg", "damaged")]);
      await store.record(names.map((name, seed) => took(name, seed)));
      expect([...(await allOf(library.photoFolders()))].sort()).toEqual(["/photos", "/photos/2019", "/photos/2019/trip"]);
      for (const folder of ["/", "/photos", "/photos/2019", "/photos/2019/trip", "/photos/unread", "/photos/broken"])
        expect(await library.knowsBelow(folder), folder).toBe(true);
      for (const folder of ["/photos/201", "/photos/2019/tri", "/Photos", "/elsewhere"])
        expect(await library.knowsBelow(folder), folder).toBe(false);
    });

    test("knows contents by their hash, with the photos that are there", async () => {
      const library = await open();
      await scan(library, { "/photos/b.jpg": 1, "/photos/a.jpg": 1, "/photos/c.jpg": 2 });
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet(["a", "b"].map((name) => photo(`/photos/${name}.jpg`)));
      await store.finishWalk([], gone);
      const held = await library.contentsWith([hashOf(1), hashOf(2), hashOf(3)]);
      expect([...held.keys()].sort()).toEqual([hashOf(1), hashOf(2)]);
      expect(held.get(hashOf(1))).toMatchObject({ pixelsHash: null });
      expect(held.get(hashOf(1))?.photos).toEqual(
        ["a", "b"].map((name) => ({ path: `/photos/${name}.jpg`, fileId: `1:/photos/${name}.jpg` })),
      );
      expect(held.get(hashOf(2))?.photos).toEqual([]);
    });

    test("knows its files by path, whatever they are", async () => {
      const library = await open();
      const store = await library.scanWith(ENCODER, [ROOT], "today");
      await store.meet([photo("/photos/a.jpg"), { kind: "companion", file: { path: photoPath("/photos/a.xmp"), bytes: 1 } }]);
      expect(await library.fileAt("/photos/a.jpg", null)).toBe("/photos/a.jpg");
      expect(await library.fileAt("/photos/a.xmp", null)).toBe("/photos/a.xmp");
      expect(await library.fileAt("/photos/z.jpg", null)).toBeNull();
    });
  });
}
