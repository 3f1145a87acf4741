/**
 * What `scan` and `reindex` have in common: the folders' photos embedded with one encoder and compared with each other.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { LibraryRoot } from "../../core/library/contents.ts";
import type { Library } from "../../core/library-port.ts";
import { createEncoderPool } from "../../io/encoders/encoder-pool.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { createDecoder } from "../../io/photos/decode.ts";
import { identify } from "../../io/photos/identify.ts";
import { createPresence } from "../../io/photos/presence.ts";
import { createWalk } from "../../io/photos/walk.ts";
import { createProgressDisplay, type ProgressDisplay } from "../../io/progress-bar.ts";
import { compareContents } from "../../pipeline/library/compare-new-contents.ts";
import { type ScanSummary, scanLibrary } from "../../pipeline/library/scan-library.ts";
import type { ScanResult } from "../../render/library/scan-summary.ts";
import { printablePath } from "../../render/words.ts";
import { warnOfDrift } from "../drift/drift-ports.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";
import { stopCode } from "../stop-code.ts";

export interface ScanWork extends Pick<CommonSettings, "quiet"> {
  readonly roots: readonly LibraryRoot[];
  readonly maxMegapixels: number;
  readonly threads: number;
}

export async function bringUpToDate(library: Library, encoder: InstalledEncoder, work: ScanWork, host: Host): Promise<ScanResult> {
  const begun = performance.now();
  const progress = createProgressDisplay(host.isTerminal && !work.quiet, host.stop);
  try {
    const summary = await scan(library, encoder, work, host, progress);
    const compared = !host.stop.aborted && (await compare(library, encoder, host, progress));
    return { ...summary, compared, seconds: Math.round(performance.now() - begun) / 1000 };
  } finally {
    progress.close();
  }
}

/** On standard error, so that `quiet` hears of it too. */
export function tellOfLostRoots({ lostRoots }: ScanResult, host: Host): void {
  for (const root of lostRoots)
    host.writeError(
      `dupfind: ${printablePath(root)} went away during the scan: what is known there stays as it was. Connect its drive and run the same command again.\n`,
    );
}

/** A folder that went away meanwhile is told whether or not `strict` asks for it, as one that is away from the start is. */
export function scanCode(result: ScanResult, strict: boolean, { stop }: Host): ExitCode {
  if (stop.aborted) return stopCode(stop);
  const isWhole = result.skipped === 0 && result.unsure === 0 && result.emptyRoots.length === 0 && result.finished && result.compared;
  return result.lostRoots.length > 0 || (strict && !isWhole) ? EXIT.photosNotCompared : EXIT.ok;
}

async function scan(
  library: Library,
  encoder: InstalledEncoder,
  work: ScanWork,
  host: Host,
  progress: ProgressDisplay,
): Promise<ScanSummary> {
  const { image } = encoder.spec;
  const decoder = createDecoder({ resize: image.resize, maxMegapixels: work.maxMegapixels, threads: work.threads });
  const pool = createEncoderPool(encoder, work.threads);
  const presence = createPresence(work.roots, await library.roots());
  const store = await library.scanWith(encoder, work.roots, decoder.attempt);
  try {
    await warnOfDrift(library, encoder, { decode: decoder.decodeBytes, session: pool }, host);
    return await scanLibrary({
      walk: createWalk(work.roots),
      presence,
      identify,
      decode: decoder.decode,
      encoder: pool,
      store,
      onProgress: progress.onProgress,
      // Enough that no encoder waits for a slow decode: on two cores 10 % faster than twice the threads, more gains nothing.
      parallel: work.threads * 4,
      stop: host.stop,
    });
  } finally {
    await Promise.all([decoder.close(), pool.close()]);
  }
}

/** @returns whether everything is compared now */
function compare(library: Library, encoder: InstalledEncoder, host: Host, progress: ProgressDisplay): Promise<boolean> {
  return compareContents({
    store: library.pairsOf(encoder),
    floor: encoder.spec.threshold.floor,
    onProgress: progress.onProgress,
    stop: host.stop,
  });
}
