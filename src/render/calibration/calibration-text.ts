/**
 * A calibration for a person at a terminal.
 */
import type { Calibration } from "../../core/calibration/calibration.ts";
import { encoderTitle } from "../../core/encoders/encoder.ts";
import type { DisputedPair } from "../../core/pairs/labelled-pair.ts";
import { counted, grouped, shownPath, shownSimilarity } from "../words.ts";
import { expectationSentence, type NextSteps, outcomeOf } from "./calibration-outcome.ts";
import { evidenceSentences, guaranteeTable, librarySentences, lookAgain, thresholdSentences } from "./calibration-words.ts";
import { editTable, suspectSentences, syntheticSentences } from "./synthetic-words.ts";

const WIDTH = 80;
/** More stand on the page. */
const PAIRS_SHOWN = 5;

export function renderCalibrationText(calibration: Calibration, next: NextSteps, workingFolder: string): string {
  const { encoder, pairs, averagePrecision, disputed } = calibration;
  const outcome = outcomeOf(calibration, next);
  const blocks = [
    wrapped(expectationSentence(calibration)),
    [
      `${counted(pairs.same + pairs.different, "pair")} of ${counted(pairs.photos, "distinct photo")}: ${grouped(pairs.same)} the same, ${grouped(pairs.different)} different.`,
      `Encoder ${encoderTitle(encoder)}, average precision ${averagePrecision.toFixed(3)}.`,
    ],
    thresholdSentences(calibration).flatMap(wrapped),
    renderTable(calibration),
    renderEdits(calibration),
    [...evidenceSentences(calibration), ...librarySentences(calibration)].flatMap(wrapped),
    ...renderSuspects(calibration, workingFolder),
    renderPairs("False positives, the most similar first", disputed.wrong, workingFolder),
    renderPairs("Missed, the least similar first", disputed.missed, workingFolder),
    lookAgain(calibration).flatMap(wrapped),
    [...outcome.sentences.flatMap(wrapped), ...outcome.commands.map((command) => `  ${command}`)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function renderTable(calibration: Calibration): readonly string[] {
  const head = {
    precision: "guaranteed",
    threshold: "threshold",
    observedPrecision: "precision",
    recall: "recall",
    falsePositives: "false positives",
  };
  return [head, ...guaranteeTable(calibration)].map(({ precision, threshold, observedPrecision, recall, falsePositives }) =>
    [
      String(precision).padEnd(10),
      ...[threshold, observedPrecision, recall].map((cell) => cell.padStart(11)),
      falsePositives === "" ? "" : falsePositives.padStart(17),
    ]
      .join("")
      .trimEnd(),
  );
}

function renderPairs(title: string, pairs: readonly DisputedPair[], workingFolder: string): readonly string[] {
  if (pairs.length === 0) return [];
  return [
    `${title}:`,
    ...pairs
      .slice(0, PAIRS_SHOWN)
      .flatMap(({ similarity, pictures: [one, other] }) => [
        `${shownSimilarity(similarity).padEnd(7)}  ${shownPath(one.name, workingFolder)}`,
        `         ${shownPath(other.name, workingFolder)}`,
      ]),
  ];
}

function renderEdits({ synthetic, library }: Calibration): readonly string[] {
  return synthetic === null ? [] : [...syntheticSentences(synthetic, library.threshold).flatMap(wrapped), ...editTable(synthetic.edits)];
}

function renderSuspects({ synthetic }: Calibration, workingFolder: string): readonly (readonly string[])[] {
  if (synthetic === null || synthetic.suspects.count === 0) return [];
  const { mostDoubtful } = synthetic.suspects;
  return [suspectSentences(synthetic).flatMap(wrapped), renderPairs("The most doubtful of them", mostDoubtful, workingFolder)];
}

/** The sentence on lines of a terminal's width. */
function wrapped(sentence: string): readonly string[] {
  return sentence.match(new RegExp(`.{1,${WIDTH}}(?:\\s|$)|\\S+`, "g"))?.map((line) => line.trimEnd()) ?? [];
}
