/**
 * `dupfind neighbours [folder...]`: photos that resemble nothing, and the folders with the most near-duplicates.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import type { NeighbourReport } from "../../core/search/neighbour-report.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { resolveFolder } from "../../io/photos/folders.ts";
import { createProgressDisplay } from "../../io/progress-bar.ts";
import { createNearestSearch } from "../../io/vectors/nearest-neighbours.ts";
import { findNeighbours } from "../../pipeline/search/find-neighbours.ts";
import { renderNeighboursJson, renderNeighboursText } from "../../render/search/neighbours.ts";
import { deliver, requirePlace } from "../answer.ts";
import { chooseForReading } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { finishComparison } from "../library/finish-comparison.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { withLibrary } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import type { NeighboursSettings } from "./settings.ts";

export async function runNeighbours(settings: NeighboursSettings, host: Host): Promise<ExitCode> {
  const place = settings.output === null ? null : await requirePlace(settings.output, settings.library);
  const { report, isWhole } = await find(settings, host);
  if (report === null) return stopCode(host.stop);
  if (report.photoCount === 0) {
    const where = settings.folders.length > 0 ? `in ${settings.folders.join(", ")} ` : "";
    throw new UserError(`No photo ${where}has been scanned with ${report.encoder.id} yet`, "Run dupfind scan <folder> first");
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
    const uncompared = await finishComparison(library, encoder, settings, host);
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
