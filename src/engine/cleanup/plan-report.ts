/**
 * A plan for the extras of a report, of those that a clean-up could touch.
 */
import { type MadePlan, planCleanup } from "../../core/cleanup/plan.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { createReach } from "../../io/photos/exclusion.ts";
import { surveyPlan } from "../../pipeline/cleanup/survey-plan.ts";
import { withLibrary } from "../open-library.ts";
import { openCleanup } from "./cleanup-ports.ts";
import { nameInPlan } from "./plan-library.ts";

export interface ReportPlanChoice {
  readonly library: LibraryPlace;
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
  const { library: place, protectedFolders, reviewed = false } = choice;
  const made = planCleanup(report, { library: nameInPlan(place), protectedFolders }, "trash", reviewed);
  const { disk } = await openCleanup(place, null);
  return withLibrary(place, async (library) => {
    const isReached = createReach(await library.roots());
    const { faults } = await surveyPlan({ disk, isReached }, made.plan);
    const faulty = new Set(faults.map(({ step }) => step));
    const steps = made.plan.steps.filter((step) => !faulty.has(step));
    return { ...made, plan: { ...made.plan, steps }, outOfReach: faulty.size };
  });
}
