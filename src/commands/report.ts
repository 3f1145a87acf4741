/**
 * `dupfind report [folder...]`: the duplicates among what was scanned.
 */
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import { DEFAULT_MODEL } from "../core/model-lock.ts";
import type { ChosenEncoder } from "../core/ports.ts";
import { type Report, reportTotals } from "../core/report.ts";
import type { Host, ReportFormat, ReportSettings } from "../core/settings.ts";
import { chooseThreshold, requireAboveFloor } from "../core/threshold-choice.ts";
import { resolveFolder } from "../io/folders.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import { ModelStore } from "../io/model-store.ts";
import { createPairSearch } from "../io/pair-search.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { lockLibrary } from "../io/sqlite.ts";
import { writeWhole } from "../io/write-file.ts";
import { compareContents } from "../pipeline/compare-contents.ts";
import { findDuplicates } from "../pipeline/find-duplicates.ts";
import { renderExtraPaths, renderReportCsv, renderReportJson } from "../render/report-data.ts";
import { renderReportText } from "../render/report-text.ts";
import { withLibrary } from "./open-library.ts";

const RENDER: Readonly<Record<ReportFormat, (report: Report, workingFolder: string) => string>> = {
  text: renderReportText,
  json: renderReportJson,
  csv: renderReportCsv,
  paths: renderExtraPaths,
};

export async function runReport(settings: ReportSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  if (settings.model !== null) requireAboveFloor(store.choose(settings.model).spec, settings); // told before a library is asked for
  const report = await withLibrary(settings.library, async (library) => {
    const encoder = store.choose(settings.model ?? library.defaultModel() ?? DEFAULT_MODEL);
    const threshold = chooseThreshold(encoder.spec, settings, library.calibrationOf(encoder).saved());
    const uncompared = await compareWhatIsNew(library, encoder, settings, host);
    const folders = settings.folders.map((folder) => resolveFolder(folder, host.workingFolder));
    return findDuplicates(library.reportOf(encoder), encoder, uncompared, {
      threshold,
      folders,
      bursts: settings.bursts,
      linkage: settings.linkage,
      rules: settings.rules,
      protectedFolders: settings.protectedFolders,
      acrossRoots: settings.across ? rootsToSpan(folders, library) : null,
    });
  });
  requireSomePhotos(report, settings);
  const text = RENDER[settings.format](report, host.workingFolder);
  if (settings.output === null) host.write(text);
  else writeWhole(settings.output, text);
  if (settings.strict && report.skipped.length > 0) return EXIT.photosNotCompared;
  return settings.failOnDuplicates && reportTotals(report).sets > 0 ? EXIT.duplicatesFound : EXIT.ok;
}

/**
 * An interrupted scan leaves contents that were never compared; the report finishes that work, unless a scan is at it.
 * @returns how many are still not compared
 */
async function compareWhatIsNew(library: LibraryDatabase, encoder: ChosenEncoder, settings: ReportSettings, host: Host): Promise<number> {
  const store = library.pairsOf(encoder);
  if (store.uncomparedCount() === 0) return 0;
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
  try {
    const lock = lockLibrary(settings.library);
    try {
      const { floor } = encoder.spec.threshold;
      const searchPairs = createPairSearch(settings.threads);
      await compareContents({ store, searchPairs, floor, onProgress: progress.onProgress, stop: host.stop });
    } finally {
      lock.release();
    }
  } catch (error) {
    if (!(error instanceof UserError && error.exitCode === EXIT.libraryLocked)) throw error;
  } finally {
    progress.close();
  }
  return store.uncomparedCount();
}

function rootsToSpan(folders: readonly string[], library: LibraryDatabase): readonly string[] {
  const roots = folders.length > 0 ? folders : library.roots().map(({ path }) => path);
  if (roots.length > 1) return roots;
  throw new UserError("--across needs two folders to look across", "Name both: dupfind report <one> <other> --across");
}

function requireSomePhotos(report: Report, settings: ReportSettings): void {
  if (report.photoCount > 0 || report.skipped.length > 0) return;
  const where = settings.folders.length > 0 ? `below ${settings.folders.join(", ")} ` : "";
  throw new UserError(`No photo ${where}was scanned with ${report.encoder.id} yet`, "Run dupfind scan <folder> first");
}
