/**
 * Asks the look about pairs of files, and counts what it says against the truth.
 */

/** @typedef {import("./gathering.mjs").LabelledPair} LabelledPair */
/** @typedef {"same" | "altered" | "different" | "undecided"} Verdict */
/** @typedef {{ readonly verdict: Verdict, readonly agreement: number } & Readonly<Record<string, unknown>>} Look */
/** @typedef {{ look: (one: string, other: string) => Promise<Look>, close: () => Promise<void> }} Looker */
/** @typedef {{ readonly pair: LabelledPair, readonly look: Look }} Judged */
/** @typedef {"false" | "missed"} Fault false: called the same and is not; missed: called different and is the same picture */

export const VERDICTS = /** @type {const} */ (["same", "altered", "different", "undecided"]);

/** Of every so many pairs, one is timed. */
const TIMED_EVERY = 8;

/**
 * @typedef {object} Judgement
 * @property {readonly Judged[]} judged in order of the pairs
 * @property {readonly string[]} failed what could not be looked at, and why
 * @property {number} photoSeconds median; a pair looked at a second time costs its comparing alone, if its photos are still known
 * @property {number} pairSeconds median
 */

/**
 * @param {Looker} looker
 * @param {readonly LabelledPair[]} pairs
 * @param {{ threads: number, onProgress: (done: number) => void }} options times are taken with one thread only
 * @returns {Promise<Judgement>}
 */
export async function judge(looker, pairs, { threads, onProgress }) {
  const judged = [];
  const failed = [];
  const timed = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < pairs.length) {
      const at = next++;
      const pair = pairs[at];
      try {
        const begun = performance.now();
        judged[at] = { pair, look: await looker.look(pair.a, pair.b) };
        const first = performance.now() - begun;
        if (threads === 1 && at % TIMED_EVERY === 0) timed.push({ first, again: await timeOf(() => looker.look(pair.a, pair.b)) });
      } catch (error) {
        failed.push(`${pair.a} and ${pair.b}: ${error instanceof Error ? error.message : error}`);
      }
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return {
    judged: judged.filter((one) => one !== undefined),
    failed,
    photoSeconds: medianOf(timed.map(({ first, again }) => Math.max(0, first - again) / 2)) / 1000,
    pairSeconds: medianOf(timed.map(({ again }) => again)) / 1000,
  };
}

/**
 * @param {Judged} judged
 * @returns {Fault | undefined} altered for different is none: nobody deletes it unseen; nor is undecided
 */
export function faultOf({ pair, look }) {
  if (look.verdict === "same" && pair.truth !== "same") return "false";
  if (look.verdict === "different" && pair.truth !== "different") return "missed";
  return undefined;
}

/**
 * The worst first: what would be lost, what would be kept twice, then what is held for altered and is not, and what was left open.
 * @param {readonly Judged[]} judged
 * @returns {Map<string, readonly Judged[]>} by what is wrong with them
 */
export function worstOf(judged) {
  const surest = (one, other) => other.look.agreement - one.look.agreement;
  const having = (test) => judged.filter(test);
  return new Map([
    ["false", having((one) => faultOf(one) === "false").sort(surest)],
    ["missed", having((one) => faultOf(one) === "missed").sort(surest)],
    ["altered, but different", having(({ pair, look }) => pair.truth === "different" && look.verdict === "altered").sort(surest)],
    ["altered, but the same", having(({ pair, look }) => pair.truth === "same" && look.verdict === "altered").sort(surest)],
    ["undecided", having(({ look }) => look.verdict === "undecided").sort(surest)],
  ]);
}

/** @returns {Promise<number>} milliseconds */
async function timeOf(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** @returns {number} NaN of none */
function medianOf(values) {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
