/**
 * What a calibration guarantees and what it cannot, in plain sentences: for the terminal and for the page.
 */
import { type Calibration, guaranteeFor, highestToAsk } from "../../core/calibration/calibration.ts";
import { allPairs } from "../../core/calibration/false-pair-estimate.ts";
import { LEAST_PRECISION } from "../../core/calibration/precision-range.ts";
import { counted, grouped, percent, shownThreshold } from "../words.ts";

const WRONG_LABELS = "Check these again: one wrong label can cost more precision than a hundred labels add.";

/** What to make of the pairs that a calibration could not place. */
export const LOOK_AGAIN: Readonly<Record<Calibration["source"], { readonly wrong: string; readonly missed: string }>> = {
  labels: { wrong: WRONG_LABELS, missed: WRONG_LABELS },
  synthetic: {
    wrong: "If one of these pairs of different photos is a duplicate after all, the threshold is too high.",
    missed: "Each pair is one photo, edited as the names say.",
  },
};

/** The advice on both kinds, as far as there are any, each sentence once. */
export function lookAgain({ source, disputed }: Calibration): readonly string[] {
  const { wrong, missed } = LOOK_AGAIN[source];
  return [...new Set([...(disputed.wrong.length > 0 ? [wrong] : []), ...(disputed.missed.length > 0 ? [missed] : [])])];
}

/** The answer, and how sure it is. */
export function thresholdSentences({ precision, threshold, pairsToGuarantee, highestGuarantee }: Calibration): readonly string[] {
  const { guaranteed, limitedByFloor, observed, interval } = threshold;
  const chance =
    observed === null
      ? `No threshold has a precision of ${precision} even on these pairs.`
      : `On these pairs ${shownThreshold(observed)} is the lowest that has it (95 % interval: ${shownInterval(interval)}).`;
  if (guaranteed === null) {
    const best = highestToAsk(highestGuarantee);
    const next = best >= LEAST_PRECISION ? ` They guarantee ${best} at most: use --precision ${best}.` : "";
    return [
      `These pairs cannot guarantee a precision of ${precision}.${next}`,
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

function shownInterval(interval: Calibration["threshold"]["interval"]): string {
  if (interval === null) return "unknown";
  const { low, high } = interval;
  return high === null ? `${shownThreshold(low)} or higher, if any` : `${shownThreshold(low)} to ${shownThreshold(high)}`;
}

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
  sentences.push(
    source === "labels"
      ? "This holds for pairs like the labelled ones. Pairs picked because they look alike are harder than a library's; pairs picked at random are easier."
      : "This holds for edits like these. Heavier edits are missed more often.",
  );
  const { sameBytes, nearlyEmpty, differentExposures } = excluded;
  const reasons = [
    sameBytes > 0 ? `${grouped(sameBytes)} with the same bytes` : "",
    nearlyEmpty > 0 ? `${grouped(nearlyEmpty)} with almost nothing to see` : "",
    differentExposures > 0 ? `${grouped(differentExposures)} of different exposures` : "",
  ].filter((part) => part !== "");
  if (reasons.length > 0) sentences.push(`Excluded, because no threshold decides them: ${reasons.join(", ")}.`);
  return sentences;
}

/** What the threshold is up against in the whole library. */
export function librarySentences({ library, source }: Calibration): readonly string[] {
  const { photos, threshold, pairsFound, falsePairs } = library;
  const size = `${counted(photos, "photo")} in this library form ${counted(allPairs(photos), "pair")}; ${grouped(pairsFound)}${source === "labels" ? " not labelled the same" : " of them"} reach ${shownThreshold(threshold)}.`;
  if (falsePairs === null) return [`${size} There are too few photos to estimate how many of these are false.`];
  const { expected, low, high, check } = falsePairs;
  const show = (count: number) => (count === pairsFound ? grouped(count) : fewFigures(count));
  return [
    `${size} Expected false pairs among these: ${show(expected)} (95 %: ${show(low)} to ${show(high)}).`,
    `The estimate extrapolates how the most similar unrelated pairs thin out: at ${shownThreshold(check.from)} and above it expects ${fewFigures(check.expected)} where ${grouped(check.counted)} are counted.`,
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
