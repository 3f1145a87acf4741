/**
 * `dupfind report [folder...]`: the duplicates among what was scanned.
 */
import { isUpToDate, type Report, removableExtras, reportTotals } from "../../core/duplicates/report.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { reportDuplicates } from "../../engine/duplicates/find-duplicates.ts";
import { renderExtraPaths, renderReportCsv, renderReportJson } from "../../render/duplicates/report-data.ts";
import { renderReportText } from "../../render/duplicates/report-text.ts";
import { renderNotice } from "../../render/notices.ts";
import { counted } from "../../render/words.ts";
import { deliver, requirePlace } from "../answer.ts";
import { writePlan } from "../cleanup/write-plan.ts";
import { usageFault } from "../faults.ts";
import { resolveFolders } from "../folders.ts";
import type { Host } from "../host.ts";
import { nothingScanned } from "../nothing-scanned.ts";
import { withRun } from "../with-run.ts";
import type { ReportFormat, ReportSettings } from "./settings.ts";

const RENDER: Readonly<Record<ReportFormat, (report: Report, workingFolder: string) => string>> = {
  text: renderReportText,
  json: renderReportJson,
  csv: renderReportCsv,
  paths: renderExtraPaths,
};

/** Whether the format has a place for what is not read or compared yet. */
const SAYS_WHAT_IS_LEFT: Readonly<Record<ReportFormat, boolean>> = { text: true, json: true, csv: false, paths: false };
/** For programs, which take names byte by byte. */
const EXACT: readonly ReportFormat[] = ["csv", "paths"];

export async function runReport(settings: ReportSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  if (settings.plan !== null && settings.plan === settings.output)
    throw usageFault(`The plan and the report cannot both be ${settings.plan}`, "Name another file with --plan");
  const planPlace = settings.plan === null ? null : await requirePlace(settings.plan, settings.library);
  const folders = resolveFolders(settings.folders, host);
  const report = await withRun(settings, host, (run) => reportDuplicates({ ...settings, folders }, run));
  if (report.photoCount === 0 && report.skipped.length === 0) throw nothingScanned(report.encoder, settings.folders);
  await deliver(RENDER[settings.format](report, host.workingFolder), place, host, EXACT.includes(settings.format));
  if (planPlace !== null) await writePlan(report, planPlace, settings, host);
  if (!SAYS_WHAT_IS_LEFT[settings.format] && !settings.quiet)
    host.writeError(renderNotice({ kind: "unfinished", backlog: report }, host.workingFolder));
  if (settings.format === "paths" && !settings.quiet) tellOfWithheld(report, host);
  if (settings.strict && (report.skipped.length > 0 || !isUpToDate(report))) return EXIT.photosNotCompared;
  return settings.failOnDuplicates && reportTotals(report).sets > 0 ? EXIT.duplicatesFound : EXIT.ok;
}

function tellOfWithheld(report: Report, host: Host): void {
  const { withheld } = removableExtras(report);
  if (withheld === 0) return;
  const extras = counted(withheld, "extra is not listed: it has", "extras are not listed: they have");
  host.writeError(`dupfind: ${extras} companions that the keeper lacks, "parted" in dupfind report --json.\n`);
}
