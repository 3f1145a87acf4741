/**
 * `dupfind scan <folder...>`: brings the library up to date with the folders.
 */
import { EXIT, type ExitCode } from "../core/errors.ts";
import type { Host, ScanSettings } from "../core/settings.ts";
import { createDecoder } from "../io/decode.ts";
import { createEncoderPool } from "../io/encoder-pool.ts";
import { resolveRoots } from "../io/folders.ts";
import { identify } from "../io/identify.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import { type InstalledEncoder, installEncoder } from "../io/model-files.ts";
import { createPairSearch } from "../io/pair-search.ts";
import { createProgressDisplay, type ProgressDisplay } from "../io/progress-bar.ts";
import { createWalk } from "../io/walk.ts";
import { compareContents } from "../pipeline/compare-contents.ts";
import { type ScanSummary, scanLibrary } from "../pipeline/scan-library.ts";
import { renderScanJson, renderScanText, type ScanResult } from "../render/scan-summary.ts";
import { withLockedLibrary } from "./open-library.ts";
import { stopCode } from "./stop-code.ts";

export async function runScan(settings: ScanSettings, host: Host): Promise<ExitCode> {
  const begun = performance.now();
  const roots = resolveRoots(settings.folders, host.workingFolder);
  const encoder = installEncoder(settings.model);
  const progress = createProgressDisplay(host.isTerminal && !settings.quiet);
  const result = await withLockedLibrary(settings.library, async (library): Promise<ScanResult> => {
    try {
      const summary = await scan(library, roots, encoder, settings, host, progress);
      const compared = !host.stop.aborted && (await compare(library, encoder, settings, host, progress));
      return { ...summary, compared, seconds: Math.round(performance.now() - begun) / 1000 };
    } finally {
      progress.close();
    }
  });
  if (settings.json) host.write(renderScanJson(result));
  else if (!settings.quiet) host.write(renderScanText(result));
  if (host.stop.aborted) return stopCode(host.stop);
  return settings.strict && result.skipped > 0 ? EXIT.photosNotCompared : EXIT.ok;
}

async function scan(
  library: LibraryDatabase,
  roots: readonly string[],
  encoder: InstalledEncoder,
  settings: ScanSettings,
  host: Host,
  progress: ProgressDisplay,
): Promise<ScanSummary> {
  const { image } = encoder.spec;
  const decoder = createDecoder({ resize: image.resize, maxMegapixels: settings.maxMegapixels, threads: settings.threads });
  const pool = createEncoderPool(encoder.folder, image, settings.threads);
  const store = library.scanWith(encoder, roots, decoder.attempt);
  try {
    return await scanLibrary({
      walk: createWalk({ roots, exclude: settings.exclude, followLinks: settings.followLinks }),
      identify,
      decode: decoder.decode,
      encoder: pool,
      store,
      onProgress: progress.onProgress,
      // Twice the threads: while one photo is encoded on each, the next is decoded.
      parallel: settings.threads * 2,
      stop: host.stop,
    });
  } finally {
    store.commit();
    await Promise.all([decoder.close(), pool.close()]);
  }
}

/** @returns whether everything is compared now */
function compare(
  library: LibraryDatabase,
  encoder: InstalledEncoder,
  settings: ScanSettings,
  host: Host,
  progress: ProgressDisplay,
): Promise<boolean> {
  return compareContents({
    store: library.pairsOf(encoder),
    searchPairs: createPairSearch(settings.threads),
    floor: encoder.spec.threshold.floor,
    onProgress: progress.onProgress,
    stop: host.stop,
  });
}
