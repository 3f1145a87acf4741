/**
 * A review over the library's report, with its files beside the library; and the plan that its choices come to.
 */

import { EXTRA_CLASSES } from "../../core/duplicates/classes.ts";
import type { Report } from "../../core/duplicates/report.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";
import { haveSameBytes } from "../../io/photos/same-bytes.ts";
import { ReviewFile } from "../../io/review/review-file.ts";
import { withTextsCompared } from "../../pipeline/duplicates/compare-texts.ts";
import { ReviewSession } from "../../pipeline/review/review-session.ts";
import { planReport, type ReportPlan } from "../cleanup/plan-report.ts";

export interface ReviewPlace {
  readonly library: LibraryPlace;
  readonly protectedFolders: readonly string[];
  /** In the plan. */
  readonly mergeMetadata: boolean;
}

export function openReview({ library, protectedFolders }: ReviewPlace, report: Report): Promise<ReviewSession> {
  const ports = {
    store: new ReviewFile(library.ownFiles),
    decisions: new DecisionsFile(library.ownFiles),
    now: () => new Date().toISOString(),
  };
  return ReviewSession.open(report, { folders: report.folders, protectedFolders }, ports);
}

export interface ReviewPlan extends ReportPlan {
  readonly keptElsewhere: number;
}

/** Reads the texts beside photos whose keeper is another than the report's, opens no photo and changes nothing. */
export async function planReview(place: ReviewPlace, report: Report, session: ReviewSession): Promise<ReviewPlan> {
  const { sets, keptElsewhere } = session.chosen();
  const chosen = { ...report, sets: await withTextsCompared(sets, haveSameBytes), only: EXTRA_CLASSES };
  return { ...(await planReport({ ...place, reviewed: true }, chosen)), keptElsewhere };
}
