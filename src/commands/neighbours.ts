/**
 * `dupfind neighbours [folder...]`: photos that resemble nothing, and the folders with the most near-duplicates.
 */
import { EXIT, type ExitCode, UserError } from "../core/errors.ts";
import type { NeighbourReport } from "../core/neighbours.ts";
import type { NeighboursSettings } from "../core/search-settings.ts";
import type { Host } from "../core/settings.ts";
import { chooseThreshold } from "../core/threshold-choice.ts";
import { resolveFolder } from "../io/folders.ts";
import { ModelStore } from "../io/model-store.ts";
import { createNearestSearch } from "../io/nearest-neighbours.ts";
import { createProgressDisplay } from "../io/progress-bar.ts";
import { findNeighbours } from "../pipeline/find-neighbours.ts";
import { renderNeighboursJson, renderNeighboursText } from "../render/neighbours.ts";
import { deliver, requirePlace } from "./answer.ts";
import { chooseForReading } from "./choose-encoder.ts";
import { compareWhatIsNew } from "./compare-what-is-new.ts";
import { noteUnfinished } from "./note-unfinished.ts";
import { withLibrary } from "./open-library.ts";
import { stopCode } from "./stop-code.ts";

export async function runNeighbours(settings: NeighboursSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const { report, isWhole } = await find(settings, host);
  if (report === null) return stopCode(host.stop);
  if (report.photoCount === 0) {
    const where = settings.folders.length > 0 ? `below ${settings.folders.join(", ")} ` : "";
    throw new UserError(`No photo ${where}was scanned with ${report.encoder.id} yet`, "Run dupfind scan <folder> first");
  }
  await deliver(settings.json ? renderNeighboursJson(report) : renderNeighboursText(report, host.workingFolder), place, host);
  return settings.strict && !(isWhole && report.uncomparedCount === 0) ? EXIT.photosNotCompared : EXIT.ok;
}

interface Found {
  /** Null when it was stopped. */
  readonly report: NeighbourReport | null;
  /** Whether all photos that it is about were read. */
  readonly isWhole: boolean;
}

function find(settings: NeighboursSettings, host: Host): Promise<Found> {
  const store = new ModelStore(settings.models);
  return withLibrary(settings.library, async (library) => {
    const encoder = chooseForReading(library, store, settings, host);
    const asked = { threshold: settings.threshold, precision: null };
    const threshold = chooseThreshold(encoder.spec, asked, library.calibrationOf(encoder).saved());
    const uncompared = await compareWhatIsNew(library, encoder, settings, host);
    const folders = settings.folders.map((folder) => resolveFolder(folder, host.workingFolder));
    const progress = createProgressDisplay(host.isTerminal && !settings.quiet, host.stop);
    const ports = {
      pairs: library.reportOf(encoder),
      store: library.searchOf(encoder),
      searchNearest: createNearestSearch(settings.threads),
      onProgress: progress.onProgress,
      stop: host.stop,
    };
    try {
      const report = await findNeighbours(ports, encoder, uncompared, { threshold, folders, count: settings.count });
      return { report, isWhole: noteUnfinished(library, encoder, { ...settings, folders }, host) };
    } finally {
      progress.close();
    }
  });
}
