/**
 * Part of `pairs.mjs`: the rate of the bare matrix product on blocks of the pair search's shape, with all processors.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "../dist/io/encoders/onnx-runtime.js";
import { randomUnitVector, seededRandom } from "./random.mjs";

/** Made by `make_gemm.py`. */
const GRAPH = fileURLToPath(new URL("./gemm.onnx", import.meta.url));
/** The pair search's own. */
const QUERY_ROWS = 1024;
const BASE_ROWS = 8192;

const [dimensions, atLeastSeconds] = process.argv.slice(2).map(Number);
const session = await InferenceSession.create(GRAPH, { intraOpNumThreads: availableParallelism(), interOpNumThreads: 1 });
const random = seededRandom(4);
const blocks = { queries: block(QUERY_ROWS), base: block(BASE_ROWS) };
// The first run takes memory that the later ones use again.
await session.run(blocks);

let runs = 0;
const begun = performance.now();
let seconds = 0;
while (seconds < atLeastSeconds) {
  await session.run(blocks);
  runs++;
  seconds = (performance.now() - begun) / 1000;
}
console.log(JSON.stringify({ gigaflops: (2 * dimensions * QUERY_ROWS * BASE_ROWS * runs) / seconds / 1e9 }));

function block(rows) {
  const values = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) values.set(randomUnitVector(random, dimensions), row * dimensions);
  return new Tensor("float32", values, [rows, dimensions]);
}
