import { describe, expect, test } from "vitest";
import type { ReportStore } from "../../../src/core/duplicates/report-store.ts";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId, LibraryContent, Pair } from "../../../src/core/library/contents.ts";
import type { Unfinished } from "../../../src/core/library/unfinished.ts";
import type { CompanionFile, SkippedPhoto } from "../../../src/core/photos/photo.ts";
import { type PhotoPath, photoPath } from "../../../src/core/units.ts";
import { type FindChoice, findDuplicates } from "../../../src/pipeline/duplicates/find-duplicates.ts";
import { companionFile, content, ENCODER_KEY, frame, setChoice } from "../../library-fixtures.ts";

/** A library whose contents lie at angles on a circle, so that similarities are known. */
class LibraryInMemory implements ReportStore {
  readonly #contents: ReadonlyMap<ContentId, LibraryContent>;
  readonly #degrees: Readonly<Record<number, number>>;
  readonly #companionFiles: readonly CompanionFile[];
  readonly #skipped: readonly SkippedPhoto[];
  readonly #unfinished: Unfinished;

  constructor(
    contents: readonly LibraryContent[],
    degrees: Readonly<Record<number, number>>,
    others: readonly CompanionFile[] = [],
    skipped: readonly SkippedPhoto[] = [],
    unfinished: Unfinished = { unread: [], unwalked: [] },
  ) {
    this.#contents = new Map(contents.map((one) => [one.id, one]));
    this.#degrees = degrees;
    this.#companionFiles = others;
    this.#skipped = skipped;
    this.#unfinished = unfinished;
  }

  async *pairsAtOrAbove(threshold: number): AsyncGenerator<readonly Pair[]> {
    const ids = [...this.#contents.keys()];
    const all = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => ({ a, b, similarity: cosine(this.#vector(a), this.#vector(b)) })));
    yield all.filter(({ similarity }) => similarity >= threshold);
  }

  async repeatedContents(): Promise<readonly ContentId[]> {
    return [...this.#contents.values()].filter(({ photos }) => photos.length > 1).map(({ id }) => id);
  }

  async contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    const asked = new Set(ids);
    return new Map([...this.#contents].filter(([id]) => asked.has(id)));
  }

  async vectors(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>> {
    return new Map([...ids].map((id) => [id, this.#vector(id)]));
  }

  async *comparedPhotos(): AsyncGenerator<readonly PhotoPath[]> {
    for (const { photos } of this.#contents.values()) yield photos.map(({ path }) => path);
  }

  async *companionFiles(): AsyncGenerator<readonly CompanionFile[]> {
    yield this.#companionFiles;
  }

  async skipped(): Promise<readonly SkippedPhoto[]> {
    return this.#skipped;
  }

  async unfinished(): Promise<Unfinished> {
    return this.#unfinished;
  }

  #vector(id: ContentId): Float32Array {
    const angle = ((this.#degrees[id] ?? 0) * Math.PI) / 180;
    return toUnitLength([Math.cos(angle), Math.sin(angle)]);
  }
}

const ENCODER = { spec: { id: "circle" }, key: ENCODER_KEY } as ChosenEncoder;
const find = (store: ReportStore, choice: Partial<FindChoice> = {}) =>
  findDuplicates(store, ENCODER, 0, { ...setChoice(), threshold: { value: 0.9, origin: "given" }, folders: [], bursts: false, ...choice });
const outline = async (store: ReportStore, choice: Partial<FindChoice> = {}) =>
  (await find(store, choice)).sets.map(({ keeper, extras }) => [keeper.photo.path, ...extras.map(({ photo }) => photo.path)]);

const large = content(1, { paths: ["/a/1.jpg"] });
const small = content(2, { paths: ["/b/2.jpg"], width: 100 });
const other = content(3, { paths: ["/b/3.jpg"] });

/** One file under several names. */
function hardLinked(one: LibraryContent): LibraryContent {
  return { ...one, photos: one.photos.map((photo) => ({ ...photo, fileId: "1:77" })) };
}

describe("what is not finished", () => {
  const unfinished = { unread: [photoPath("/a/1.jpg"), photoPath("/b/2.jpg")], unwalked: ["/a", "/c/d"] };
  const store = new LibraryInMemory([], {}, [], [], unfinished);

  test("is counted for the whole library where no folder is named", async () => {
    expect(await find(store)).toMatchObject({ unreadCount: 2, unwalkedRoots: ["/a", "/c/d"] });
  });

  test("is counted in the folders asked for, above them and below them, and nowhere else", async () => {
    expect(await find(store, { folders: ["/a/deep"] })).toMatchObject({ unreadCount: 0, unwalkedRoots: ["/a"] });
    expect(await find(store, { folders: ["/c"] })).toMatchObject({ unreadCount: 0, unwalkedRoots: ["/c/d"] });
    expect(await find(store, { folders: ["/b"] })).toMatchObject({ unreadCount: 1, unwalkedRoots: [] });
  });
});

describe("a report", () => {
  test("has a set for the photos at or above the threshold, and counts all", async () => {
    const found = await find(new LibraryInMemory([large, small, other], { 1: 0, 2: 10, 3: 90 }));
    expect(found).toMatchObject({ encoder: { id: "circle", key: ENCODER_KEY }, photoCount: 3, burstCount: 0 });
    expect(found.sets).toHaveLength(1);
    expect(found.sets[0]?.extras[0]?.similarity).toBeCloseTo(Math.cos(Math.PI / 18), 6);
  });

  test("tells of bursts and lists them where they are asked for", async () => {
    const frames = ["10", "35"].map((fraction, i) => content(i + 1, { exposure: frame("2019:03:21 11:04:22", fraction) }));
    const store = new LibraryInMemory(frames, { 1: 0, 2: 1 });
    expect([(await find(store)).sets.length, (await find(store)).burstCount]).toEqual([0, 1]);
    expect((await find(store, { bursts: true })).sets.map(({ kind }) => kind)).toEqual(["burst"]);
  });

  test("names the companions of the photos in its sets, and of no others", async () => {
    const companionFiles = ["/a/1.mov", "/a/1.xmp", "/b/3.mov"].map(companionFile);
    const { companions } = await find(new LibraryInMemory([large, small, other], { 1: 0, 2: 10, 3: 90 }, companionFiles));
    expect([...companions].map(([photo, files]) => [photo, ...files.map(({ path }) => path)])).toEqual([
      ["/a/1.jpg", "/a/1.mov", "/a/1.xmp"],
    ]);
  });
});

describe("folders asked for", () => {
  test("hold all that is looked at: sets, counts and what was skipped", async () => {
    const twins = content(4, { paths: ["/a/4.jpg", "/b/4.jpg", "/b/5.jpg"] });
    const skipped = ["/a/bad.jpg", "/b/bad.jpg"].map((path): SkippedPhoto => ({ path: photoPath(path), reason: "damaged", detail: "" }));
    const store = new LibraryInMemory([large, small, twins], { 1: 0, 2: 10, 4: 90 }, [], skipped);
    expect(await outline(store, { folders: ["/b"] })).toEqual([["/b/4.jpg", "/b/5.jpg"]]);
    expect(await find(store, { folders: ["/b"] })).toMatchObject({ photoCount: 3, skipped: [{ path: "/b/bad.jpg" }] });
    expect(await outline(store, { folders: ["/a", "/b"] })).toEqual(await outline(store));
  });
});

describe("hard links", () => {
  test("of one file are no duplicates of each other", async () => {
    const linked = hardLinked(content(1, { paths: ["/a/1.jpg", "/a/same.jpg"] }));
    expect(await outline(new LibraryInMemory([linked], {}))).toEqual([]);
  });

  test("of an extra are shown once, by the first name, and their bytes are counted once", async () => {
    const linked = hardLinked(content(2, { paths: ["/b/z.jpg", "/b/2.jpg"], width: 100, bytes: 1000 }));
    const [set] = (await find(new LibraryInMemory([large, linked], { 1: 0, 2: 10 }))).sets;
    expect(set?.extras.map(({ photo }) => photo.path)).toEqual(["/b/2.jpg"]);
    expect(set?.reclaimableBytes).toBe(1000);
  });

  test("are shown by their name in the folders asked for", async () => {
    const linked = hardLinked(content(2, { paths: ["/b/2.jpg", "/c/2.jpg"], width: 100 }));
    expect(await outline(new LibraryInMemory([large, linked], { 1: 0, 2: 10 }), { folders: ["/a", "/c"] })).toEqual([
      ["/a/1.jpg", "/c/2.jpg"],
    ]);
  });

  test("with a name in a protected folder are protected by any name", async () => {
    const linked = hardLinked(content(2, { paths: ["/b/2.jpg", "/originals/2.jpg"], width: 100 }));
    const store = new LibraryInMemory([large, linked], { 1: 0, 2: 10 });
    expect(await outline(store, { protectedFolders: ["/originals"] })).toEqual([["/originals/2.jpg", "/a/1.jpg"]]);
  });
});
