/**
 * The first and the last words of a calibration: what to expect in this library, and what became of the threshold.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import type { CalibrationRefusal } from "../../core/calibration/calibration-refusal.ts";
import { counted, day, fewFigures, grouped, percent, shownThreshold } from "../words.ts";

/** What could be typed next, as whole commands. */
export interface NextSteps {
  readonly label: string;
  readonly calibrate: string;
}

/** What a person may expect of a report on this library. */
export function expectationSentence({ library }: Pick<Calibration, "library">): string {
  const { threshold, pairsListed, pairsFound, falsePairs, wrongShare } = library;
  const listed = `In this library a report at ${shownThreshold(threshold)} lists ${pairsListed === 0 ? "no pair" : counted(pairsListed, "pair")}`;
  if (pairsListed === 0) return `${listed}.`;
  if (falsePairs === null || wrongShare === null) return `${listed}. There are too few photos to estimate how many of them are wrong.`;
  const show = (count: number) => (count > 0 && count < 1 ? "under 1" : count === pairsFound ? grouped(count) : fewFigures(count));
  const { expected, low, high } = falsePairs;
  return `${listed}: expect ${show(expected)} of them to be wrong, ${percent(wrongShare.expected)} (95 %: ${show(low)} to ${show(high)}).`;
}

/** What became of a calibration, and what to type next. */
export interface Outcome {
  readonly sentences: readonly string[];
  /** Whole commands, in their order; none where there is nothing to do. */
  readonly commands: readonly string[];
}

export function outcomeOf(calibration: Calibration, next: NextSteps): Outcome {
  const { saved, refusal, reportThreshold, chosen, precision } = calibration;
  const shown = shownThreshold(reportThreshold);
  if (refusal !== null) {
    const { advice, commands } = remedy(refusal, calibration, next);
    return { sentences: [`Nothing was saved: ${reasonWords(refusal, calibration)}. Reports keep ${shown}.`, advice], commands };
  }
  if (!saved || chosen === null) return { sentences: ["Nothing was saved."], commands: [] };
  if (chosen.precision >= precision)
    return { sentences: ["Saved: dupfind report uses it; report --precision chooses another precision."], commands: [] };
  const sentence = `Saved: dupfind report uses ${shown}, the best that these pairs support. More labels would support more:`;
  return { sentences: [sentence], commands: [next.label, next.calibrate] };
}

function reasonWords(refusal: CalibrationRefusal, { chosen, labels }: Calibration): string {
  switch (refusal.reason) {
    case "too-few-pairs":
      return "these pairs are too few, or too often wrong, to support a threshold";
    case "contradicted":
      return `what is expected in this library contradicts a precision of ${chosen?.precision}`;
    case "rests-on-less":
      return `the calibration of ${day(refusal.createdAt)} rests on ${counted(refusal.labels, "label")}, this one on ${grouped(labels)}`;
  }
}

function remedy({ reason }: CalibrationRefusal, { source }: Calibration, { label, calibrate }: NextSteps) {
  if (reason === "rests-on-less") return { advice: "Calibrate with all labels together, or replace it with --force.", commands: [] };
  const advice = source === "synthetic" ? "Label pairs of this library and calibrate with them:" : "Label more pairs and calibrate again:";
  return { advice, commands: [label, calibrate] };
}
