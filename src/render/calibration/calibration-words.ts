/**
 * What a calibration guarantees and what it cannot, in plain sentences: for the terminal and for the page.
 */
import { type Calibration, guaranteeFor } from "../../core/calibration/calibration.ts";
import type { ChosenThreshold } from "../../core/calibration/chosen-threshold.ts";
import { highestToAsk } from "../../core/calibration/chosen-threshold.ts";
import { allPairs } from "../../core/calibration/false-pair-estimate.ts";
import { LEAST_PRECISION } from "../../core/calibration/precision-range.ts";
import { counted, fewFigures, grouped, percent, shownThreshold } from "../words.ts";

const WRONG_LABELS = "Check these again: one wrong label can cost more precision than a hundred labels add.";
const UNKNOWN_DUPLICATES = "If one of these pairs of different photos is a duplicate after all, the threshold is too high.";
const EDITED = "Each pair is one photo, edited as the names say.";

/** What to make of the pairs that a calibration could not place. */
export const LOOK_AGAIN: Readonly<Record<Calibration["source"], { readonly wrong: string; readonly missed: string }>> = {
  labels: { wrong: WRONG_LABELS, missed: WRONG_LABELS },
  synthetic: { wrong: UNKNOWN_DUPLICATES, missed: EDITED },
  "labels-and-synthetic": {
    wrong: `${WRONG_LABELS} ${UNKNOWN_DUPLICATES}`,
    missed: `${WRONG_LABELS} Where a name says so, the pair is one edited photo.`,
  },
};

/** The advice on both kinds, as far as there are any, each sentence once. */
export function lookAgain({ source, disputed }: Calibration): readonly string[] {
  const { wrong, missed } = LOOK_AGAIN[source];
  return [...new Set([...(disputed.wrong.length > 0 ? [wrong] : []), ...(disputed.missed.length > 0 ? [missed] : [])])];
}

/** The answer, and how sure it is. */
export function thresholdSentences({ precision, threshold, chosen, pairsToGuarantee, highestGuarantee }: Calibration): readonly string[] {
  const { guaranteed, limitedByFloor, observed, interval } = threshold;
  const chance =
    observed === null
      ? `No threshold has a precision of ${precision} even on these pairs.`
      : `On exactly these pairs, the lowest threshold with that precision is ${shownThreshold(observed)} (95 % interval: ${shownInterval(interval)}).`;
  if (guaranteed === null) {
    const best = highestToAsk(highestGuarantee);
    const next = best >= LEAST_PRECISION ? ` They guarantee ${best} at most: use --precision ${best}.` : "";
    return [
      `These pairs cannot guarantee a precision of ${precision}.${next}`,
      ...(chosen === null ? [] : [supportSentence(chosen, precision)]),
      `This needs ${grouped(pairsToGuarantee)} same-picture pairs from distinct photos above the threshold, with no errors.`,
      chance,
    ];
  }
  return [
    `A threshold of ${shownThreshold(guaranteed)} guarantees a precision of ${precision}: it holds in 95 of 100 samples like this one.`,
    ...(limitedByFloor ? ["A lower threshold would be guaranteed too, but less similar pairs are not stored."] : []),
    chance,
  ];
}

/** The best that can be had of pairs that do not guarantee what was asked for. */
function supportSentence({ threshold, precision, confidence }: ChosenThreshold, asked: number): string {
  // Rounded down: what is nearly sure is not sure.
  const sure = Math.floor(confidence * 100);
  return `The best they support is ${shownThreshold(threshold)}: a precision of ${precision} there in 95 of 100 samples like this one, and one of ${asked} with ${sure} % confidence.`;
}

function shownInterval(interval: Calibration["threshold"]["interval"]): string {
  if (interval === null) return "unknown";
  const { low, high } = interval;
  return high === null ? `${shownThreshold(low)} or higher, if any` : `${shownThreshold(low)} to ${shownThreshold(high)}`;
}

const LIKE_LABELS =
  "This holds for pairs like the labelled ones. Pairs picked because they look alike are harder than a library's; pairs picked at random are easier.";
const LIKE_EDITS = "This holds for edits like these. Heavier edits are missed more often.";
const LIKE_THESE: Readonly<Record<Calibration["source"], readonly string[]>> = {
  labels: [LIKE_LABELS],
  synthetic: [LIKE_EDITS],
  "labels-and-synthetic": [LIKE_LABELS, LIKE_EDITS],
};

/** What so many pairs say of pairs like them. */
export function evidenceSentences({ pairs, at, falsePositiveRateAtMost, excluded, source }: Calibration): readonly string[] {
  const sentences: string[] = [];
  if (at !== null && falsePositiveRateAtMost !== null) {
    const missed = pairs.same - at.truePositives;
    const wrong = at.falsePositives === 0 ? "None" : grouped(at.falsePositives);
    sentences.push(
      `${wrong} of ${counted(pairs.different, "different pair")} reach${at.falsePositives < 2 ? "es" : ""} the threshold: ` +
        `a false positive rate of at most ${percent(falsePositiveRateAtMost)} (95 %).`,
      `${missed === 0 ? "None" : grouped(missed)} of ${counted(pairs.same, "same pair")} ${missed < 2 ? "is" : "are"} missed.`,
    );
  }
  sentences.push(...LIKE_THESE[source]);
  const { sameBytes, nearlyEmpty, differentExposures, seenDifferent } = excluded;
  const reasons = [
    sameBytes > 0 ? `${grouped(sameBytes)} with the same bytes` : "",
    nearlyEmpty > 0 ? `${grouped(nearlyEmpty)} with almost nothing to see` : "",
    differentExposures > 0 ? `${grouped(differentExposures)} of different exposures` : "",
    seenDifferent > 0 ? `${grouped(seenDifferent)} that were seen to be different` : "",
  ].filter((part) => part !== "");
  if (reasons.length > 0) sentences.push(`Excluded, because no threshold decides them: ${reasons.join(", ")}.`);
  return sentences;
}

/** What the threshold is up against in the whole library. */
export function librarySentences({ library, source }: Calibration): readonly string[] {
  const { photos, threshold, pairsFound, falsePairs } = library;
  const size = `${counted(photos, "photo")} in this library form ${counted(allPairs(photos), "pair")}; ${grouped(pairsFound)}${source === "synthetic" ? " of them" : " not labelled the same"} reach ${shownThreshold(threshold)}.`;
  if (falsePairs === null) return [`${size} There are too few photos to estimate how many of these are false.`];
  const { expected, low, high, check } = falsePairs;
  const show = (count: number) => (count === pairsFound ? grouped(count) : fewFigures(count));
  return [
    `${size} Expected false pairs among these: ${show(expected)} (95 %: ${show(low)} to ${show(high)}).`,
    `The estimate extrapolates how the most similar unrelated pairs thin out: from ${shownThreshold(check.from)} up it predicts ${fewFigures(check.expected)}; ${grouped(check.counted)} were counted.`,
  ];
}

export interface TableRow {
  readonly precision: number;
  readonly threshold: string;
  readonly observedPrecision: string;
  readonly recall: string;
  readonly falsePositives: string;
}

const SHOWN_PRECISIONS = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/** For some precisions, and the one asked for, the threshold that guarantees each. */
export function guaranteeTable(calibration: Calibration): readonly TableRow[] {
  const precisions = [...new Set([...SHOWN_PRECISIONS, calibration.precision])].sort((one, other) => one - other);
  return precisions.map((precision) => {
    const point = guaranteeFor(calibration, precision);
    if (point === null) return { precision, threshold: "none", observedPrecision: "", recall: "", falsePositives: "" };
    return {
      precision,
      threshold: shownThreshold(point.threshold),
      observedPrecision: point.precision.toFixed(3),
      recall: point.recall.toFixed(3),
      falsePositives: percent(point.falsePositiveRate),
    };
  });
}
