/**
 * `dupfind history`: the runs of `dupfind apply`, and how much of each is undone.
 */
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { readHistory } from "../../engine/cleanup/history.ts";
import { renderHistoryJson, renderHistoryText } from "../../render/cleanup/history.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

export async function runHistory(settings: CommonSettings, host: Host): Promise<ExitCode> {
  const history = await readHistory(settings.library);
  host.write(settings.json ? renderHistoryJson(history) : renderHistoryText(history, host.workingFolder));
  return EXIT.ok;
}
