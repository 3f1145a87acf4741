/**
 * What to do after a scan.
 */
import type { ScanResult } from "../../core/library/scan-result.ts";
import { commandLine } from "../command-line.ts";
import type { Host } from "../host.ts";
import type { ScanSettings } from "./settings.ts";

/** Two commands as they would be typed; none where the scan is to be run again first, or met nothing. */
export async function nextSteps({ found, finished, compared }: ScanResult, settings: ScanSettings, host: Host): Promise<string> {
  if (found === 0 || !finished || !compared) return "";
  const commands = [["review"], ["report", "-o", "report.html"]].map((words) => commandLine(words, settings, host));
  const [review, page] = await Promise.all(commands);
  return `Next: ${review} to go through the duplicates, or ${page} for a page of them.\n`;
}
