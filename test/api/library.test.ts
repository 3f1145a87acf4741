/**
 * The calls of a program, on real photos.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cosine } from "../../src/core/encoders/similarity.ts";
import { embed, type Notice, openLibrary, type PhotoLibrary, type Progress, reportTotals, UserError } from "../../src/index.ts";
import { EXAMPLES, PHOTOS } from "../photos.ts";
import { lastingFolder, temporaryFolder } from "../temporary-folder.ts";

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof UserError ? error.code : error),
  );

describe("a library of the example photos", () => {
  const folder = lastingFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let library: PhotoLibrary;

  beforeAll(async () => {
    library = await openLibrary(join(folder, "library.db"), { models: join(folder, "models") });
  });

  test("is not there before the first scan", async () => {
    expect(await codeOf(library.findDuplicates())).toBe("library-missing");
  });

  test("is made by a scan that is stopped before it begins, says so, and is whole after the next", async () => {
    const stopped = await library.scan([EXAMPLES], { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ embedded: 0, finished: false, compared: false });
    const steps = new Set<Progress["step"]>();
    const whole = await library.scan([EXAMPLES], { onProgress: ({ step }) => steps.add(step) });
    expect(whole).toMatchObject({ skipped: 0, finished: true, compared: true });
    expect([...steps]).toEqual(expect.arrayContaining(["walk", "embed", "compare"]));
    expect(await library.scan([EXAMPLES])).toMatchObject({ embedded: 0, unchanged: whole.found });
    expect(await library.status()).toMatchObject({ photos: whole.found, finished: true });
  });

  test("gives the duplicates that the command line gives, in all folders and in some", async () => {
    const report = await library.findDuplicates();
    expect(reportTotals(report)).toMatchObject({ sets: 16, extras: 29, classes: { altered: { extras: 1 } } });
    const { sets } = await library.findDuplicates({ folders: [join(EXAMPLES, "originals")] });
    expect(sets.filter(({ extras }) => extras.length > 0)).toHaveLength(1);
    expect(
      (await library.findDuplicates({ keep: [{ rule: "folder", folder: join(EXAMPLES, "copies") }] })).sets[0]?.keeper.photo.path,
    ).toMatch(/copies/);
  });

  test("is searched by a photo, with the similarity that two vectors of their own have", async () => {
    const { hits } = await library.search({ photo: PHOTOS.falcon }, { count: 3 });
    expect(hits).toHaveLength(3);
    const [best] = hits;
    const path = best?.content.photos[0]?.path as string;
    expect(basename(path)).toMatch(/^prairie_falcon/);
    const vectors: Float32Array[] = [];
    for await (const outcome of embed([PHOTOS.falcon, path])) if (outcome.ok) vectors.push(outcome.value.vector);
    expect(cosine(vectors[0] as Float32Array, vectors[1] as Float32Array)).toBe(best?.similarity);
  });

  test("keeps a calibration only where it is asked to", async () => {
    const found = await library.calibrate({ photos: 40, precision: 0.7, save: false });
    expect(found).toMatchObject({ source: "synthetic", precision: 0.7 });
    expect(await codeOf(library.findDuplicates({ precision: 0.7 }))).toBe("not-calibrated");
    expect(await library.calibrate({ photos: 40, precision: 0.7 })).toMatchObject({ source: "synthetic" });
    expect((await library.findDuplicates({ precision: 0.7 })).threshold.origin).toBe("calibrated");
    expect(await library.calibrate({ photos: 40, signal: AbortSignal.abort() })).toBeNull();
  });

  test("tells by a notice that some photos are not read yet", async () => {
    const more = join(folder, "more");
    mkdirSync(more);
    copyFileSync(PHOTOS.heic, join(more, "new.heic"));
    const stop = new AbortController();
    await library.scan([more], { onProgress: ({ step }) => step === "walk" && stop.abort(), signal: stop.signal });
    const notices: Notice[] = [];
    await library.search({ photo: PHOTOS.falcon }, { onNotice: (notice) => notices.push(notice) });
    expect(notices).toMatchObject([{ kind: "unfinished" }]);
  });

  test("is scanned by one at a time", async () => {
    const other = await openLibrary(library.path);
    const codes = await Promise.all([library, other].map((one) => codeOf(one.scan([EXAMPLES]))));
    expect(codes.sort()).toEqual(["library-locked", "none"]);
  });

  test("refuses what it cannot do by a code, and what nobody can mean by its bounds", async () => {
    expect(await codeOf(library.search({ words: "a bird" }))).toBe("encoder-knows-no-words");
    expect(await codeOf(library.search({ photo: join(folder, "none.jpg") }))).toBe("query-photo-unreadable");
    expect(await codeOf(library.findDuplicates({ threshold: 0.01 }))).toBe("threshold-below-floor");
    expect(await codeOf(library.scan([join(folder, "no such folder")]))).toBe("folder-unlisted");
    await expect(library.findDuplicates({ threshold: 2 })).rejects.toThrow(RangeError);
    await expect(library.calibrate({ precision: 1 })).rejects.toThrow("Expected precision to be a number from 0.5 to 0.9999, got 1");
    await expect(library.search({})).rejects.toThrow(TypeError);
  });
});

test("a file that is no library is refused before anything is done with it", async () => {
  const path = join(temporaryFolder(), "notes.txt");
  writeFileSync(path, "Buy milk.\n");
  expect(await codeOf(openLibrary(path))).toBe("not-a-library");
});
