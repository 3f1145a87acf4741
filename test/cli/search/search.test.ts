/**
 * Searching as a user does: by a photo of the library, by another one, by words and by both.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { cosine } from "../../../src/core/encoders/similarity.ts";
import { promptsFor } from "../../../src/core/search/prompts.ts";
import { meanDirection, queryVector } from "../../../src/core/search/query.ts";
import { createTextEncoder } from "../../../src/io/encoders/text-encoder.ts";
import { FAMILIES, installFamilies } from "../../models.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

/** As `docs/reference/json/search.schema.json` describes it, as far as tests look. */
interface SearchJson {
  readonly compared: number;
  readonly same: readonly string[];
  readonly hits: readonly { readonly similarity: number; readonly paths: readonly string[]; readonly sha256: string }[];
}

const folder = lastingFolder();
const db = join(folder, "library.db");
const store = installFamilies(join(folder, "models"));
const environment = { DUPFIND_MODELS: join(folder, "models"), DUPFIND_LOCK: join(folder, "models", "lock.json") };
const WITH_TEXT = FAMILIES.filter(({ text }) => text !== null);

beforeAll(async () => {
  await dupfindJson<ScanJson>(["scan", EXAMPLES, "--db", db]);
  for (const { id } of WITH_TEXT) await dupfind(["scan", EXAMPLES, "--db", db, "--model", id, "--quiet"], { environment });
  return () => rmSync(folder, { recursive: true });
});

async function search(...args: readonly string[]): Promise<SearchJson> {
  const run = await dupfind(["search", ...args, "--db", db, "--json"], { environment });
  if (run.code !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as SearchJson;
}

type Vectors = ReadonlyMap<string, Float32Array>;
const embedded = new Map<string, Promise<Vectors>>();

/** The vectors that `embed` prints of all example photos the library holds, by SHA-256. */
function vectorsOf(id: string): Promise<Vectors> {
  const known = embedded.get(id) ?? embedAll(id);
  embedded.set(id, known);
  return known;
}

async function embedAll(id: string): Promise<Vectors> {
  const everything = await search(PHOTOS.forest, "-k", "100", "--model", id);
  const paths = [...everything.hits.map(({ paths: [path] }) => path as string), PHOTOS.forest];
  const run = await dupfind(["embed", ...paths, "--model", id], { environment });
  const lines = run.stdout.trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as { readonly sha256: string; readonly vector: readonly number[] });
  return new Map(rows.map(({ sha256, vector }) => [sha256, Float32Array.from(vector)]));
}

/** All contents but one, as comparing each by itself ranks them. */
function bruteForce(vectors: Vectors, wanted: Float32Array, own: string | null) {
  return [...vectors]
    .filter(([hash]) => hash !== own)
    .map(([sha256, vector]) => ({ sha256, similarity: cosine(wanted, vector) as number }))
    .sort((one, other) => other.similarity - one.similarity);
}

const ranking = ({ hits }: SearchJson) => hits.map(({ sha256, similarity }) => ({ sha256, similarity }));

describe("a search by a photo of the library", () => {
  test("lists its copies first and the files with its own bytes apart", async () => {
    const found = await search(PHOTOS.landscape, "-k", "3");
    expect(found.same).toEqual([PHOTOS.landscape]);
    expect(found.hits[0]?.paths[0]).toContain("tanners_ridge");
    expect(found.hits.flatMap(({ paths }) => paths)).not.toContain(PHOTOS.landscape);
    expect(found.hits).toHaveLength(3);
  });

  test("ranks all others as comparing each by itself does, to the last digit", async () => {
    const vectors = await vectorsOf("dupfind-lite");
    const found = await search(PHOTOS.falcon, "-k", "100");
    const [own] = [...vectors].filter(([hash]) => !found.hits.some(({ sha256 }) => sha256 === hash));
    expect(vectors.size).toBe(46);
    expect(ranking(found)).toEqual(bruteForce(vectors, own?.[1] as Float32Array, own?.[0] as string));
  });

  test("lists files with the same bytes together", async () => {
    const [first] = (await search(join(EXAMPLES, "originals/notocactus_minimus.jpg"), "-k", "1")).hits;
    const found = await search(first?.paths[0] as string, "-k", "100");
    const twins = found.hits.filter(({ paths }) => paths.length > 1).map(({ paths }) => paths.length);
    expect([...twins, found.same.length].filter((files) => files > 1)).toEqual([2, 2]);
  });

  test("keeps to --min, --count and --folder", async () => {
    expect((await search(PHOTOS.landscape, "--min", "0.9")).hits.every(({ similarity }) => similarity >= 0.9)).toBe(true);
    expect((await search(PHOTOS.landscape, "-k", "1")).hits).toHaveLength(1);
    const copies = await search(PHOTOS.landscape, "--folder", join(EXAMPLES, "copies"), "-k", "100");
    expect(copies.hits.flatMap(({ paths }) => paths).every((path) => path.startsWith(join(EXAMPLES, "copies/")))).toBe(true);
    expect(copies.hits.length).toBeGreaterThan(5);
    expect(copies.same).toEqual([PHOTOS.landscape]);
    await expect(search(PHOTOS.landscape, "--folder", "/nowhere")).rejects.toThrow("No photo is known in the folder /nowhere");
  });

  test("prints paths for xargs -0", async () => {
    const found = await search(PHOTOS.landscape, "-k", "5");
    const run = await dupfind(["search", PHOTOS.landscape, "-k", "5", "-0", "--db", db]);
    expect(Buffer.from(run.stdout, "utf8").toString()).toBe(found.hits.flatMap(({ paths }) => paths.map((path) => `${path}\0`)).join(""));
  });

  test("opens neither the photo's pixels nor the encoder", async () => {
    const place = temporaryFolder();
    const photo = join(place, "photo.jpg");
    copyFileSync(PHOTOS.falcon, photo);
    const lock = { DUPFIND_MODELS: join(place, "nowhere"), DUPFIND_LOCK: environment.DUPFIND_LOCK };
    const by = (path: string) => dupfind(["search", path, "--model", "siglip-base-patch16-224", "--db", db], { environment: lock });
    expect(await by(photo)).toMatchObject({ code: 0, stderr: "" });
    await sharp(PHOTOS.falcon).jpeg({ quality: 40 }).toFile(photo);
    expect((await by(photo)).stderr).toContain("dupfind models pull siglip-base-patch16-224");
  });
});

describe("a search by a photo that the library does not know", () => {
  test("finds what it was made from", async () => {
    const photo = join(temporaryFolder(), "smaller.webp");
    await sharp(PHOTOS.falcon).resize(300).webp().toFile(photo);
    const found = await search(photo, "-k", "2");
    expect(found.same).toEqual([]);
    expect(found.hits[0]?.paths[0]).toContain("prairie_falcon");
    expect(found.hits[0]?.similarity).toBeGreaterThan(0.9);
  });

  test("that is no photo says so", async () => {
    const photo = join(temporaryFolder(), "text.jpg");
    writeFileSync(photo, "not a picture");
    const run = await dupfind(["search", photo, "--db", db]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("text.jpg cannot be used as a query: the file is not an image");
  });
});

test("photos that are missing are left out, and come back", async () => {
  const place = temporaryFolder();
  const library = join(place, "library.db");
  const photos = join(place, "photos");
  mkdirSync(photos);
  for (const name of ["falcon", "forest", "flower"] as const) copyFileSync(PHOTOS[name], join(photos, `${name}.jpg`));
  const found = async () => {
    await dupfind(["scan", photos, "--db", library]);
    const { hits } = await dupfindJson<SearchJson>(["search", PHOTOS.landscape, "--db", library]);
    return hits.flatMap(({ paths }) => paths.map((path) => path.slice(photos.length + 1))).sort();
  };
  expect(await found()).toEqual(["falcon.jpg", "flower.jpg", "forest.jpg"]);
  rmSync(join(photos, "falcon.jpg"));
  expect(await found()).toEqual(["flower.jpg", "forest.jpg"]);
  copyFileSync(PHOTOS.falcon, join(photos, "falcon.jpg"));
  expect(await found()).toEqual(["falcon.jpg", "flower.jpg", "forest.jpg"]);
});

describe.each(WITH_TEXT)("a search by words with $id", ({ id }) => {
  const WORDS = "A bird on a rock";

  async function encodeWords(words: string, choice: "none" | "photo" | "full"): Promise<Float32Array> {
    const installed = await store.open(id);
    const encoder = createTextEncoder(installed, installed.spec.text as NonNullable<typeof installed.spec.text>);
    try {
      return meanDirection(await Promise.all(promptsFor(words, choice).map((prompt) => encoder.encode(prompt))));
    } finally {
      await encoder.close();
    }
  }

  test.each(["none", "photo", "full"] as const)("ranks as comparing each photo with the words does, with prompts %s", async (prompts) => {
    const wanted = await encodeWords(WORDS, prompts);
    const found = await search(WORDS, "-k", "100", "--model", id, "--prompts", prompts);
    expect(ranking(found)).toEqual(bruteForce(await vectorsOf(id), wanted, null));
  });

  test("takes away what is not wanted, and adds words to a photo, as documented", async () => {
    const vectors = await vectorsOf(id);
    const args = [PHOTOS.falcon, "--words", WORDS, "--weight", "0.7", "--not", "snow", "--not", "a car", "--not-weight", "0.4"];
    const found = await search(...args, "-k", "100", "--model", id);
    const [own] = [...vectors].filter(([hash]) => !found.hits.some(({ sha256 }) => sha256 === hash));
    const unwanted = meanDirection([await encodeWords("snow", "none"), await encodeWords("a car", "none")]);
    const parts = { photo: own?.[1] as Float32Array, words: await encodeWords(WORDS, "none"), unwanted };
    expect(ranking(found)).toEqual(bruteForce(vectors, queryVector(parts, { words: 0.7, unwanted: 0.4 }), own?.[0] as string));
  });
});

test("what is not wanted can be said with one dash; behind two dashes it is a word like others", async () => {
  const model = ["--model", "clip-vit-base-patch32", "-k", "100"];
  const taken = await search("a bird", "--not", "snow", ...model);
  expect(ranking(await search("a bird", "-not", "snow", ...model))).toEqual(ranking(taken));
  expect(ranking(await search("a bird", ...model))).not.toEqual(ranking(taken));
  const run = await dupfind(["search", "--db", db, ...model, "--", "-not", "snow"], { environment });
  expect(run.stdout).toContain("-not snow");
});

test("words are searched with the encoder that knows them and has read the library, where none is named", async () => {
  const [first] = WITH_TEXT;
  if (first === undefined) throw new Error("no encoder knows words");
  const one = await search("a bird", "-k", "5");
  const named = await Promise.all(WITH_TEXT.map(({ id }) => search("a bird", "-k", "5", "--model", id)));
  expect(named.map(ranking)).toContainEqual(ranking(one));
  expect((await search(PHOTOS.forest, "-k", "1")).hits).not.toEqual([]);
});

describe("a search that cannot be", () => {
  test("by words says which encoders know words and which of them are here", async () => {
    const without = await dupfind(["search", "a dog", "--db", db]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain(
      "dupfind-lite knows pictures only; encoders that also know words: clip-vit-base-patch32 (not installed).\nDownload it with dupfind models pull clip-vit-base-patch32",
    );
    expect(without.stderr).toContain(
      ": once, 608 MB, licence MIT. Then scan with it once: dupfind scan <folder> --model clip-vit-base-patch32",
    );
    const withSome = await dupfind(["search", "a dog", "--db", db, "--model", "dinov2-small"], { environment });
    expect(withSome.stderr).toContain("siglip-base-patch16-224 (installed)");
    expect(withSome.stderr).toContain("dupfind scan <folder> --model clip-vit-base-patch32");
  });

  test("by a photo that is not there does not take its name for words", async () => {
    const run = await dupfind(["search", "gone.jpg", "--db", db]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("There is no file gone.jpg");
  });

  test("where nothing was scanned names the encoder and the command", async () => {
    const run = await dupfind(["search", PHOTOS.falcon, "--db", db, "--model", "dinov2-small"], { environment });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("No photo has been scanned with dinov2-small yet");
    expect(run.stderr).toContain("dupfind scan <folder> --model dinov2-small");
  });

  test("where there is no library says how to make one", async () => {
    const run = await dupfind(["search", PHOTOS.falcon, "--db", join(temporaryFolder(), "none.db")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("dupfind scan <folder>");
  });
});

test("the answer can be a page with a small picture of each photo, HEIC too", async () => {
  const output = join(temporaryFolder(), "results.html");
  expect((await dupfind(["search", PHOTOS.heic, "-k", "3", "--db", db, "-o", output])).code).toBe(0);
  const pictures = [...readFileSync(output, "utf8").matchAll(/src="data:image\/jpeg;base64,([^"]*)"/g)];
  const sizes = await Promise.all(pictures.map(([, data = ""]) => sharp(Buffer.from(data, "base64")).metadata()));
  expect(sizes.map(({ width, height }) => Math.max(width, height))).toEqual([320, 320, 320, 320]);
});

test("the answer can be written to a file, in the form its name asks for", async () => {
  const output = join(temporaryFolder(), "results.json");
  expect((await dupfind(["search", PHOTOS.falcon, "--db", db, "-o", output])).stdout).toBe("");
  expect((JSON.parse(readFileSync(output, "utf8")) as SearchJson).hits).toHaveLength(20);
});
