/**
 * Folders that were scanned by mistake, or are gone for good.
 */
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FAMILIES, fixtureFolder, writeTinyLock } from "../../models.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function place(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  const at = (path: string) => join(folder, path);
  for (const [path, photo] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    copyFileSync(photo, at(path));
  }
  const db = at("library.db");
  const environment = { DUPFIND_MODELS: at("models"), DUPFIND_LOCK: at("lock.json") };
  const run = (...args: readonly string[]) => dupfind([...args, "--db", db], { workingFolder: folder, environment });
  const json = <Answer>(...args: readonly string[]) => dupfindJson<Answer>([...args, "--db", db]);
  return { at, run, json, environment };
}

/** The library's second encoder. */
async function installAnother(environment: { readonly DUPFIND_LOCK: string }): Promise<string> {
  const [family] = FAMILIES;
  if (family === undefined) throw new Error("there is no second encoder");
  writeTinyLock(environment.DUPFIND_LOCK);
  await dupfind(["models", "import", fixtureFolder(family)], { environment });
  return family.id;
}

describe("forget", () => {
  test("takes a folder out of the library that was scanned by mistake, and touches no photo", async () => {
    const { at, run, json } = place({ "lib/a.jpg": PHOTOS.falcon, "mistake/b.jpg": PHOTOS.falcon, "mistake/deep/c.jpg": PHOTOS.flower });
    await json("scan", at("lib"), at("mistake"));
    const plan = await run("forget", "mistake", "--dry-run");
    expect(plan.stdout).toBe(
      "Would forget mistake: 2 photos, and 1 content that no other photo holds. No photo was touched.\n  mistake/b.jpg\n  mistake/deep/c.jpg\n",
    );
    expect(await json("status")).toMatchObject({ photos: 3, contents: 2 });
    expect((await run("forget", "mistake")).stdout).toContain("Forgot mistake: 2 photos, and 1 content");
    expect(await json("status")).toMatchObject({ photos: 1, missing: 0, contents: 1, roots: [at("lib")] });
    expect((await run("forget", "mistake")).code).toBe(2);
    expect(await json<ScanJson>("scan", at("mistake"))).toMatchObject({ known: 1, embedded: 1 });
  });

  test("says whose next scan would bring a folder back", async () => {
    const { at, run, json } = place({ "lib/a.jpg": PHOTOS.falcon, "lib/mistake/b.jpg": PHOTOS.flower });
    await json("scan", at("lib"));
    const { stdout } = await run("forget", "lib/mistake");
    expect(stdout).toContain(`The next scan of lib reads it again: add --exclude there to leave it out.`);
    expect(await json("status")).toMatchObject({ photos: 1, roots: [at("lib")] });
  });

  test("takes a folder that is not there any more", async () => {
    const { at, run, json } = place({ "lib/a.jpg": PHOTOS.falcon, "gone/b.jpg": PHOTOS.flower });
    await json("scan", at("lib"), at("gone"));
    rmSync(at("gone"), { recursive: true });
    expect((await run("forget", "gone")).code).toBe(0);
    expect(await json("status")).toMatchObject({ photos: 1, roots: [at("lib")] });
  });
});

describe("a reindex that cannot come to its end", () => {
  test("says why where a folder is gone, ends with 3, and comes to it once the folder is forgotten", async () => {
    const { at, run, json, environment } = place({ "lib/a.jpg": PHOTOS.falcon, "gone/b.jpg": PHOTOS.flower });
    await json("scan", at("lib"), at("gone"));
    const model = await installAnother(environment);
    renameSync(at("gone"), at("elsewhere"));
    const stuck = await run("reindex", "--model", model);
    expect([stuck.code, stuck.stdout]).toEqual([3, expect.stringContaining("connect its drive, or dupfind forget it")]);
    const answer = await run("reindex", "--model", model, "--json");
    expect(JSON.parse(answer.stdout)).toMatchObject({ command: "reindex", moved: false, absentRoots: [at("gone")] });
    await run("forget", "gone");
    expect((await run("reindex", "--model", model)).code).toBe(0);
  });

  test("reads a photo that lies in no folder it comes by where it is, and does not move without one that is gone", async () => {
    const { at, run, json, environment } = place({ "lib/a.jpg": PHOTOS.falcon, "linked/b.jpg": PHOTOS.flower });
    symlinkSync(at("linked"), at("lib/link"));
    await json("scan", at("lib"), "--follow-links");
    await json("scan", at("lib"));
    expect(await json("status")).toMatchObject({ photos: 2 });
    const model = await installAnother(environment);
    renameSync(at("linked/b.jpg"), at("linked/away"));
    const stuck = await run("reindex", "--model", model);
    expect([stuck.code, stuck.stdout]).toEqual([3, expect.stringContaining("1 known photo could not be read and have no new vector yet")]);
    renameSync(at("linked/away"), at("linked/b.jpg"));
    expect((await run("reindex", "--model", model)).code).toBe(0);
  });
});
