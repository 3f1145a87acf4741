/**
 * Decodes damaged files of every format and counts what becomes of them. None may end the process, hang, print a word, or give
 * other pixels or another reason when it is decoded again.
 *
 *     npm run build && node bench/fuzz.mjs [files] [seed] [threads]
 */
import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { damage, writeSources } from "./fuzz-files.mjs";
import { seededRandom } from "./random.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const [files = 3000, seed = 1, threads = availableParallelism()] = process.argv.slice(2).map(Number);
/** What takes longer is called a hang. */
const LIMIT_SECONDS = 60;
const LISTED_AT_MOST = 20;

const folder = makeTemporaryFolder();
const random = seededRandom(seed);
const sources = await writeSources();
for (let i = 0; i < files; i++) {
  const { name, bytes } = damage(sources, random);
  writeFileSync(join(folder, `${String(i).padStart(6, "0")}-${name}`), bytes);
}

const begun = performance.now();
const { rounds, peakBytes, exit, printed } = await decodeAll();
const [first, second] = rounds;
const unstable = [...first].filter(([name, { kind, detail }]) => second.has(name) && differs(second.get(name), kind, detail));
const hung = [...first, ...second].filter(([, { kind }]) => kind === "hangs");
const slowest = [...first, ...second].sort(([, one], [, other]) => other.seconds - one.seconds)[0];

console.log(`${files} files, seed ${seed}, ${threads} threads, each decoded twice in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
for (const [kind, count] of countBy(first)) console.log(`  ${String(count).padStart(6)} ${kind}`);
console.log(`slowest: ${slowest?.[1].seconds.toFixed(1)} s, ${slowest?.[0]}`);
console.log(`peak resident memory: ${(peakBytes / 1e6).toFixed(0)} MB`);
const faults = [
  fault("ended the process", exit === 0 ? [] : [`exit ${exit} after ${first.size + second.size} files`]),
  fault(
    "hang",
    hung.map(([name]) => name),
  ),
  fault(
    "give something else the second time",
    unstable.map(([name, one]) => `${name}: ${one.kind} ${one.detail} / ${second.get(name).kind} ${second.get(name).detail}`),
  ),
  fault("printed", printed === "" ? [] : printed.trimEnd().split("\n")),
];
process.exitCode = faults.some((count) => count > 0) ? 1 : 0;

function decodeAll() {
  return new Promise((resolve) => {
    const results = { rounds: [new Map(), new Map()], peakBytes: 0, printed: "" };
    const part = fork(new URL("./fuzz-part.mjs", import.meta.url), [folder, seed, threads, LIMIT_SECONDS].map(String), { silent: true });
    for (const stream of [part.stdout, part.stderr])
      stream.on("data", (text) => {
        results.printed += text;
      });
    part.on("message", (message) => {
      if ("peakBytes" in message) results.peakBytes = message.peakBytes;
      else results.rounds[message.round].set(message.name, message);
    });
    part.on("close", (code, signal) => resolve({ ...results, exit: signal ?? code }));
  });
}

function differs(other, kind, detail) {
  return other.kind !== kind || other.detail !== detail;
}

/** By what became of them, the most frequent first. */
function countBy(results) {
  const counts = new Map();
  for (const { kind } of results.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

function fault(what, cases) {
  console.log(`${what}: ${cases.length}`);
  for (const line of cases.slice(0, LISTED_AT_MOST)) console.log(`    ${line}`);
  return cases.length;
}
