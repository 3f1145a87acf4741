/**
 * Part of `fuzz.mjs`: decodes every file of a folder twice, the second time in another order and beside other files, and tells its
 * parent what became of each.
 */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";

const [folder, seed, threads, limitSeconds] = process.argv.slice(2);
// As the program sets it, before anything uses the pool.
process.env["UV_THREADPOOL_SIZE"] ??= String(Math.max(4, Number(threads)));

const { createDecoder } = await import("../dist/io/photos/decode.js");
const { inParallel } = await import("../dist/pipeline/in-parallel.js");
const { peakResidentBytes } = await import("./measure.mjs");
const { seededRandom } = await import("./random.mjs");

const decoder = createDecoder({ resize: { fit: "squash", size: 224, kernel: "cubic" }, maxMegapixels: 250, threads: Number(threads) });
const random = seededRandom(Number(seed));
const names = readdirSync(folder).sort();
const shuffled = names
  .map((name) => [random(), name])
  .sort(([one], [other]) => one - other)
  .map(([, name]) => name);

for (const [round, order] of [names, shuffled].entries())
  for await (const result of inParallel(order, Number(threads) * 2, decode)) process.send({ ...result, round });
await decoder.close();
process.send({ peakBytes: peakResidentBytes() });
process.disconnect();

async function decode(name) {
  const path = join(folder, name);
  const { size, mtimeMs } = await stat(path);
  const begun = performance.now();
  const late = new Promise((resolve) => setTimeout(resolve, limitSeconds * 1000, null).unref());
  const outcome = await Promise.race([
    decoder.decode({ file: { path, bytes: size, modifiedMs: mtimeMs, changedMs: null, fileId: name }, hash: "" }),
    late,
  ]);
  const seconds = (performance.now() - begun) / 1000;
  if (outcome === null) return { name, seconds, kind: "hangs", detail: "" };
  if (!outcome.ok) return { name, seconds, kind: outcome.skipped.reason, detail: outcome.skipped.detail.replaceAll(path, "<file>") };
  const { pixels } = outcome.value;
  return { name, seconds, kind: "compared", detail: createHash("sha256").update(pixels.data).digest("hex") };
}
