/**
 * Encoders side by side, for a terminal of 80 columns and as JSON.
 */
import type { EncoderComparison, EncoderScore } from "../../core/calibration/encoder-comparison.ts";
import { encoderTitle } from "../../core/encoders/encoder.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { byteSize, counted, grouped, percent, shownThreshold } from "../words.ts";

const WORST_SHOWN = 3;
/** The longest name in the package's own lock. */
const NAMES_AT_LEAST = 24;

export function renderComparisonText(comparison: EncoderComparison): string {
  const { encoders, threads, precision, absent } = comparison;
  const head = ["encoder", "avg prec", "threshold", "recall", "photos/s", "size", "dims"];
  const missed = encoders.map(missedEdits).filter((line) => line !== "");
  const blocks = [
    headline(comparison),
    renderTable([head, ...encoders.map(row)]),
    `Threshold and recall: lowest threshold of precision ${precision} on these pairs.\n` +
      `photos/s: read, decoded and encoded with ${counted(threads, "thread")}.`,
    missed.length > 0 ? `Missed most often at that threshold:\n${missed.join("\n")}` : "",
    absent.length > 0 ? `Not installed (dupfind models list shows how to get them):\n${absent.map((id) => `  ${id}`).join("\n")}` : "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function headline({ source, pairs, suspects, skipped }: EncoderComparison): string {
  const lines = [
    `${counted(pairs.same + pairs.different, "pair")} of ${counted(pairs.photos, "photo")}: ` +
      `${grouped(pairs.same)} the same picture${source === "synthetic" ? " (synthetic edits)" : ""}, ${grouped(pairs.different)} different.`,
    suspects > 0 ? `Excluded: ${counted(suspects, "pair")} that at least one encoder takes for duplicates.` : "",
    skipped > 0 ? `${counted(skipped, "photo")} could not be read.` : "",
  ];
  return lines.filter((text) => text !== "").join("\n");
}

function row({ averagePrecision, at, photosPerSecond, bytes, dimensions, ...encoder }: EncoderScore): readonly string[] {
  const [threshold, recall] = at === null ? ["none", ""] : [shownThreshold(at.threshold), at.recall.toFixed(3)];
  const pace = photosPerSecond.toFixed(photosPerSecond < 10 ? 1 : 0);
  return [encoderTitle(encoder), averagePrecision.toFixed(3), threshold, recall, pace, byteSize(bytes), String(dimensions)];
}

/** Names stand left in a column as wide as the longest, figures right. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = [10, 11, 8, 10, 9, 6];
  const names = Math.max(NAMES_AT_LEAST, ...rows.map(([id = ""]) => id.length));
  return rows.map(([id = "", ...cells]) => id.padEnd(names) + cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join("")).join("\n");
}

/** Empty where no edits were made, or none was missed. */
function missedEdits({ id, edits }: EncoderScore): string {
  const worst = edits
    .filter(({ total, found }) => found < total)
    .map(({ kind, total, found }) => ({ kind, share: 1 - found / total }))
    .sort((one, other) => other.share - one.share)
    .slice(0, WORST_SHOWN);
  return worst.length === 0 ? "" : `  ${id}: ${worst.map(({ kind, share }) => `${kind} ${percent(share)}`).join(", ")}`;
}

export function renderComparisonJson(comparison: EncoderComparison): string {
  return renderJsonAnswer("models compare", { ...comparison });
}
