/**
 * A report for a person at a terminal of 80 columns: what it comes to, by class and by folder, then the sets, then what is left out and
 * what to do next.
 */
import { EXTRA_CLASSES, isSure, SET_KINDS } from "../../core/duplicates/classes.ts";
import { folderStandings, type Report, reportTotals } from "../../core/duplicates/report.ts";
import { byteSize, counted, grouped } from "../words.ts";
import { CLASS_NAMES, KIND_INTRO } from "./class-words.ts";
import { folderName, standingWords } from "./folder-words.ts";
import { footnotes } from "./footnotes.ts";
import { encoderWords, foundLines } from "./headline.ts";
import type { ReportView } from "./report-view.ts";
import { renderSet } from "./set-text.ts";

/** What fits on a screen: below more than that the totals stand again. */
const SCREEN_LINES = 40;
/** Folders that are listed; JSON and the page have all. */
const FOLDERS = 10;

export function renderReportText(report: Report, view: ReportView): string {
  const { limit, workingFolder, next, dress } = view;
  const listed = report.sets.slice(0, limit ?? report.sets.length);
  const sets = SET_KINDS.flatMap((kind) => {
    const own = listed.filter((set) => set.kind === kind);
    const total = report.sets.filter((set) => set.kind === kind).length;
    const intro = KIND_INTRO[kind];
    const heading = intro === null ? [] : [`${intro} ${counted(total, "set")}.`];
    return own.length === 0 ? [] : [...heading, ...own.map((set, index) => renderSet(set, index + 1, report, view))];
  });
  const found = foundLines(report).map((line) => dress("title", line));
  const isLong = sets.join("\n\n").split("\n").length > SCREEN_LINES;
  const unlisted = report.sets.length - listed.length;
  const blocks = [
    [...found, encoderWords(report)].join("\n"),
    classTable(report, view),
    folderTable(report, view),
    ...sets,
    unlisted > 0 ? `${counted(unlisted, "more set is", "more sets are")} not listed, because of --limit ${limit}.` : "",
    footnotes(report, workingFolder).join("\n"),
    isLong ? [...found, classTable(report, view)].filter((part) => part !== "").join("\n") : "",
    next ?? "",
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** What each class comes to, safest first; nothing where there is one class alone. */
function classTable(report: Report, { dress }: ReportView): string {
  const { classes } = reportTotals(report);
  const rows = EXTRA_CLASSES.filter((name) => classes[name].extras > 0);
  if (rows.length < 2 && rows.every(isSure)) return "";
  return rows
    .map((name) => {
      const { extras, reclaimableBytes } = classes[name];
      const share = isSure(name) ? "" : "  not counted above";
      const label = dress(isSure(name) ? "sure" : "doubtful", CLASS_NAMES[name].padEnd(12));
      return `  ${label}  ${grouped(extras).padStart(7)}  ${name === "burst" ? "" : byteSize(reclaimableBytes).padStart(9)}${share}`.trimEnd();
    })
    .join("\n");
}

/** What of each folder is kept elsewhere; on two lines, since paths are long. */
function folderTable(report: Report, { workingFolder, dress }: ReportView): string {
  const nameOf = (folder: string) => folderName(folder, workingFolder);
  const standings = folderStandings(report);
  const rest = standings.length - FOLDERS;
  return [
    ...standings.slice(0, FOLDERS).flatMap((standing) => [dress("title", nameOf(standing.folder)), `  ${standingWords(standing, nameOf)}`]),
    ...(rest > 0 ? [`${counted(rest, "more folder")}: --json and -o report.html list all.`] : []),
  ].join("\n");
}
