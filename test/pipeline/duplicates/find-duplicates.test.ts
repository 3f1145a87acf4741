import { describe, expect, test } from "vitest";
import type { ReportStore } from "../../../src/core/duplicates/report-store.ts";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { cosine, toUnitLength } from "../../../src/core/encoders/similarity.ts";
import type { ContentId, LibraryContent, Pair } from "../../../src/core/library/contents.ts";
import type { LeftOutStore } from "../../../src/core/library/left-out.ts";
import type { Unfinished } from "../../../src/core/library/unfinished.ts";
import type { LookStore } from "../../../src/core/look/look-store.ts";
import type { FileStamp } from "../../../src/core/photos/file-stamp.ts";
import type { CompanionFile, SkippedPhoto } from "../../../src/core/photos/photo.ts";
import type { StampAt } from "../../../src/core/photos/ports.ts";
import { type PhotoPath, photoPath } from "../../../src/core/units.ts";
import { type FindChoice, findDuplicates } from "../../../src/pipeline/duplicates/find-duplicates.ts";
import type { LookMore } from "../../../src/pipeline/look/look-at-pairs.ts";
import { companionFile, content, ENCODER_KEY, frame, look, setChoice } from "../../library-fixtures.ts";

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

  get all(): readonly LibraryContent[] {
    return [...this.#contents.values()];
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

/** The disk as it was when the contents were scanned, but for some paths. */
function disk(contents: readonly LibraryContent[], now: Readonly<Record<string, Partial<FileStamp> | null>> = {}): StampAt {
  const stamps = contents.flatMap(({ bytes, photos }) => photos.map((photo) => [photo.path as string, { ...photo, bytes }] as const));
  const scanned = new Map(stamps);
  return async (path) => {
    const stamp = scanned.get(path);
    const changed = now[path];
    return stamp === undefined || changed === null ? null : { ...stamp, ...changed };
  };
}

const nothingLeftOut: LeftOutStore = { heldBack: async function* () {}, passedBy: async function* () {} };
const ENCODER = { spec: { id: "circle", threshold: { value: 0.8 } }, key: ENCODER_KEY } as unknown as ChosenEncoder;
const NOTHING_SEEN: Pick<LookStore, "looksAt"> = { looksAt: async () => [] };
/** Everything that is asked about is the same picture. */
const allTheSame: LookMore = async (pairs, seen) => {
  for (const { one, other } of pairs) seen.add({ one: one.id, other: other.id, look: look() });
  return [];
};
const find = (
  store: LibraryInMemory,
  choice: Partial<FindChoice> = {},
  stampAt: StampAt = disk(store.all),
  lookMore: LookMore = allTheSame,
) =>
  findDuplicates(
    { store, looks: NOTHING_SEEN, lookMore, stop: new AbortController().signal, stampAt, leftOut: nothingLeftOut },
    ENCODER,
    0,
    {
      ...setChoice(),
      threshold: { value: 0.9, origin: "given" },
      folders: [],
      touching: [],
      bursts: false,
      looking: true,
      ...choice,
    },
  );
const outline = async (store: LibraryInMemory, choice: Partial<FindChoice> = {}, stampAt: StampAt = disk(store.all)) =>
  (await find(store, choice, stampAt)).sets.map(({ keeper, extras }) => [keeper.photo.path, ...extras.map(({ photo }) => photo.path)]);

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

  test("is counted wherever it is: it may be a copy of what lies in the folders asked for", async () => {
    expect(await find(store, { folders: ["/b"] })).toMatchObject({ unreadCount: 2, unwalkedRoots: ["/a", "/c/d"] });
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

  test("names the companions of the photos in its sets", async () => {
    const companionFiles = ["/a/1.mov", "/a/1.xmp", "/b/3.mov"].map(companionFile);
    const { sets } = await find(new LibraryInMemory([large, small, other], { 1: 0, 2: 10, 3: 90 }, companionFiles));
    const members = sets.flatMap(({ keeper, extras }) => [keeper, ...extras]);
    expect(members.map(({ photo, companions }) => [photo.path, ...companions.map(({ path }) => path)])).toEqual([
      ["/a/1.jpg", "/a/1.mov", "/a/1.xmp"],
      ["/b/2.jpg"],
    ]);
  });
});

describe("a photo that is not what it was when it was scanned", () => {
  const store = new LibraryInMemory([large, small, other], { 1: 0, 2: 10, 3: 20 });

  test.for([
    ["replaced by a file with its size and its time", { changedMs: 1 }, { changed: 1, absent: 0 }],
    ["written to", { modifiedMs: 1, changedMs: 1 }, { changed: 1, absent: 0 }],
    ["not there", null, { changed: 0, absent: 1 }],
  ] as const)("keeps nothing: the others form their own set where it is %s", async ([, now, stale]) => {
    expect(await outline(store)).toEqual([["/a/1.jpg", "/b/3.jpg", "/b/2.jpg"].sort()]);
    const stampAt = disk(store.all, { "/a/1.jpg": now });
    expect(await outline(store, {}, stampAt)).toEqual([["/b/3.jpg", "/b/2.jpg"]]);
    expect((await find(store, {}, stampAt)).stale).toEqual(stale);
  });

  test("leaves no set of one photo behind", async () => {
    const stampAt = disk(store.all, { "/a/1.jpg": null, "/b/2.jpg": { bytes: 7 } });
    expect(await find(store, {}, stampAt)).toMatchObject({ sets: [], stale: { changed: 1, absent: 1 } });
  });

  test("is found out in the set that forms without another such photo", async () => {
    const chain = new LibraryInMemory([large, small, content(4, { paths: ["/b/4.jpg"], width: 50 })], { 1: 0, 2: 20, 4: 40 });
    expect(await outline(chain)).toEqual([["/a/1.jpg", "/b/2.jpg"]]);
    expect(await outline(chain, {}, disk(chain.all, { "/a/1.jpg": null }))).toEqual([["/b/2.jpg", "/b/4.jpg"]]);
    expect(await find(chain, {}, disk(chain.all, { "/a/1.jpg": null, "/b/4.jpg": null }))).toMatchObject({
      sets: [],
      stale: { absent: 2 },
    });
  });

  test("is still itself when its drive numbers files anew", async () => {
    expect(await outline(store, {}, disk(store.all, { "/a/1.jpg": { fileId: "9:99" } }))).toEqual(await outline(store));
  });

  test("is not looked for outside the sets", async () => {
    const alone = content(9, { paths: ["/c/9.jpg"] });
    const looked: string[] = [];
    const all = [large, small, alone];
    const stampAt: StampAt = (path) => {
      looked.push(path);
      return disk(all)(path);
    };
    await find(new LibraryInMemory(all, { 1: 0, 2: 10, 9: 90 }), {}, stampAt);
    expect(looked.sort()).toEqual(["/a/1.jpg", "/b/2.jpg"]);
  });
});

describe("folders asked for", () => {
  const twins = content(4, { paths: ["/a/4.jpg", "/b/4.jpg", "/b/5.jpg"] });
  const roles = async (store: LibraryInMemory, folders: readonly string[], choice: Partial<FindChoice> = {}) =>
    (await find(store, { ...choice, folders })).sets.map(({ keeper, extras, outside, reclaimableBytes }) => ({
      keeper: keeper.photo.path,
      extras: extras.map(({ photo }) => photo.path),
      outside: outside.map(({ photo }) => photo.path),
      reclaimableBytes,
    }));

  test("hold what is counted and what was skipped", async () => {
    const skipped = ["/a/bad.jpg", "/b/bad.jpg"].map((path): SkippedPhoto => ({ path: photoPath(path), reason: "damaged", detail: "" }));
    const store = new LibraryInMemory([large, small, twins], { 1: 0, 2: 10, 4: 90 }, [], skipped);
    expect(await find(store, { folders: ["/b"] })).toMatchObject({ photoCount: 3, folders: ["/b"], skipped: [{ path: "/b/bad.jpg" }] });
  });

  test("are touched by every set that is listed: what lies outside may be kept, and is never an extra", async () => {
    const store = new LibraryInMemory([large, small, twins, other], { 1: 0, 2: 10, 3: 180, 4: 90 });
    const [bytes] = [twins.bytes];
    expect(await roles(store, ["/b"])).toEqual([
      { keeper: "/a/4.jpg", extras: ["/b/4.jpg", "/b/5.jpg"], outside: [], reclaimableBytes: 2 * bytes },
      { keeper: "/a/1.jpg", extras: ["/b/2.jpg"], outside: [], reclaimableBytes: small.bytes },
    ]);
    expect(await roles(store, ["/a"])).toEqual([
      { keeper: "/a/1.jpg", extras: [], outside: ["/b/2.jpg"], reclaimableBytes: 0 },
      { keeper: "/a/4.jpg", extras: [], outside: ["/b/4.jpg", "/b/5.jpg"], reclaimableBytes: 0 },
    ]);
    expect(await roles(store, ["/c"])).toEqual([]);
    expect(await roles(store, ["/a", "/b"])).toEqual(await roles(store, []));
  });

  test("are all that is looked at on the disk, with the sets that touch them", async () => {
    const looked: string[] = [];
    const store = new LibraryInMemory([large, small, twins, other], { 1: 0, 2: 10, 3: 180, 4: 90 });
    const stampAt: StampAt = (path) => {
      looked.push(path);
      return disk(store.all)(path);
    };
    await find(store, { folders: ["/b/2.jpg"] }, stampAt);
    expect(looked.sort()).toEqual(["/a/1.jpg", "/b/2.jpg"]);
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
