/**
 * The plan that a report writes beside its answer.
 */
import { formatPlan } from "../../core/cleanup/parse-plan.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { planReport } from "../../engine/cleanup/plan-report.ts";
import { renderPlanNote } from "../../render/cleanup/plan-note.ts";
import { deliver } from "../answer.ts";
import type { Host } from "../host.ts";
import type { CommonSettings } from "../settings.ts";

interface PlanSettings extends CommonSettings {
  readonly protectedFolders: readonly string[];
  readonly plan: string | null;
  readonly mergeMetadata: boolean;
}

export async function writePlan(
  report: Report,
  place: NonNullable<Parameters<typeof deliver>[1]>,
  settings: PlanSettings,
  host: Host,
): Promise<void> {
  const made = await planReport(settings, report);
  await deliver(formatPlan(made.plan), place, host);
  if (!settings.quiet) host.writeError(renderPlanNote(made, place.name));
}
