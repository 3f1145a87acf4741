/**
 * What a scan keeps in memory does not grow with the files it meets: three times as many take no more. Photos with a vector are not
 * among them; `bench/` measures those.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROGRAM } from "../built-program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const FOLDER_HOLDS = 1000;
/** More than the walk lists ahead of its reader. */
const FEW = 25_000;
const MANY = 3 * FEW;
/** Of the main thread's live objects. One name that is kept for each file would take more. */
const BYTES_A_FILE = 40;

/** Loaded before the program: tells on standard error how much of its heap is alive, after collecting the rest. */
const WATCH = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from "node:worker_threads";
  const tell = () => {
    globalThis.gc();
    process.stderr.write("alive " + process.memoryUsage().heapUsed + "\\n");
  };
  if (isMainThread) setInterval(tell, 100).unref();
`)}`;

/** Empty files with a photo's name: each is met, read, and listed with its reason. */
function writeFiles(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const within = join(folder, `${Math.floor(i / FOLDER_HOLDS)}`);
    if (i % FOLDER_HOLDS === 0) mkdirSync(within, { recursive: true });
    writeFileSync(join(within, `IMG_${i}_as_an_export_names_them.jpg`), "");
  }
}

/** Most bytes that were alive at once during a scan. */
function scan(folder: string, files: number): number {
  const args = ["--expose-gc", "--import", WATCH, PROGRAM, "scan", join(folder, "photos"), "--json", "--db", join(folder, "library.db")];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  expect(run.status, run.stderr).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({ found: files, finished: true });
  const alive = [...run.stderr.matchAll(/^alive (\d+)$/gm)].map(([, bytes]) => Number(bytes));
  expect(alive.length).toBeGreaterThan(3);
  return Math.max(...alive);
}

describe("the memory of a scan", () => {
  test("is no larger for three times as many files, at the first scan and at the second", () => {
    const [few, many] = [FEW, MANY].map((files) => {
      const folder = temporaryFolder();
      writeFiles(join(folder, "photos"), files);
      return [scan(folder, files), scan(folder, files)];
    }) as [number[], number[]];
    for (const run of [0, 1]) expect((many[run] as number) - (few[run] as number)).toBeLessThan(BYTES_A_FILE * (MANY - FEW));
  });
});
