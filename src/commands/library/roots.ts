/**
 * `dupfind roots`: the folders that are scanned, and when each was last.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { readRoots } from "../../engine/library/roots.ts";
import { renderRootsJson, renderRootsText } from "../../render/library/roots.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

export async function runRoots(settings: CommonSettings, host: Host): Promise<ExitCode> {
  const roots = await readRoots(settings);
  host.write(settings.json ? renderRootsJson(roots) : renderRootsText(roots, host.workingFolder));
  return settings.strict && roots.some(({ isWalked }) => !isWalked) ? EXIT.photosNotCompared : EXIT.ok;
}
