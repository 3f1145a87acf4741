/**
 * What to do after a report.
 */
import type { Report } from "../../core/duplicates/report.ts";
import { commandLine } from "../command-line.ts";
import type { Host } from "../host.ts";
import type { ReportSettings } from "./settings.ts";

/** What for, and the command as it would be typed; null where there is no set to go on with. */
export async function nextStep({ sets }: Report, settings: ReportSettings, host: Host): Promise<string | null> {
  if (sets.length === 0) return null;
  return `Next, with pictures: ${await commandLine(["report", ...settings.folders, "-o", "report.html"], settings, host)}`;
}
