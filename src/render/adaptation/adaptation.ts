/**
 * The answer of `dupfind adapt`, for a person at a terminal and as JSON (docs/reference/json/adapt.schema.json).
 */
import type { AdaptationAnswer, AdaptationFindings, Gain } from "../../core/adaptation/adaptation.ts";
import { encoderTitle } from "../../core/encoders/encoder.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, counted, grouped, shownThreshold } from "../words.ts";

export function renderAdaptationText(answer: AdaptationAnswer): string {
  const { encoder, findings } = answer;
  const { pairs } = findings;
  const blocks = [
    `${counted(pairs.same + pairs.different, "labelled pair")} of ${counted(pairs.photos, "distinct photo")}: ` +
      `${grouped(pairs.same)} the same, ${grouped(pairs.different)} different.\n` +
      `${encoderTitle(encoder)} on ${grouped(pairs.tested)} of them, each with a map learned without its photos:`,
    renderTable(findings),
    verdict(answer),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function renderTable({ plain, adapted, gain, precision }: AdaptationFindings): string {
  const rows = [
    ["", "plain", "adapted", "gain", "95 % bound"],
    row("average precision", plain.averagePrecision, adapted.averagePrecision, gain.averagePrecision),
    row(`recall at precision ${precision}`, plain.at?.recall ?? 0, adapted.at?.recall ?? 0, gain.recall),
  ];
  return rows
    .map(([name = "", ...cells]) => name.padEnd(26) + cells.map((cell, at) => cell.padStart(at === 3 ? 14 : 9)).join(""))
    .join("\n");
}

function row(name: string, plain: number, adapted: number, gain: Gain): readonly string[] {
  return [name, plain.toFixed(3), adapted.toFixed(3), signed(gain.value), signed(gain.low)];
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

function verdict({ encoder, findings, saved, dryRun }: AdaptationAnswer): string {
  if (!findings.better) return `${whyNot(findings)}\nNot better: nothing was saved; ${encoderTitle(encoder)} stays as it is.`;
  if (saved === null) return dryRun ? "Better. Nothing was saved." : "Better.";
  const { id, threshold, vectors, bytes } = saved;
  return [
    `Better: saved as ${id}, a map of ${byteSize(bytes)} for ${encoderTitle(encoder)}.`,
    `Threshold ${shownThreshold(threshold.value)}, from the same tests; pairs are stored from ${threshold.floor} up.`,
    vectors > 0 ? `${counted(vectors, "vector")} of the library mapped; no photo was read again.` : "The library has no photos yet.",
    `Use it with --model ${id}, or for the whole library: dupfind reindex --model ${id}`,
  ].join("\n");
}

/** Why an adapted encoder is not kept. */
function whyNot({ shrinkage, gain, plain }: AdaptationFindings): string {
  if (plain.averagePrecision > 0.9995) return "The encoder already separates these pairs.";
  if (shrinkage === 1) return "On held-out photos, no map does better than none.";
  if (gain.averagePrecision.value <= 0) return "On held-out photos, the map does worse than none.";
  if (gain.averagePrecision.low <= 0) return "The gain may be chance: on other photos like these it could be zero.";
  return "Average precision rises, but recall at the requested precision drops.";
}

export function renderAdaptationJson({ encoder, findings, saved }: AdaptationAnswer): string {
  return renderJsonAnswer("adapt", { encoder, ...findings, saved });
}
