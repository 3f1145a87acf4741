/**
 * Part of `scan.mjs`: reads and decodes the photos of a folder as a scan does, and nothing else; or encodes as many
 * pictures that lie ready in memory. Tells the wall time and the processor time of that.
 */
import { availableParallelism } from "node:os";

const { createDecoder } = await import("../dist/io/photos/decode.js");
const { createEncoderPool } = await import("../dist/io/encoders/encoder-pool.js");
const { identify } = await import("../dist/io/photos/identify.js");
const { ModelStore } = await import("../dist/io/encoders/model-store.js");
const { createWalk } = await import("../dist/io/photos/walk.js");
const { inParallel } = await import("../dist/pipeline/in-parallel.js");

/** Pictures kept ready for the encoder, 77 kB each; beyond that many they are used again, since all take the same time. */
const READY_AT_MOST = 2000;

const [part, folder] = process.argv.slice(2);
const threads = availableParallelism();
/** As many photos under way as in a scan. */
const parallel = threads * 2;
const encoder = await new ModelStore({ folder: "/nowhere", lock: null }).open("dupfind-lite");
const { image } = encoder.spec;
const decoder = createDecoder({ resize: image.resize, maxMegapixels: 250, threads });

const files = [];
for await (const entry of createWalk([{ path: folder, exclude: [], followLinks: false }])())
  if (entry.kind === "photo") files.push(entry.file);
files.sort((one, other) => (one.path < other.path ? -1 : 1));

const figures = part === "decode" ? await measured(() => decodeAll(files)) : await encodeAll();
await decoder.close();
console.log(JSON.stringify({ count: files.length, samples: files.slice(0, threads).map(({ path }) => path), ...figures }));

async function encodeAll() {
  const ready = [];
  await decodeAll(files.slice(0, READY_AT_MOST), (pixels) => ready.push(pixels));
  const pool = createEncoderPool(encoder, threads);
  // The pool takes the buffer it is given, so each picture goes as a copy.
  const encode = (index) => pool.encode({ ...ready[index % ready.length], data: ready[index % ready.length].data.slice() });
  // Starts every thread and has it load the model.
  await Promise.all(Array.from({ length: parallel }, (_, index) => encode(index)));
  const figures = await measured(() => drain(inParallel(files.keys(), parallel, encode)));
  await pool.close();
  return figures;
}

async function decodeAll(files, use = () => {}) {
  await drain(
    inParallel(files, parallel, async (file) => {
      const identified = await identify(file);
      if (!identified.ok) throw new Error(`Expected to read ${file.path}: ${identified.skipped.reason}`);
      const decoded = await decoder.decode(identified.value);
      if (!decoded.ok) throw new Error(`Expected to decode ${file.path}: ${decoded.skipped.reason}`);
      use(decoded.value.pixels);
    }),
  );
}

async function drain(results) {
  for await (const _ of results);
}

async function measured(work) {
  const before = process.cpuUsage();
  const begun = performance.now();
  await work();
  const wall = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { wall, processor: (user + system) / 1e6 };
}
