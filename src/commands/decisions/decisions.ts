/**
 * `dupfind decisions export` and `import`: what a person decided of pairs, as a CSV and back.
 */
import { dirname, resolve } from "node:path";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { photoPath } from "../../core/units.ts";
import { exportDecisions, importDecisions } from "../../engine/decisions/transfer.ts";
import { renderExportJson, renderExportText, renderImportJson, renderImportText } from "../../render/decisions/decisions.ts";
import { deliver, requireFreePlace } from "../answer.ts";
import type { Host } from "../host.ts";
import { expandHome } from "../machine.ts";
import type { CommonSettings } from "../settings.ts";

export interface DecisionsSettings extends CommonSettings {
  /** CSV file, as named. */
  readonly file: string;
}

export async function runDecisionsExport(settings: DecisionsSettings, host: Host): Promise<ExitCode> {
  const place = await requireFreePlace(settings.file, settings.library);
  const { csv, count } = await exportDecisions(settings.library);
  await deliver(csv, place, host);
  if (settings.json) host.write(renderExportJson(count, settings.file));
  else if (!settings.quiet) host.write(renderExportText(count, settings.file));
  return EXIT.ok;
}

export async function runDecisionsImport(settings: DecisionsSettings, host: Host): Promise<ExitCode> {
  const file = resolve(host.workingFolder, expandHome(settings.file));
  const result = await importDecisions(settings.library, file, (path) => photoPath(resolve(dirname(file), path)));
  if (settings.json) host.write(renderImportJson(result));
  else if (!settings.quiet) host.write(renderImportText(result));
  return EXIT.ok;
}
