import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { WorkerNotStarted, WorkerOutOfMemory, WorkerPool, WorkerTooSlow } from "../../../src/io/workers/worker-pool.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const at = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../dist/${path}`, import.meta.url)));

/** In a process of its own, which an abort would end. */
const CLOSES_WHILE_ENCODING = `
  const { createEncoderPool } = await import(${at("io/encoders/encoder-pool.js")});
  const { ModelStore } = await import(${at("io/encoders/model-store.js")});
  const { inputSize } = await import(${at("core/encoders/encoder.js")});
  const { handOver } = await import(${at("core/photos/photo.js")});
  const encoder = await new ModelStore({ folder: "/no/such/folder", lock: null }).open("dupfind-lite");
  const edge = inputSize(encoder.spec.image.resize);
  const picture = () => handOver({ data: new Uint8Array(edge * edge * 3), width: edge, height: edge });
  const ends = new Set();
  for (let round = 0; round < 5; round++) {
    const pool = createEncoderPool(encoder, 2);
    await pool.encode(picture());
    const pictures = Array.from({ length: 6 }, () => pool.encode(picture()).then(() => "encoded", (error) => error.message));
    await new Promise((resolve) => setTimeout(resolve, round % 4));
    await pool.close();
    for (const end of await Promise.all(pictures)) ends.add(end);
  }
  console.log(JSON.stringify([...ends].sort()));
`;

test("threads that are closed while they encode finish their picture, and the process is not aborted", () => {
  const script = join(temporaryFolder(), "close.mjs");
  writeFileSync(script, CLOSES_WHILE_ENCODING);
  const run = spawnSync(process.execPath, [script], { encoding: "utf8", timeout: 60_000 });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toEqual(["The worker threads were closed before they came to it", "encoded"]);
});

test("a thread that comes to no end is ended after its time, and the work that waits behind it is done by another", async () => {
  const script = join(temporaryFolder(), "endless.mjs");
  writeFileSync(
    script,
    `import { parentPort } from "node:worker_threads";
     parentPort.on("message", (request) => {
       while (request === "endless");
       parentPort.postMessage({ ok: true, response: request });
     });`,
  );
  const pool = new WorkerPool<string, string>(pathToFileURL(script), 1, null);
  const endless = pool.run("endless", [], 300).catch((error) => error);
  const behind = pool.run("behind", [], 60_000);
  expect(await endless).toBeInstanceOf(WorkerTooSlow);
  expect(await behind).toBe("behind");
  await pool.close();
});

/** Answers by `serve`, as every worker does. */
function servingWorker(handle: string): URL {
  const script = join(temporaryFolder(), "serving.mjs");
  writeFileSync(script, `import { serve } from ${at("io/workers/worker-service.js")};\nserve(async (request) => { ${handle} });`);
  return pathToFileURL(script);
}

test("a thread that asks for more memory than it may have is ended, with that reason, and the next request gets another", async () => {
  const hoards =
    'const all = []; while (request === "much") all.push(new Array(1e5).fill({})); return { response: request, transfer: [] };';
  const pool = new WorkerPool<string, string>(servingWorker(hoards), 1, null, { heapMegabytes: 32 });
  expect(await pool.run("much").catch((error) => error)).toBeInstanceOf(WorkerOutOfMemory);
  expect(await pool.run("little")).toBe("little");
  await pool.close();
});

test("a thread whose modules cannot be loaded says so, and one that fails later does not", async () => {
  const script = join(temporaryFolder(), "missing.mjs");
  writeFileSync(script, 'import "no-such-package";');
  const missing = new WorkerPool<string, string>(pathToFileURL(script), 1, null);
  const fault = await missing.run("any").catch((error) => error);
  expect(fault).toBeInstanceOf(WorkerNotStarted);
  expect(fault.message).toContain("no-such-package");
  await missing.close();
  const failing = new WorkerPool<string, string>(
    servingWorker("setTimeout(() => { throw new Error(request); }, 200); await new Promise(() => {});"),
    1,
    null,
  );
  const later = await failing.run("later").catch((error) => error);
  expect(later).not.toBeInstanceOf(WorkerNotStarted);
  expect(later.message).toBe("later");
  await failing.close();
});

test("a thread that says that an answer is its last gets no further request", async () => {
  const counts = "globalThis.count = (globalThis.count ?? 0) + 1; return { response: globalThis.count, transfer: [], isLast: request };";
  const pool = new WorkerPool<boolean, number>(servingWorker(counts), 1, null);
  expect(await Promise.all([false, true, false, false].map((isLast) => pool.run(isLast)))).toEqual([1, 2, 1, 2]);
  await pool.close();
});
