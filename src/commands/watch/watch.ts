/**
 * `dupfind watch <path...>`: scans, and scans again when something changed, until a signal ends it.
 */
import { type ExitCode, UserError } from "../../core/errors.ts";
import type { ScanResult } from "../../core/library/scan-result.ts";
import { scanFolders } from "../../engine/library/scan.ts";
import { resolveSources, type ScanSources } from "../../io/photos/folders.ts";
import { watchFolders } from "../../io/watch/watch-folders.ts";
import { renderScanText, renderWatchJson } from "../../render/library/scan-summary.ts";
import { faultText } from "../faults.ts";
import type { Host } from "../host.ts";
import { tellOfLostRoots } from "../library/scan-outcome.ts";
import type { ScanSettings } from "../library/settings.ts";
import { expandHome } from "../machine.ts";
import { stopCode } from "../stop-code.ts";
import { withRun } from "../with-run.ts";

export interface WatchSettings extends Omit<ScanSettings, "listedIn" | "ann"> {
  /** Seconds without a change before one is looked at. */
  readonly quietSeconds: number;
  /** Minutes after which folders are scanned anyway; null for never. */
  readonly everyMinutes: number | null;
}

export async function runWatch(settings: WatchSettings, host: Host): Promise<ExitCode> {
  const { exclude, followLinks, quietSeconds, everyMinutes } = settings;
  const sources = resolveSources(settings.paths.map(expandHome), host.workingFolder, { exclude, followLinks });
  const paths = [...sources.roots.map(({ path }) => path), ...sources.files];
  const everyMs = everyMinutes === null ? null : everyMinutes * 60_000;
  // Before the first scan: what comes while it runs is not missed.
  const watched = watchFolders({ paths, followLinks, quietMs: quietSeconds * 1000, everyMs });
  try {
    do await scanOnce(settings, sources, host);
    while (await watched.next(host.stop));
    return stopCode(host.stop);
  } finally {
    await watched.close();
  }
}

/** A library that another process works on is scanned at the next change: that one finds what is there now. */
async function scanOnce(settings: WatchSettings, sources: ScanSources, host: Host): Promise<void> {
  try {
    const result = await withRun(settings, host, (run) => scanFolders({ ...settings, ...sources }, run));
    tell(result, settings, host);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "library-locked") throw error;
    host.writeError(faultText(error));
  }
}

/** A scan that found nothing new is worth no line, but for programs. */
function tell(result: ScanResult, { json, quiet }: WatchSettings, host: Host): void {
  if (json) host.write(renderWatchJson(result));
  else if (!quiet && hasNews(result)) host.write(renderScanText(result));
  tellOfLostRoots(result, host);
}

function hasNews({ embedded, known, missing, nowExcluded, unsure, emptyRoots }: ScanResult): boolean {
  return embedded + known + missing + nowExcluded + unsure + emptyRoots.length > 0;
}
