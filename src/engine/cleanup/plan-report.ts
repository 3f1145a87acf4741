/**
 * A plan for the extras of a report, of those that a clean-up could touch.
 */
import { type MadePlan, planCleanup } from "../../core/cleanup/plan.ts";
import type { Report } from "../../core/duplicates/report.ts";
import { photoPath } from "../../core/units.ts";
import { createReach } from "../../io/photos/exclusion.ts";
import { resolveFolder } from "../../io/photos/folders.ts";
import { holdsPhoto } from "../../io/photos/holds-photo.ts";
import { surveyPlan } from "../../pipeline/cleanup/survey-plan.ts";
import { withLibrary } from "../open-library.ts";
import { openCleanup } from "./cleanup-ports.ts";

export interface ReportPlanChoice {
  /** Path of the library's file, absolute. */
  readonly library: string;
  readonly protectedFolders: readonly string[];
  /** A person has looked at every extra of the report. */
  readonly reviewed?: boolean;
}

export interface ReportPlan extends MadePlan {
  /** Extras that are in no step: they, or their keepers, are met through a link, or in no folder that is scanned any more. */
  readonly outOfReach: number;
}

/** Looks where the files stand, and changes nothing. */
export async function planReport(choice: ReportPlanChoice, report: Report): Promise<ReportPlan> {
  const { library: path, protectedFolders, reviewed = false } = choice;
  const made = planCleanup(report, { library: photoPath(resolveFolder(path, ".")), protectedFolders }, "trash", reviewed);
  const { disk } = await openCleanup(path, null);
  return withLibrary(path, async (library) => {
    const isReached = createReach(await library.roots());
    const { faults } = await surveyPlan({ disk, isReached, holdsPhoto }, made.plan);
    const faulty = new Set(faults.map(({ step }) => step));
    const steps = made.plan.steps.filter((step) => !faulty.has(step));
    return { ...made, plan: { ...made.plan, steps }, outOfReach: faulty.size };
  });
}
