/**
 * One set of a report for a person at a terminal.
 */
import { isSure } from "../../core/duplicates/classes.ts";
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import type { Candidate } from "../../core/duplicates/merits.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { isWithinAny } from "../../core/paths.ts";
import type { CompanionFile } from "../../core/photos/photo.ts";
import type { TextStyle } from "../../core/text/styled-text.ts";
import { byteSize, counted, grouped, shownPath, shownSimilarity } from "../words.ts";
import { differenceWords } from "./difference-words.ts";
import { sizeWords, takenWords } from "./photo-words.ts";
import { reasonWords } from "./reason-words.ts";
import type { ReportView } from "./report-view.ts";

const LABEL_WIDTH = 7;
const INDENT = " ".repeat(LABEL_WIDTH + 2);

export function renderSet(set: DuplicateSet, number: number, report: Report, view: ReportView): string {
  const keeper = member("keep", "keeper", set.keeper, [], view);
  const reason = `${INDENT}${set.kind === "burst" ? "first" : "kept"}: ${reasonWords(set.keeperReason)}`;
  const notAsked = isWithinAny(set.keeper.photo.path, report.folders) ? "" : ", outside the named folders";
  const shown = (extra: Extra) =>
    `${member(classLabel(extra), isSure(extra.class) ? "sure" : "doubtful", extra, extra.parted, view)}\n${INDENT}${differenceWords(set.keeper, extra)}`;
  const stays = set.outside.map((extra) => `${shown(extra)}\n${INDENT}outside, so it stays`);
  return [view.dress("title", setTitle(set, number)), keeper, `${reason}${notAsked}`, ...set.extras.map(shown), ...stays].join("\n");
}

/** "Set 3: 2 extras, 4 MB reclaimable, lowest similarity 0.923". */
export function setTitle(set: DuplicateSet, number: number): string {
  const outside = set.outside.length > 0 ? `, ${grouped(set.outside.length)} outside the named folders` : "";
  const lowest = `lowest similarity ${shownSimilarity(set.lowestSimilarity)}`;
  if (set.kind === "burst")
    return `Burst ${number}: ${counted(set.extras.length + set.outside.length + 1, "exposure")}${outside}, ${lowest}`;
  return `Set ${number}: ${counted(set.extras.length, "extra")}, ${byteSize(set.reclaimableBytes)} reclaimable${outside}, ${lowest}`;
}

function classLabel(extra: Extra): string {
  if (extra.class === "same-bytes") return "bytes =";
  return extra.class === "same-pixels" ? "pixels=" : shownSimilarity(extra.similarity);
}

/** Path on one line, figures on the next: paths are long, and cutting one would make it useless. */
function member(
  label: string,
  style: TextStyle,
  { content, photo, companions }: Candidate,
  parted: readonly CompanionFile[],
  { workingFolder, dress }: ReportView,
): string {
  const taken = takenWords(content.facts.exposure);
  return [
    `${dress(style, label.padEnd(LABEL_WIDTH))}  ${shownPath(photo.path, workingFolder)}`,
    dress("faint", `${INDENT}${sizeWords(content)}`),
    ...(taken === "" ? [] : [dress("faint", `${INDENT}${taken}`)]),
    ...companions.map(
      (file) => `${INDENT}with ${shownPath(file.path, workingFolder)}${parted.includes(file) ? ", which the keeper lacks" : ""}`,
    ),
  ].join("\n");
}
