/**
 * `dupfind report [folder...]`: the duplicates among what was scanned.
 */
import { SURE_CLASSES } from "../../core/duplicates/classes.ts";
import { isUpToDate, onlyClasses, type Report, removableExtras, reportTotals } from "../../core/duplicates/report.ts";
import { sortSets } from "../../core/duplicates/set-order.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { dressed, undressed } from "../../core/text/styled-text.ts";
import { reportDuplicates } from "../../engine/duplicates/find-duplicates.ts";
import { rememberReported, sinceLast } from "../../engine/duplicates/since-last.ts";
import type { Place } from "../../io/output-place.ts";
import { extraPaths, renderReportCsv, renderReportJson } from "../../render/duplicates/report-data.ts";
import { renderReportText } from "../../render/duplicates/report-text.ts";
import type { ReportView } from "../../render/duplicates/report-view.ts";
import { renderNotice } from "../../render/notices.ts";
import { counted } from "../../render/words.ts";
import { areOnePlace, deliver, requirePlace } from "../answer.ts";
import { writePlan } from "../cleanup/write-plan.ts";
import { usageFault } from "../faults.ts";
import { resolveFolders } from "../folders.ts";
import { type Host, wantsColour } from "../host.ts";
import { nothingScanned } from "../nothing-scanned.ts";
import { nulEnded, pathLines } from "../path-lists.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";
import { listedSets } from "./listed-sets.ts";
import { nextStep } from "./next-step.ts";
import { deliverPage } from "./report-page.ts";
import type { ReportForm, ReportSettings } from "./settings.ts";

const RENDER: Readonly<Record<Exclude<ReportForm, "html">, (report: Report, view: ReportView) => string>> = {
  text: renderReportText,
  json: (report, { limit }) => renderReportJson(report, limit),
  csv: (report, { limit }) => renderReportCsv(shortened(report, limit)),
  paths: (report, { limit }) => pathLines(extraPaths(shortened(report, limit))),
  "nul-paths": (report, { limit }) => nulEnded(extraPaths(shortened(report, limit))),
};

/** Whether the format has a place for what is not read or compared yet. */
const SAYS_WHAT_IS_LEFT: readonly ReportForm[] = ["text", "json", "html"];
/** For programs, which take names byte by byte. */
const EXACT: readonly ReportForm[] = ["csv", "paths", "nul-paths"];

export async function runReport(settings: ReportSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  if (settings.mergeMetadata && settings.plan === null)
    throw usageFault("--merge-metadata says what a plan shall do, and none is asked for", "Add --plan plan.json");
  const planPlace = settings.plan === null ? null : await requirePlace(settings.plan, settings.library, "--plan");
  if (place !== null && planPlace !== null && areOnePlace(place, planPlace))
    throw usageFault(`The plan and the report cannot both be ${settings.plan}`, "Name another file with --plan");
  const folders = resolveFolders(settings.folders, host);
  const bursts = settings.bursts || (settings.only?.includes("burst") ?? false);
  const whole = await withRun(settings, host, (run) => reportDuplicates({ ...settings, bursts, folders }, run));
  const listed = narrowed(whole, settings);
  const report = settings.sinceLast ? await sinceLast(listed, settings.library) : listed;
  if (report.photoCount === 0 && report.skipped.length === 0) throw nothingScanned(report.encoder, settings.folders);
  const isDelivered = await deliverReport(report, place, settings, host);
  if (host.stop.aborted) return stopCode(host.stop);
  if (planPlace !== null) await writePlan(report, planPlace, settings, host);
  if (!SAYS_WHAT_IS_LEFT.includes(settings.format) && !settings.quiet)
    host.writeError(renderNotice({ kind: "unfinished", backlog: report }, host.workingFolder));
  if (["paths", "nul-paths"].includes(settings.format) && !settings.quiet) tellOfWithheld(report, host);
  if (settings.strict && (report.skipped.length > 0 || !isUpToDate(report))) return EXIT.photosNotCompared;
  // Last of all: what went wrong before this is news once more.
  if (settings.sinceLast && isDelivered) await rememberReported(listedSets(report, settings), settings.library);
  return settings.failOnDuplicates && reportTotals(report).sets > 0 ? EXIT.duplicatesFound : EXIT.ok;
}

/** @returns whether all of it was taken */
async function deliverReport(report: Report, place: Place | null, settings: ReportSettings, host: Host): Promise<boolean> {
  const { format, limit } = settings;
  const view: ReportView = {
    workingFolder: host.workingFolder,
    limit,
    next: await nextStep(report, settings, host),
    dress: place === null && wantsColour(host) ? dressed : undressed,
  };
  if (format === "html") return deliverPage(report, place, settings, host);
  return deliver(RENDER[format](report, view), place, host, EXACT.includes(format));
}

function shortened(report: Report, limit: number | null): Report {
  return limit === null ? report : { ...report, sets: report.sets.slice(0, limit) };
}

/** Lists for programs hold what may go unseen, and all else only where it was asked for by name. */
function narrowed(whole: Report, { only, bursts, format, sort }: ReportSettings): Report {
  const report = { ...whole, sets: sortSets(whole.sets, sort) };
  if (only !== null) return onlyClasses(report, only);
  if (format !== "csv") return report;
  return onlyClasses(report, bursts ? [...SURE_CLASSES, "burst"] : SURE_CLASSES);
}

function tellOfWithheld(report: Report, host: Host): void {
  const { withheld } = removableExtras(report);
  if (withheld === 0) return;
  const extras = counted(withheld, "extra is not listed: it has", "extras are not listed: they have");
  host.writeError(`dupfind: ${extras} companions that the keeper lacks, "parted" in dupfind report --json.\n`);
}
