/**
 * The story of a scan with its real parts, disturbed between its steps: folders that go away, reads that fail.
 */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { PHOTOS_READ_AHEAD } from "../../../src/core/defaults.ts";
import { allOf } from "../../../src/core/library/pages.ts";
import type { ScanSummary } from "../../../src/core/library/scan-result.ts";
import type { IdentifiedPhoto, PhotoFile, PictureFacts } from "../../../src/core/photos/photo.ts";
import type { Decode, Identify, Presence, ReadFacts, Walk } from "../../../src/core/photos/ports.ts";
import { createEncoderPool } from "../../../src/io/encoders/encoder-pool.ts";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { createDecoder } from "../../../src/io/photos/decode.ts";
import { createFactsReader } from "../../../src/io/photos/facts-reader.ts";
import { identify } from "../../../src/io/photos/identify.ts";
import { createPresence } from "../../../src/io/photos/presence.ts";
import { stampAt } from "../../../src/io/photos/stamp-at.ts";
import { createWalk } from "../../../src/io/photos/walk.ts";
import { scanLibrary } from "../../../src/pipeline/library/scan-library.ts";
import { installFamilies } from "../../models.ts";
import { PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

interface Disturbed {
  readonly model?: string;
  readonly walk?: (walk: Walk) => Walk;
  readonly identify?: Identify;
  readonly decode?: (decode: Decode) => Decode;
  readonly readFacts?: ReadFacts;
  readonly stop?: AbortController;
  readonly parallel?: number;
}

class Place {
  readonly folder = temporaryFolder();
  readonly photos = join(this.folder, "photos");
  readonly #models = installFamilies(join(this.folder, "models"));

  constructor() {
    mkdirSync(this.photos);
  }

  async scan(disturbed: Disturbed = {}, photos = this.photos): Promise<ScanSummary> {
    const { model = "dinov2-small", walk = (plain) => plain, decode = (plain) => plain } = disturbed;
    const encoder = await this.#models.open(model);
    const roots = [{ path: photos, exclude: [], followLinks: false }];
    const decoder = createDecoder({ resize: encoder.spec.image.resize, maxMegapixels: 250, threads: 1 });
    const pool = createEncoderPool(encoder, 1);
    const presence: Presence = createPresence(roots);
    try {
      return await this.#with(async (library) =>
        scanLibrary({
          walk: walk(createWalk(roots)),
          accepts: () => true,
          presence,
          stampAt,
          identify: disturbed.identify ?? identify,
          decode: decode(decoder.decode),
          readFacts: disturbed.readFacts ?? createFactsReader(250),
          encoder: pool,
          store: await library.scanWith(encoder, roots, decoder.decoderVersion),
          onProgress: () => {},
          parallel: disturbed.parallel ?? 1,
          stop: (disturbed.stop ?? new AbortController()).signal,
        }),
      );
    } finally {
      await Promise.all([decoder.close(), pool.close()]);
    }
  }

  status() {
    return this.#with((library) => library.status());
  }

  async unfinished(model = "dinov2-small") {
    const encoder = this.#models.choose(model);
    return this.#with(async (library) => ({
      ...(await library.unfinishedOf(encoder)),
      withoutVector: await library.withoutVectorCount(encoder),
    }));
  }

  /** Of every content. */
  async facts(): Promise<readonly PictureFacts[]> {
    const encoder = this.#models.choose("dinov2-small");
    return this.#with(async (library) => {
      const photos = await allOf(library.searchOf(encoder).photos());
      const contents = await library.reportOf(encoder).contents(new Set(photos.map(({ content }) => content)));
      return [...contents.values()].map(({ facts }) => facts);
    });
  }

  async #with<Result>(work: (library: SqliteLibrary) => Promise<Result>): Promise<Result> {
    const library = SqliteLibrary.open(join(this.folder, "library.db"));
    try {
      return await work(library);
    } finally {
      await library.close();
    }
  }
}

/** Does something once, when the walk has met so many entries. */
const afterEntries =
  (count: number, disturb: () => void) =>
  (walk: Walk): Walk =>
    async function* () {
      let met = 0;
      for await (const entry of walk()) {
        yield entry;
        if (++met === count) disturb();
      }
    };

describe("a library that an earlier dupfind wrote", () => {
  /** What it did not look for. */
  const forget = (place: Place) => {
    const db = new Database(join(place.folder, "library.db"));
    db.exec("UPDATE content SET bits = NULL, has_place = NULL, inside = NULL, exif_fields = 0, facts_version = 0");
    db.close();
  };
  const unread = async () => {
    const place = new Place();
    await writeSmallPhotos(place.photos, 4);
    copyFileSync(join(place.photos, "photo-00000.jpg"), join(place.photos, "again.jpg"));
    await place.scan();
    forget(place);
    return place;
  };
  const counting = (counts: { facts: number; decodes: number }): Disturbed => ({
    readFacts: async (file) => {
      counts.facts++;
      return createFactsReader(250)(file);
    },
    decode: (decode) => async (photo) => {
      counts.decodes++;
      return decode(photo);
    },
  });

  test("has the headers of its photos read once more by a scan, one of each content, and nothing decoded", async () => {
    const place = await unread();
    expect((await place.facts()).map(({ bits, inside }) => [bits, inside])).toEqual(Array(4).fill([null, null]));
    const counts = { facts: 0, decodes: 0 };
    expect(await place.scan(counting(counts))).toMatchObject({ unchanged: 5, embedded: 0, known: 0, finished: true });
    expect(counts).toEqual({ facts: 4, decodes: 0 });
    expect((await place.facts()).map(({ bits, hasPlace, inside }) => [bits, hasPlace, inside])).toEqual(Array(4).fill([8, false, []]));
    await place.scan(counting(counts));
    expect(counts.facts).toBe(4);
  });

  test("keeps what it knows of a photo whose header cannot be read now, and tries again", async () => {
    const place = await unread();
    const skipped = (path: PhotoFile["path"]) => ({ ok: false, skipped: { path, reason: "unreadable", detail: "EIO" } }) as const;
    expect(await place.scan({ readFacts: async ({ path }) => skipped(path) })).toMatchObject({ unchanged: 5, skipped: 0, finished: true });
    expect((await place.facts()).map(({ bits, width }) => [bits, width > 0])).toEqual(Array(4).fill([null, true]));
    await place.scan();
    expect((await place.facts()).map(({ bits }) => bits)).toEqual(Array(4).fill(8));
  });
});

describe("a folder that goes away", () => {
  test("in the middle of the walk takes no photo with it, and all are there when it is back", async () => {
    const place = new Place();
    for (const folder of ["a", "b", "c"]) {
      mkdirSync(join(place.photos, folder));
      await writeSmallPhotos(join(place.photos, folder), 70, folder.charCodeAt(0));
    }
    expect(await place.scan()).toMatchObject({ found: 210, embedded: 210, unsure: 0, lostRoots: [], finished: true });
    const away = join(place.folder, "away");
    const during = await place.scan({ walk: afterEntries(1, () => renameSync(place.photos, away)) });
    expect(during).toMatchObject({ missing: 0, lostRoots: [place.photos], finished: false });
    expect(during.unsure).toBeGreaterThan(0);
    expect(during.unsure + during.unchanged).toBe(210);
    expect(await place.status()).toMatchObject({ photos: 210, missing: 0, unwalked: [place.photos] });

    renameSync(away, place.photos);
    expect(await place.scan()).toMatchObject({ unchanged: 210, embedded: 0, missing: 0, unsure: 0, skipped: 0, finished: true });
    expect(await place.status()).toMatchObject({ photos: 210, unwalked: [], pending: 0 });
  });

  test("after the walk leaves what was not read to be read, and no photo that another encoder knows is forgotten", async () => {
    const place = new Place();
    await writeSmallPhotos(place.photos, 20);
    await place.scan();
    const away = join(place.folder, "away");
    const decoded: string[] = [];
    const leaving = await place.scan({
      model: "clip-vit-base-patch32",
      decode: (decode) => async (photo) => {
        decoded.push(photo.file.path);
        if (decoded.length === 6) renameSync(place.photos, away);
        return decode(photo);
      },
    });
    expect(leaving).toMatchObject({ embedded: 5, unread: 15, skipped: 0, lostRoots: [place.photos], finished: false });
    expect(await place.status()).toMatchObject({ photos: 20, missing: 0, pending: 15 });
    expect(await place.unfinished("clip-vit-base-patch32")).toMatchObject({ withoutVector: 15 });
    expect((await place.unfinished("clip-vit-base-patch32")).unread).toHaveLength(15);
    expect((await place.unfinished()).unread).toEqual([]); // the old encoder has them all

    renameSync(away, place.photos);
    expect(await place.scan({ model: "clip-vit-base-patch32" })).toMatchObject({ embedded: 15, unread: 0, finished: true });
    expect(await place.unfinished("clip-vit-base-patch32")).toEqual({ unread: [], unwalked: [], withoutVector: 0 });
  });

  test("below the root is gone when its parent says so", async () => {
    const place = new Place();
    for (const folder of ["stays", "goes"]) {
      mkdirSync(join(place.photos, folder));
      await writeSmallPhotos(join(place.photos, folder), 5, folder.length);
    }
    await place.scan();
    const during = await place.scan({
      walk: (walk) => {
        rmSync(join(place.photos, "goes"), { recursive: true });
        return walk;
      },
    });
    expect(during).toMatchObject({ unchanged: 5, missing: 5, unsure: 0, lostRoots: [] });
    expect(await place.status()).toMatchObject({ photos: 5, missing: 5, unwalked: [] });
  });
});

describe("a scan that is broken off", () => {
  test("in its walk leaves word that its folder was not seen whole, until a walk comes to its end", async () => {
    const place = new Place();
    await writeSmallPhotos(place.photos, 5);
    const stop = new AbortController();
    await place.scan({ stop, walk: afterEntries(2, () => stop.abort("SIGINT")) });
    expect((await place.unfinished()).unwalked).toEqual([place.photos]);
    await place.scan();
    expect((await place.unfinished()).unwalked).toEqual([]);
  });

  test("keeps what it found in mind while other folders are scanned, and reads no photo of it with them", async () => {
    const place = new Place();
    const other = join(place.folder, "other");
    mkdirSync(other);
    await writeSmallPhotos(place.photos, 5);
    await writeSmallPhotos(other, 3, 2);
    const stop = new AbortController();
    const once = (decode: Decode): Decode => {
      return (photo) => {
        stop.abort("SIGINT");
        return decode(photo);
      };
    };
    expect(await place.scan({ stop, decode: once })).toMatchObject({ embedded: 1, unread: 4, finished: false });
    expect(await place.scan({}, other)).toMatchObject({ found: 3, embedded: 3, unread: 0, finished: true });
    expect((await place.unfinished()).unread).toHaveLength(4);
    expect(await place.scan()).toMatchObject({ embedded: 4, unchanged: 1 });
    expect((await place.unfinished()).unread).toEqual([]);
  });
});

describe("a decode that fails", () => {
  /** Cuts the file short for the decoder alone, as a read that fails in the middle does. */
  const shortRead = (decode: Decode, whole: string) => async (photo: IdentifiedPhoto) => {
    const { path, modifiedMs } = photo.file;
    truncateSync(path, photo.file.bytes >> 1);
    const outcome = await decode(photo);
    copyFileSync(whole, path);
    utimesSync(path, modifiedMs / 1000, modifiedMs / 1000);
    return outcome;
  };

  async function onePhoto() {
    const place = new Place();
    const path = join(place.photos, "photo.jpg");
    copyFileSync(PHOTOS.falcon, path);
    utimesSync(path, 1_500_000_000, 1_500_000_000);
    return { place, path };
  }

  test("once, and gives the picture the next time, is no damage", async () => {
    const { place } = await onePhoto();
    let decodes = 0;
    const decode =
      (plain: Decode): Decode =>
      (photo) =>
        ++decodes === 1 ? shortRead(plain, PHOTOS.falcon)(photo) : plain(photo);
    expect(await place.scan({ decode })).toMatchObject({ embedded: 1, skipped: 0 });
    expect(decodes).toBe(2);
  });

  test("is passing where the file cannot be read whole afterwards: the next scan reads it", async () => {
    const { place, path } = await onePhoto();
    const away = join(place.folder, "away.jpg");
    const decode =
      (plain: Decode): Decode =>
      async (photo) => {
        const outcome = await shortRead(plain, PHOTOS.falcon)(photo);
        renameSync(path, away);
        return outcome;
      };
    expect(await place.scan({ decode })).toMatchObject({ embedded: 0, skipped: 1 });
    expect((await place.status()).skipped).toMatchObject([{ reason: "vanished" }]);
    renameSync(away, path);
    expect(await place.scan()).toMatchObject({ embedded: 1, skipped: 0 });
  });

  test("is passing where the bytes are others afterwards, though size and time are the same", async () => {
    const { place, path } = await onePhoto();
    const decode =
      (plain: Decode): Decode =>
      async (photo) => {
        writeFileSync(path, Buffer.alloc(photo.file.bytes));
        utimesSync(path, 1_500_000_000, 1_500_000_000);
        return plain(photo);
      };
    expect(await place.scan({ decode })).toMatchObject({ embedded: 0, skipped: 1 });
    expect((await place.status()).skipped).toMatchObject([{ reason: "changed-while-read" }]);
    copyFileSync(PHOTOS.falcon, path);
    utimesSync(path, 1_500_000_000, 1_500_000_000);
    expect(await place.scan()).toMatchObject({ embedded: 1, skipped: 0 });
  });

  test("on bytes that are damaged for good is not tried again until they change", async () => {
    const { place, path } = await onePhoto();
    truncateSync(path, statSync(path).size >> 1);
    const decoded: string[] = [];
    const decode =
      (plain: Decode): Decode =>
      (photo) => {
        decoded.push(basename(photo.file.path));
        return plain(photo);
      };
    expect(await place.scan({ decode })).toMatchObject({ skipped: 1 });
    expect((await place.status()).skipped).toMatchObject([{ reason: "damaged" }]);
    const before = decoded.length;
    expect(await place.scan({ decode })).toMatchObject({ skipped: 1 });
    expect(decoded).toHaveLength(before);
    copyFileSync(PHOTOS.falcon, path);
    expect(await place.scan({ decode })).toMatchObject({ embedded: 1, skipped: 0 });
  });
});

describe("one content under several names that are read at once", () => {
  async function threeNames() {
    const place = new Place();
    for (const name of ["a", "b", "c"]) copyFileSync(PHOTOS.falcon, join(place.photos, `${name}.jpg`));
    return place;
  }

  test("reads photos ahead while others are decoded, so that slow storage does not leave the encoder waiting", async () => {
    const place = new Place();
    const wanted = 1 + PHOTOS_READ_AHEAD;
    for (let i = 0; i < wanted; i++)
      writeFileSync(join(place.photos, `${i}.jpg`), Buffer.concat([readFileSync(PHOTOS.flower), Buffer.from(`${i}`)]));
    let waiting = 0;
    let answerAll = () => {};
    const all = new Promise<void>((resolve) => {
      answerAll = resolve;
    });
    const slow: Identify = async (file) => {
      // Storage that answers none before all are asked for.
      if (++waiting === wanted) answerAll();
      await all;
      return identify(file);
    };
    expect(await place.scan({ identify: slow })).toMatchObject({ embedded: wanted, finished: true });
  });

  test("is decoded once", async () => {
    const place = await threeNames();
    const decoded: string[] = [];
    const decode =
      (plain: Decode): Decode =>
      (photo) => {
        decoded.push(basename(photo.file.path));
        return plain(photo);
      };
    expect(await place.scan({ decode, parallel: 3 })).toMatchObject({ embedded: 1, known: 2, skipped: 0 });
    expect(decoded).toHaveLength(1);
  });

  test("is tried under the next name where the first cannot be read any more", async () => {
    const place = await threeNames();
    let decodes = 0;
    const decode =
      (plain: Decode): Decode =>
      (photo) => {
        if (++decodes === 1) rmSync(photo.file.path);
        return plain(photo);
      };
    expect(await place.scan({ decode, parallel: 3 })).toMatchObject({ embedded: 1, known: 1, skipped: 1 });
    expect(decodes).toBe(2);
  });
});
