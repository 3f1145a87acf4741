/**
 * A plan for the extras of a report, of those that a clean-up could touch.
 */
import { isMetadataText } from "../../core/cleanup/keeper-sidecar.ts";
import { type MadePlan, type PlanWays, planCleanup } from "../../core/cleanup/plan.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { PhotoPath } from "../../core/units.ts";
import { photoMetadata } from "../../io/metadata/photo-metadata.ts";
import { createReach } from "../../io/photos/exclusion.ts";
import { holdsPhoto } from "../../io/photos/holds-photo.ts";
import { surveyPlan } from "../../pipeline/cleanup/survey-plan.ts";
import { withLibrary } from "../open-library.ts";
import { openCleanup } from "./cleanup-ports.ts";
import { nameInPlan } from "./plan-library.ts";

export interface ReportPlanChoice {
  readonly library: LibraryPlace;
  readonly protectedFolders: readonly string[];
  /** A person has looked at every extra of the report. */
  readonly reviewed?: boolean;
  /** Keepers get what extras tell of the picture and they do not. */
  readonly mergeMetadata: boolean;
}

export interface ReportPlan extends MadePlan {
  /** Extras that are in no step: they, or their keepers, are met through a link, or in no folder that is scanned any more. */
  readonly outOfReach: number;
}

/** Looks where the files stand, reads texts beside them where these are to be merged, and changes nothing. */
export async function planReport(choice: ReportPlanChoice, report: Report): Promise<ReportPlan> {
  const { library: place, protectedFolders, reviewed = false, mergeMetadata } = choice;
  const merging = mergeMetadata ? await findMergeable(report) : null;
  const made = planCleanup(report, { library: nameInPlan(place), protectedFolders }, "trash", { reviewed, merging });
  const { disk } = await openCleanup(place, null);
  return withLibrary(place, async (library) => {
    const isReached = createReach(await library.roots());
    const { faults } = await surveyPlan({ disk, isReached, holdsPhoto }, made.plan);
    const faulty = new Set(faults.map(({ step }) => step));
    const steps = made.plan.steps.filter((step) => !faulty.has(step));
    return { ...made, plan: { ...made.plan, steps }, outOfReach: faulty.size };
  });
}

/** The texts without an equal beside the keeper that may go all the same: a merge takes all that they tell. */
async function findMergeable({ sets }: Report): Promise<NonNullable<PlanWays["merging"]>> {
  const texts = sets.flatMap(({ extras }) => extras.flatMap(({ parted }) => parted.map(({ path }) => path).filter(isMetadataText)));
  const whole = new Set<PhotoPath>();
  for (const text of texts) if (await photoMetadata.isTakenWhole(text)) whole.add(text);
  return { isTakenWhole: (text) => whole.has(text) };
}
