/**
 * The photos that resemble nothing, and where near-duplicates are, over the example photos.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { EXAMPLES } from "../../photos.ts";
import { dupfind, dupfindJson } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

/** As `docs/reference/json/neighbours.schema.json` describes it, as far as tests look. */
interface NeighboursJson {
  readonly photos: number;
  readonly isolated: readonly {
    readonly similarity: number;
    readonly paths: readonly string[];
    readonly nearest: { readonly paths: readonly string[] };
  }[];
  readonly nearDuplicates: number;
  readonly foldersWithNearDuplicates: number;
  readonly folders: readonly { readonly folder: string; readonly photos: number; readonly nearDuplicates: number }[];
}
interface SearchJson {
  readonly same: readonly string[];
  readonly hits: readonly { readonly similarity: number; readonly paths: readonly string[] }[];
}

const folder = lastingFolder();
const db = join(folder, "library.db");
const neighbours = (...args: readonly string[]) => dupfindJson<NeighboursJson>(["neighbours", ...args, "--db", db]);

beforeAll(async () => {
  await dupfind(["scan", EXAMPLES, "--db", db]);
  return () => rmSync(folder, { recursive: true });
});

describe("the neighbours of the example photos", () => {
  test("are for each photo that resembles no other the same that a search finds, the least similar first", async () => {
    const { photos, isolated } = await neighbours("-k", "1000");
    expect(photos).toBe(48);
    expect(isolated.length).toBeGreaterThan(40);
    expect(isolated.map(({ similarity }) => similarity)).toEqual(
      isolated.map(({ similarity }) => similarity).sort((one, other) => one - other),
    );
    for (const { paths, nearest, similarity } of [...isolated.slice(0, 6), ...isolated.slice(-3)]) {
      const { hits } = await dupfindJson<SearchJson>(["search", paths[0] as string, "-k", "1", "--db", db]);
      expect(hits).toMatchObject([{ similarity, paths: nearest.paths }]);
    }
  });

  test("count the photos with a near-duplicate, as searches at the threshold count them", async () => {
    const found = await neighbours();
    const { isolated } = await neighbours("-k", "1000");
    const near = isolated.filter(({ similarity }) => similarity >= 0.6).length;
    const withTwin = found.photos - isolated.length;
    expect(found.nearDuplicates).toBe(near + withTwin);
    expect(found.folders.reduce((sum, { nearDuplicates }) => sum + nearDuplicates, 0)).toBe(found.nearDuplicates);
    expect(found.foldersWithNearDuplicates).toBe(found.folders.length);
  });

  test("are those within the folder where one is named", async () => {
    const copies = join(EXAMPLES, "copies");
    const found = await neighbours(copies, "-k", "1000");
    const paths = found.isolated.flatMap(({ paths: own, nearest }) => [...own, ...nearest.paths]);
    expect(paths.every((path) => path.startsWith(`${copies}/`))).toBe(true);
    expect(found.photos).toBeLessThan(48);
  });

  test("have fewer near-duplicates the higher the threshold", async () => {
    const counts = [];
    for (const threshold of ["0.5", "0.6", "0.9", "1"]) counts.push((await neighbours("--threshold", threshold)).nearDuplicates);
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
  });
});

describe("neighbours", () => {
  test("refuses a threshold below what pairs are kept for", async () => {
    const run = await dupfind(["neighbours", "--threshold", "0.1", "--db", db]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("The threshold 0.1 is below 0.4");
  });

  test("that are stopped end with the signal's code and print nothing", async () => {
    const stop = new AbortController();
    stop.abort("SIGTERM");
    expect(await dupfind(["neighbours", "--db", db], { stop: stop.signal })).toMatchObject({ code: 143, stdout: "" });
  });

  test("say that their file cannot be written before they look at the library", async () => {
    const output = join(temporaryFolder(), "nowhere", "neighbours.txt");
    const run = await dupfind(["neighbours", "-o", output, "--db", join(temporaryFolder(), "no-library.db")]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`${output} cannot be written`);
  });

  test("of a folder without photos says that there are none", async () => {
    const run = await dupfind(["neighbours", temporaryFolder(), "--db", db]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("No photo is known in the folder");
  });
});
