/**
 * Watching: the same scan, again whenever something comes, until a signal ends it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { answerSchema } from "../../answer-schemas.ts";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind, dupfindJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** A watch of a folder that holds the library too, line by line. */
function watching(...args: readonly string[]) {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  mkdirSync(at("new"));
  copyFileSync(PHOTOS.falcon, at("a.jpg"));
  const db = at("library.db");
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, "watch", folder, "--db", db, "--quiet-time", "0.5", "--json", ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr?.on("data", (text) => {
    said += text;
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value as string) as ScanJson;
  return { at, db, child, next, said: () => said };
}

describe("watch", () => {
  test("scans at once, then what comes, changes and goes, and ends with the signal's code", async () => {
    const { at, db, child, next, said } = watching();
    const first = await next();
    expect(answerSchema("watch")(first)).toBe(true);
    expect(first).toMatchObject({ found: 1, embedded: 1, compared: true });
    copyFileSync(PHOTOS.flower, at("new/b.jpg"));
    expect(await next()).toMatchObject({ found: 2, embedded: 1, unchanged: 1 });
    rmSync(at("a.jpg"));
    expect(await next()).toMatchObject({ found: 1, missing: 1 });
    writeFileSync(at(".dupfindignore"), "new/\n");
    expect(await next()).toMatchObject({ found: 0, nowExcluded: 1 });
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([143, null]);
    expect(said()).toBe("dupfind: finishing the current work; send the same signal again to stop at once.\n");
    expect(await dupfindJson(["status", "--db", db])).toMatchObject({ photos: 0, missing: 2, unwalked: [] });
  });

  test("is not woken by its own library, nor by a text", async () => {
    const { at, child, next } = watching();
    await next();
    writeFileSync(at("notes.txt"), "text");
    const following = next();
    const quiet = new Promise((resolve) => setTimeout(() => resolve("nothing"), 3_000));
    expect(await Promise.race([following, quiet])).toBe("nothing");
    copyFileSync(PHOTOS.flower, at("b.jpg"));
    expect(await following).toMatchObject({ found: 2 });
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
  });

  test("lets another scan work meanwhile", async () => {
    const { at, db, next, child } = watching("--quiet-time", "8");
    await next();
    copyFileSync(PHOTOS.flower, at("new/b.jpg"));
    expect(await dupfindJson<ScanJson>(["scan", at("new"), "--db", db])).toMatchObject({ found: 1 });
    expect(await next()).toMatchObject({ found: 2, unchanged: 2 });
    child.kill("SIGTERM");
    await once(child, "close");
  });

  test("needs what it watches to be there", async () => {
    const run = await dupfind(["watch", "/no/such/folder"]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("There is no file or folder /no/such/folder")]);
  });
});
