/**
 * What the benchmark prints: a row for each kind, with what the encoder alone would have said, and a line of ratios.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { atMost, figure, printRatios, printRaw } from "../measure.mjs";
import { faultOf, VERDICTS } from "./verdicts.mjs";

/** From here on a report without a look lists a pair. */
const ENCODER_ALONE = 0.6;
/** Below it the encoder does not propose a pair, and nobody looks. */
const FLOOR = 0.4;

/** Classes whose extras nobody is given without asking for them. */
const BY_NAME_ONLY = /altered|undecided|burst/i;
/** Kinds of pages and screens: two of them that differ may hardly ever be called altered. */
const TEXT = /^(receipts|papers|screens|apps|drawn)/;

/** @typedef {import("./verdicts.mjs").Judged} Judged */
/** @typedef {import("./gathering.mjs").LabelledPair} LabelledPair */
/**
 * @typedef {object} Row
 * @property {string} kind
 * @property {import("./gathering.mjs").Truth} truth
 * @property {number} pairs
 * @property {number} proposed by the encoder
 * @property {number} encoderFaults pairs that the encoder alone calls the same and are not, or the other way round
 * @property {number} earlierFaults of the run to compare with; NaN without one
 * @property {Record<import("./verdicts.mjs").Verdict, number>} verdicts
 * @property {Record<import("./verdicts.mjs").Fault, number>} faults
 */

/**
 * @param {readonly Judged[]} judged
 * @param {{ similarityOf: (pair: LabelledPair) => number, before: ReadonlyMap<string, import("./verdicts.mjs").Verdict> }} known
 * @returns {readonly Row[]} in order of the kinds' names
 */
export function tally(judged, { similarityOf, before }) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const one of judged) {
    const { pair, look } = one;
    const key = `${pair.kind}\n${pair.truth}`;
    const row = rows.get(key) ?? emptyRow(pair, before.size > 0);
    rows.set(key, row);
    row.pairs++;
    row.verdicts[look.verdict]++;
    const similarity = similarityOf(pair);
    if (similarity >= FLOOR) row.proposed++;
    if (faultOf({ pair, look: { verdict: similarity >= ENCODER_ALONE ? "same" : "different", agreement: 0 } }) !== undefined)
      row.encoderFaults++;
    const earlier = before.get(keyOf(pair));
    if (earlier !== undefined && faultOf({ pair, look: { verdict: earlier, agreement: 0 } }) !== undefined) row.earlierFaults++;
    const fault = faultOf(one);
    if (fault !== undefined) row.faults[fault]++;
  }
  return [...rows.values()].sort((one, other) => (one.kind < other.kind ? -1 : 1));
}

/** @param {string} half @param {readonly Row[]} rows */
export function printTable(half, rows) {
  const width = Math.max(...rows.map(({ kind }) => kind.length), 20);
  const line = (cells) => printRaw(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(width) : String(cell).padStart(9))).join(" "));
  line([`kind (${half})`, "truth", "pairs", "proposed", ...VERDICTS, "false", "missed", "encoder", "before"]);
  for (const { kind, truth, pairs, proposed, encoderFaults, earlierFaults, verdicts, faults } of rows)
    line([
      kind,
      truth,
      pairs,
      proposed,
      ...VERDICTS.map((verdict) => verdicts[verdict] || "·"),
      faults.false || "·",
      faults.missed || "·",
      encoderFaults || "·",
      Number.isNaN(earlierFaults) ? "" : earlierFaults || "·",
    ]);
}

/** @param {readonly Row[]} rows @param {import("./verdicts.mjs").Judgement} judgement */
export function printTotals(rows, { failed, photoSeconds, pairSeconds }) {
  const different = rows.filter(({ truth }) => truth === "different");
  const text = different.filter(({ kind }) => TEXT.test(kind));
  const copies = rows.filter(({ truth }) => truth === "same");
  const edits = copies.filter(({ kind }) => kind.startsWith("photo: "));
  const times = `${(1000 * photoSeconds).toFixed(1)} ms a photo, ${(1000 * pairSeconds).toFixed(1)} ms a pair (medians)`;
  printRaw(`${Number.isNaN(pairSeconds) ? "not timed" : times}; ${failed.length} pairs not looked at`);
  printRatios("look", [
    atMost("different called the same", sum(different, "same"), 0),
    atMost("texts called altered / different texts", share(text, "altered"), 0.01),
    figure("different called altered / different", share(different, "altered")),
    atMost(
      "altered called the same",
      sum(
        rows.filter(({ truth }) => truth === "altered"),
        "same",
      ),
      0,
    ),
    atMost("missed of 1,000 edits", 1000 * (share(edits, "different") + share(edits, "undecided")), 5),
    figure("copies undecided", share(copies, "undecided")),
  ]);
}

/** @param {readonly import("./end-to-end.mjs").ListedExtra[]} extras */
export function printExtras(extras) {
  const classes = [...new Set(extras.map((extra) => extra.class))].sort();
  const truths = /** @type {const} */ (["the same", "altered", "not judged", "false"]);
  printRaw(["class".padEnd(20), ...truths.map((truth) => truth.padStart(11))].join(" "));
  for (const name of classes) {
    const mine = extras.filter((extra) => extra.class === name);
    printRaw(
      [name.padEnd(20), ...truths.map((truth) => String(mine.filter((extra) => extra.truth === truth).length).padStart(11))].join(" "),
    );
  }
  const wrong = extras.filter((extra) => extra.truth === "false" && !BY_NAME_ONLY.test(extra.class));
  const altered = extras.filter((extra) => extra.truth === "altered" && !BY_NAME_ONLY.test(extra.class));
  const kinds = [...new Set(wrong.map(({ kind }) => kind))].sort();
  for (const kind of kinds) printRaw(`false, ${kind}: ${wrong.filter((extra) => extra.kind === kind).length}`);
  printRatios("look, end to end", [atMost("false extras", wrong.length, 0), atMost("altered ones among the same", altered.length, 0)]);
}

/** @param {string} path @param {readonly Judged[]} judged */
export function saveVerdicts(path, judged) {
  writeFileSync(path, `${JSON.stringify(judged.map(({ pair, look }) => [keyOf(pair), look]))}\n`);
}

/** @param {string} path that `saveVerdicts` wrote @returns {Map<string, import("./verdicts.mjs").Verdict>} */
export function readVerdicts(path) {
  return new Map(JSON.parse(readFileSync(path, "utf8")).map(([key, { verdict }]) => [key, verdict]));
}

function keyOf({ a, b }) {
  return `${a}\n${b}`;
}

/** @returns {Row} */
function emptyRow({ kind, truth }, hasEarlier) {
  return {
    kind,
    truth,
    pairs: 0,
    proposed: 0,
    encoderFaults: 0,
    earlierFaults: hasEarlier ? 0 : Number.NaN,
    verdicts: { same: 0, altered: 0, different: 0, undecided: 0 },
    faults: { false: 0, missed: 0 },
  };
}

function sum(rows, verdict) {
  return rows.reduce((total, { verdicts }) => total + verdicts[verdict], 0);
}

function share(rows, verdict) {
  const all = rows.reduce((total, { pairs }) => total + pairs, 0);
  return all === 0 ? 0 : sum(rows, verdict) / all;
}
