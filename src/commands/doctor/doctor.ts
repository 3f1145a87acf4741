/**
 * `dupfind doctor`: whether all that dupfind needs is there and in order, and what to do where it is not.
 */
import type { Check, CheckName } from "../../core/doctor/check.ts";
import { EXIT, type ExitCode } from "../../core/errors.ts";
import { type ExamineChoice, examine } from "../../engine/doctor/examine.ts";
import { renderDoctorJson, renderDoctorText, type ToldCheck } from "../../render/doctor/doctor.ts";
import { hintOf } from "../hints.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

export interface DoctorSettings extends CommonSettings, Pick<ExamineChoice, "dataHome"> {}

/** What to do where no fault's code says it. */
const CURES: { readonly [Name in CheckName]?: string } = {
  node: "Install Node 22 or newer, then dupfind again",
  "library-space": "Free some room there, or name a library elsewhere with --db",
  "models-folder": "Check its permissions and room, or name another with DUPFIND_MODELS; the embedded encoder does without it",
  trash: "Extras there can be moved with dupfind apply --action move --to <folder>, or linked with --action hardlink",
  temporary: "Check its permissions and room, or name another with TMPDIR",
};

export async function runDoctor(settings: DoctorSettings, host: Host): Promise<ExitCode> {
  const checks = (await examine(settings)).map(told);
  if (settings.json) host.write(renderDoctorJson(checks));
  else host.write(renderDoctorText(checks));
  const isIll = checks.some(({ outcome }) => outcome === "fault" || (settings.strict && outcome === "warning"));
  return isIll ? EXIT.notWell : EXIT.ok;
}

function told({ name, outcome, found, fault }: Check): ToldCheck {
  return { name, outcome, found, cure: outcome === "ok" ? null : fault === null ? (CURES[name] ?? null) : hintOf(fault) };
}
