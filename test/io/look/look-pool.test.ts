/**
 * Looks that come to no end, or take their process with them: only their own pairs stay unseen. A named pipe that nobody writes to stands for
 * a file of which nothing comes: opening it never returns.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { IdentifiedPhoto } from "../../../src/core/photos/photo.ts";
import { contentHash, photoPath } from "../../../src/core/units.ts";
import { createLookPool, type LookPoolOptions } from "../../../src/io/look/look-pool.ts";
import { identifyPath } from "../../../src/io/photos/identify.ts";
import { EXAMPLES, PHOTOS } from "../../photos.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const COPY = join(EXAMPLES, "copies", "prairie_falcon-cropped.jpg");

async function identified(path: string): Promise<IdentifiedPhoto> {
  const outcome = await identifyPath(path);
  if (!outcome.ok) throw new Error(outcome.skipped.reason);
  return outcome.value;
}

/** As it was met before nothing came of it. */
async function silent(): Promise<IdentifiedPhoto> {
  const path = join(temporaryFolder(), "silent.jpg");
  execFileSync("mkfifo", [path]);
  const { file } = await identified(PHOTOS.falcon);
  return { hash: contentHash("5".repeat(64)), file: { ...file, path: photoPath(path) } };
}

function looking(options: LookPoolOptions) {
  const pool = createLookPool(options);
  onTestFinished(() => pool.close());
  return pool;
}

const verdicts = (looks: readonly ({ readonly verdict: string } | null)[]) => looks.map((look) => look?.verdict ?? null);

test("a photo of which nothing comes leaves its own pair unseen, not those before and behind it, and is waited for once", async () => {
  const pool = looking({ threads: 1, maxSeconds: 10 });
  const [one, copy, other] = await Promise.all([PHOTOS.falcon, COPY, PHOTOS.landscape].map(identified));
  const stuck = await silent();
  if (one === undefined || copy === undefined || other === undefined) throw new Error("a photo is missing");
  expect(verdicts(await pool.look(one, [copy, stuck, other]))).toEqual(["same", null, "different"]);
  const begun = performance.now();
  expect(await pool.look(stuck, [copy, other])).toEqual([null, null]);
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(verdicts(await pool.look(one, [stuck, copy]))).toEqual([null, "same"]);
});

/** A look that does as the number of its other photo's time says. */
function scriptedLook(): URL {
  const script = join(temporaryFolder(), "look.mjs");
  const service = fileURLToPath(new URL("../../../dist/io/workers/process-service.js", import.meta.url));
  writeFileSync(
    script,
    `import { serveSteps } from ${JSON.stringify(service)};
     const deeds = {
       1: () => { for (;;); },
       2: () => process.kill(process.pid, "SIGSEGV"),
       3: () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); },
       4: () => process.exit(0),
     };
     serveSteps(async () => async ({ others }, tell) => {
       for (const { hash, file } of others) {
         const isOnDrive = file.fileId.startsWith("away");
         tell({ kind: isOnDrive ? "opening" : "drawing", hash }, isOnDrive || file.modifiedMs === 1 ? 500 : 60_000);
         await new Promise((resolve) => setTimeout(resolve, 20));
         deeds[file.modifiedMs]?.();
         tell({ kind: "seen", look: { verdict: "same" } }, 60_000);
       }
       return null;
     });`,
  );
  return pathToFileURL(script);
}

test("neither an endless loop nor a crash, a heap without end or an early end costs more than its own pair", async () => {
  const pool = looking({ threads: 2, script: scriptedLook() });
  const one = await identified(PHOTOS.falcon);
  const others = Array.from({ length: 10 }, (_, i) => ({
    hash: contentHash(String(i).repeat(64)),
    file: { ...one.file, modifiedMs: i % 2 === 0 ? 0 : (i + 1) / 2 },
  }));
  expect(verdicts(await pool.look(one, others))).toEqual(["same", null, "same", null, "same", null, "same", null, "same", "same"]);
}, 60_000);

test("a drive of which three photos in a row cannot be opened is asked no more, another one is", async () => {
  const pool = looking({ threads: 1, script: scriptedLook() });
  const one = await identified(PHOTOS.falcon);
  const other = (i: number, fileId: string, modifiedMs: number) => ({
    hash: contentHash(String(i).repeat(64)),
    file: { ...one.file, fileId, modifiedMs },
  });
  const away = (i: number) => other(i, `away:${i}`, 1);
  const answers = other(9, "away:9", 0);
  expect(verdicts(await pool.look(one, [away(1), away(2), answers, away(3), away(4), away(5)]))).toEqual([
    null,
    null,
    "same",
    null,
    null,
    null,
  ]);
  // None of it now, though it would answer.
  expect(verdicts(await pool.look(one, [other(6, "away:6", 0), other(7, "here:7", 0)]))).toEqual([null, "same"]);
}, 60_000);
