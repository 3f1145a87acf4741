/**
 * What `scan` and `reindex` say of a scan beside its counts.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import type { ScanResult } from "../../core/library/scan-result.ts";
import { printablePath } from "../../render/words.ts";
import type { Host } from "../host.ts";
import { stopCode } from "../stop-code.ts";

/** On standard error, so that `quiet` hears of it too. */
export function tellOfLostRoots({ lostRoots }: ScanResult, host: Host): void {
  for (const root of lostRoots)
    host.writeError(
      `dupfind: ${printablePath(root)} disappeared during the scan; what is known there stays as it was. Connect its drive and run the same command again.\n`,
    );
}

/** A folder that disappeared meanwhile is told whether or not `strict` asks for it, as one that is missing from the start is. */
export function scanCode(result: ScanResult, strict: boolean, { stop }: Host): ExitCode {
  if (stop.aborted) return stopCode(stop);
  const isWhole = result.skipped === 0 && result.unsure === 0 && result.emptyRoots.length === 0 && result.finished && result.compared;
  return result.lostRoots.length > 0 || (strict && !isWhole) ? EXIT.photosNotCompared : EXIT.ok;
}
