/**
 * What the second look says of labelled pairs, by kind and half: gathers and draws them first, into a folder that is kept.
 *
 *     node bench/look.mjs [folder] [--clones <folder>] [--photos <folder>] [--categories <folder>] [--labels <file>] [--held]
 *       [--kinds <pattern>] [--most <pairs>] [--threads 1] [--worst <folder>] [--pages 10] [--save <file>] [--before <file>] [--look <module>]
 *       [--end-to-end]
 *
 * `--clones`, `--photos`, `--categories`, `--labels`: where its pictures come from, as `look/gather.mjs` has it; a part whose
 * pictures are not there is left out, and said. The half `held` is for the end: tuning sees `tune` alone. Times are taken with one
 * thread. `--most` takes so many pairs of each kind. `--worst` writes contact sheets of the worst cases. `--save` keeps every verdict, `--before` names the file of an
 * earlier run to compare with. `--look` takes another module in place of the program's. `--end-to-end` scans all the pictures as
 * one library and counts false extras.
 *
 * Columns: `proposed` are the pairs at or above the encoder's floor, the only ones a scan would look at; `false` are called the
 * same and are not, `missed` are called different and are copies; `encoder` are both faults of the encoder alone, `before` those
 * of the earlier run.
 */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { figuresOf, writeContactSheets } from "./look/contact-sheets.mjs";
import { reportOn } from "./look/end-to-end.mjs";
import { gather } from "./look/gather.mjs";
import { readPairs, readUnjudged } from "./look/gathering.mjs";
import { similaritiesOf } from "./look/nearest.mjs";
import { printExtras, printTable, printTotals, readVerdicts, saveVerdicts, tally } from "./look/tables.mjs";
import { judge, worstOf } from "./look/verdicts.mjs";
import { printRaw } from "./measure.mjs";
import { makeTemporaryFolder } from "./temporary-folder.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clones: { type: "string" },
    photos: { type: "string" },
    categories: { type: "string" },
    labels: { type: "string" },
    held: { type: "boolean", default: false },
    kinds: { type: "string", default: "" },
    most: { type: "string", default: "Infinity" },
    threads: { type: "string", default: "1" },
    worst: { type: "string" },
    pages: { type: "string", default: "10" },
    save: { type: "string" },
    before: { type: "string" },
    look: { type: "string" },
    "end-to-end": { type: "boolean", default: false },
  },
});

const folder = resolve(positionals[0] ?? join(tmpdir(), "dupfind-look"));
if (!existsSync(join(folder, "pairs.csv"))) await gather(folder, values);
const half = values.held ? "held" : "tune";
const wanted = new RegExp(values.kinds);
const pairs = spread(
  readPairs(folder).filter((pair) => pair.half === half && wanted.test(pair.kind)),
  Number(values.most),
);
if (values["end-to-end"]) printEndToEnd();
else await printLook();

/** So many pairs of each kind and truth, evenly spread over them. */
function spread(all, most) {
  const groups = new Map();
  for (const pair of all) {
    const key = `${pair.kind}\n${pair.truth}`;
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return [...groups.values()].flatMap((group) => {
    const step = Math.max(1, group.length / most);
    return Array.from({ length: Math.ceil(group.length / step) }, (_, i) => group[Math.floor(i * step)]);
  });
}

async function printLook() {
  const { openLook } = await import(
    values.look === undefined ? "../dist/engine/look/look-at-files.js" : pathToFileURL(resolve(values.look)).href
  );
  const similarities = similaritiesOf(pairs, join(folder, "vectors-pictures.jsonl"));
  const threads = Number(values.threads);
  const looker = await openLook(threads);
  const judgement = await judge(looker, pairs, { threads, onProgress });
  await looker.close();
  for (const failure of judgement.failed) console.error(`not looked at: ${failure}`);

  const before = values.before === undefined ? new Map() : readVerdicts(values.before);
  const rows = tally(judgement.judged, { similarityOf: lookUp(similarities), before });
  printTable(half, rows);
  if (values.save !== undefined) saveVerdicts(values.save, judgement.judged);
  if (values.worst !== undefined) await writeWorst(resolve(values.worst), judgement.judged, lookUp(similarities));
  printTotals(rows, judgement);
}

function lookUp(similarities) {
  const known = new Map(pairs.map((pair, at) => [pair, similarities[at]]));
  return (pair) => known.get(pair);
}

async function writeWorst(into, judged, similarityOf) {
  for (const [name, worst] of worstOf(judged)) {
    const shown = worst.map(({ pair, look }) => ({
      a: pair.a,
      b: pair.b,
      lines: [`${pair.kind}: ${pair.truth}, said ${look.verdict}`, `similarity ${similarityOf(pair).toFixed(2)}, ${figuresOf(look)}`],
    }));
    const pages = await writeContactSheets(into, name.replaceAll(/\W+/g, "-"), shown, Number(values.pages));
    printRaw(`${name}: ${worst.length} pairs, ${pages} pages in ${into}`);
  }
}

function printEndToEnd() {
  const { pictures, seconds, extras } = reportOn(pairs, readUnjudged(folder), makeTemporaryFolder());
  printRaw(`${pictures} pictures (${half}), scanned in ${seconds.toFixed(0)} s, ${extras.length} extras`);
  printExtras(extras);
}

function onProgress(done) {
  if (process.stderr.isTTY && (done % 20 === 0 || done === pairs.length))
    process.stderr.write(`\r${done} of ${pairs.length} pairs${done === pairs.length ? "\n" : ""}`);
}
