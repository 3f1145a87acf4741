/**
 * What a calibration promises and what it cannot, in plain sentences: for the terminal and for the page.
 */
import { type Calibration, highestToAsk, promiseOf } from "../../core/calibration/calibration.ts";
import { allPairs } from "../../core/calibration/false-pair-estimate.ts";
import { LEAST_PRECISION } from "../../core/calibration/precision-range.ts";
import { counted, grouped, percent, shownThreshold } from "../words.ts";

const WRONG_LABELS = "Look at these again: one wrong label can cost more precision than a hundred labels bring.";

/** What to make of the pairs that a calibration could not place. */
export const LOOK_AGAIN: Readonly<Record<Calibration["source"], { readonly wrong: string; readonly missed: string }>> = {
  labels: { wrong: WRONG_LABELS, missed: WRONG_LABELS },
  synthetic: {
    wrong: "Where a pair of different photos is one of duplicates after all, the threshold came out too high.",
    missed: "Each of these is one photo, edited as its names say.",
  },
};

/** The advice on both kinds, as far as there are any, each sentence once. */
export function lookAgain({ source, disputed }: Calibration): readonly string[] {
  const { wrong, missed } = LOOK_AGAIN[source];
  return [...new Set([...(disputed.wrong.length > 0 ? [wrong] : []), ...(disputed.missed.length > 0 ? [missed] : [])])];
}

/** The answer, and how sure it is. */
export function thresholdSentences({ precision, threshold, pairsToPromise, bestPromise }: Calibration): readonly string[] {
  const { promised, heldByFloor, onLabels, interval } = threshold;
  const chance =
    onLabels === null
      ? `No threshold has a precision of ${precision} even on the pairs judged.`
      : `On the pairs judged ${shownThreshold(onLabels)} has it; with other photos of the kind that one would lie ${between(interval)} (95 %).`;
  if (promised === null) {
    const best = highestToAsk(bestPromise);
    const next = best >= LEAST_PRECISION ? ` They promise ${best} at most, which --precision ${best} asks for.` : "";
    return [
      `These pairs cannot promise a precision of ${precision}.${next}`,
      `It takes ${grouped(pairsToPromise)} pairs of the same picture, each of another photo, above the threshold and none wrong.`,
      chance,
    ];
  }
  return [
    `From ${shownThreshold(promised)} on at least ${precision} of the pairs are the same picture, in 95 of 100 samples like this one.`,
    ...(heldByFloor ? ["A lower threshold would promise it too, but less similar pairs are not kept."] : []),
    chance,
  ];
}

function between(interval: Calibration["threshold"]["interval"]): string {
  if (interval === null) return "nowhere that can be told";
  const { low, high } = interval;
  return high === null ? `above ${shownThreshold(low)}, or nowhere` : `between ${shownThreshold(low)} and ${shownThreshold(high)}`;
}

/** What so many pairs say of pairs that were not judged. */
export function promiseSentences({ pairs, at, falsePositiveRateAtMost, leftOut, source }: Calibration): readonly string[] {
  const sentences: string[] = [];
  if (at !== null && falsePositiveRateAtMost !== null) {
    const missed = pairs.same - at.truePositives;
    const wrong = at.falsePositives === 0 ? "None" : grouped(at.falsePositives);
    sentences.push(
      `${wrong} of ${counted(pairs.different, "different pair")} reach${at.falsePositives === 0 ? "es" : ""} the threshold: ` +
        `the rate among such pairs is ${percent(falsePositiveRateAtMost)} at most (95 %).`,
      `${missed === 0 ? "None" : grouped(missed)} of ${counted(pairs.same, "same pair")} ${missed < 2 ? "is" : "are"} missed.`,
    );
  }
  sentences.push(
    source === "labels"
      ? "This holds for pairs like the ones judged. Pairs picked because they look alike are harder than a library's, pairs picked at random easier."
      : "This holds for edits like the ones made. Copies that were edited harder are missed more often.",
  );
  const { sameBytes, nearlyEmpty, differentExposures } = leftOut;
  const decided = [
    sameBytes > 0 ? `${grouped(sameBytes)} with the same bytes` : "",
    nearlyEmpty > 0 ? `${grouped(nearlyEmpty)} with nearly nothing to see` : "",
    differentExposures > 0 ? `${grouped(differentExposures)} of different exposures` : "",
  ].filter((part) => part !== "");
  if (decided.length > 0) sentences.push(`Left out, as no threshold decides them: ${decided.join(", ")}.`);
  return sentences;
}

/** What the threshold is up against in the whole library. */
export function librarySentences({ library, source }: Calibration): readonly string[] {
  const { photos, threshold, pairsFound, wrongPairs } = library;
  const size = `${counted(photos, "photo")} of this library make ${counted(allPairs(photos), "pair")}; ${grouped(pairsFound)} of them${source === "labels" ? ", not judged the same," : ""} reach ${shownThreshold(threshold)}.`;
  if (wrongPairs === null) return [`${size} There are too few photos to tell how many of these are wrong.`];
  const { expected, low, high, check } = wrongPairs;
  const show = (count: number) => (count === pairsFound ? grouped(count) : fewFigures(count));
  return [
    `${size} Wrong among these: ${show(expected)} expected (95 %: ${show(low)} to ${show(high)}).`,
    `The estimate extrapolates how the most similar unrelated pairs thin out: from ${shownThreshold(check.from)} up it expects ${fewFigures(check.expected)} where ${grouped(check.counted)} are counted.`,
  ];
}

/** Two figures, and no pretence of counting what is nearly nothing. */
function fewFigures(count: number): string {
  if (count === 0) return "0";
  if (count < 0.01) return "under 0.01";
  return grouped(Number(count.toPrecision(2)));
}

export interface TableRow {
  readonly precision: number;
  readonly threshold: string;
  readonly onLabels: string;
  readonly recall: string;
  readonly falsePositives: string;
}

const SHOWN_PRECISIONS = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** For some precisions, and the one asked for, what promising them takes. */
export function promiseTable(calibration: Calibration): readonly TableRow[] {
  const precisions = [...new Set([...SHOWN_PRECISIONS, calibration.precision])].sort((one, other) => one - other);
  return precisions.map((precision) => {
    const point = promiseOf(calibration, precision);
    if (point === null) return { precision, threshold: "none", onLabels: "", recall: "", falsePositives: "" };
    return {
      precision,
      threshold: shownThreshold(point.threshold),
      onLabels: point.precision.toFixed(3),
      recall: point.recall.toFixed(3),
      falsePositives: percent(point.falsePositiveRate),
    };
  });
}
