/**
 * `dupfind status`: what the library knows, and what could not be compared.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { readStatus } from "../../engine/library/status.ts";
import { renderStatusJson, renderStatusText } from "../../render/library/status.ts";
import type { Host } from "../host.ts";
import type { StatusSettings } from "./settings.ts";

export async function runStatus(settings: StatusSettings, host: Host): Promise<ExitCode> {
  const status = await readStatus(settings, { lists: settings.leftOut });
  host.write(
    settings.json ? renderStatusJson(status, settings.library.name) : renderStatusText(status, settings.library.name, host.workingFolder),
  );
  return settings.strict && (status.skipped.length > 0 || !status.finished) ? EXIT.photosNotCompared : EXIT.ok;
}
