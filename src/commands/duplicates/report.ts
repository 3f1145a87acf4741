/**
 * `dupfind report [folder...]`: the duplicates among what was scanned.
 */
import { chooseThreshold, requireAboveFloor } from "../../core/calibration/threshold-choice.ts";
import { isUpToDate, type Report, reportTotals } from "../../core/duplicates/report.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { resolveFolder } from "../../io/photos/folders.ts";
import { lookAt } from "../../io/photos/look-at.ts";
import { findDuplicates } from "../../pipeline/duplicates/find-duplicates.ts";
import { renderExtraPaths, renderReportCsv, renderReportJson } from "../../render/duplicates/report-data.ts";
import { renderReportText } from "../../render/duplicates/report-text.ts";
import { deliver, requirePlace } from "../answer.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { compareWhatIsNew } from "../library/finish-comparison.ts";
import { writeBacklog } from "../library/note-unfinished.ts";
import { withLibrary } from "../open-library.ts";
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
  const store = new ModelStore(settings.models);
  if (settings.model !== null) requireAboveFloor(store.choose(settings.model).spec, settings); // told before a library is asked for
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const report = await withLibrary(settings.library, async (library) => {
    const encoder = await chooseForReading(library, store, settings, host);
    const threshold = chooseThreshold(encoder.spec, settings, await library.calibrationOf(encoder).saved());
    const uncompared = await compareWhatIsNew(library, encoder, settings, host);
    const folders = settings.folders.map((folder) => resolveFolder(folder, host.workingFolder));
    return findDuplicates({ store: library.reportOf(encoder), lookAt }, encoder, uncompared, {
      threshold,
      folders,
      bursts: settings.bursts,
      linkage: settings.linkage,
      rules: settings.rules,
      protectedFolders: settings.protectedFolders,
      acrossRoots: settings.across ? await rootsToSpan(folders, library) : null,
    });
  });
  requireSomePhotos(report, settings);
  await deliver(RENDER[settings.format](report, host.workingFolder), place, host, EXACT.includes(settings.format));
  if (!SAYS_WHAT_IS_LEFT[settings.format] && !settings.quiet) writeBacklog(report, host);
  if (settings.strict && (report.skipped.length > 0 || !isUpToDate(report))) return EXIT.photosNotCompared;
  return settings.failOnDuplicates && reportTotals(report).sets > 0 ? EXIT.duplicatesFound : EXIT.ok;
}

async function rootsToSpan(folders: readonly string[], library: Library): Promise<readonly string[]> {
  const roots = folders.length > 0 ? folders : (await library.roots()).map(({ path }) => path);
  if (roots.length > 1) return roots;
  throw new UserError("--across needs two folders to look across", "Name both: dupfind report <one> <other> --across");
}

function requireSomePhotos(report: Report, settings: ReportSettings): void {
  if (report.photoCount > 0 || report.skipped.length > 0) return;
  const where = settings.folders.length > 0 ? `below ${settings.folders.join(", ")} ` : "";
  throw new UserError(`No photo ${where}was scanned with ${report.encoder.id} yet`, "Run dupfind scan <folder> first");
}
