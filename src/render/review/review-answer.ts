/**
 * What a review came to, for whoever called it.
 */
import type { ReviewProgress } from "../../core/review/review-view.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { counted, printablePath } from "../words.ts";

export interface ReviewEnd {
  /** Null where none was written. */
  readonly plan: {
    readonly file: string;
    readonly steps: number;
    readonly withheld: number;
    readonly outOfReach: number;
    readonly keptElsewhere: number;
  } | null;
  readonly progress: ReviewProgress;
  /** A whole command. */
  readonly next: string;
}

export function renderReviewText({ plan, progress, next }: ReviewEnd): string {
  const reviewed = `${counted(progress.chosen, "set")} of ${progress.total} reviewed.`;
  if (progress.total === 0) return "No duplicates: there is nothing to review.\n";
  if (plan === null) return `${reviewed} Every choice is kept.\nTo continue: ${next}\n`;
  const { file, steps, withheld, outOfReach, keptElsewhere } = plan;
  const left = [
    [withheld, "not planned: companions that the keeper lacks would go too."],
    [outOfReach, "not planned: links lead to it, or no scanned folder holds it."],
    [keptElsewhere, "not planned: another choice keeps it."],
  ] as const;
  const notes = left.filter(([count]) => count > 0).map(([count, why]) => `${counted(count, "photo is", "photos are")} ${why}\n`);
  return `${reviewed} ${counted(steps, "photo")} planned in ${printablePath(file)}.\n${notes.join("")}To see what it would do: ${next}\n`;
}

export function renderReviewJson({ plan, progress, next }: ReviewEnd): string {
  const { total, chosen } = progress;
  const written = plan === null ? null : { ...plan };
  return renderJsonAnswer("review", { sets: total, reviewed: chosen, plan: written, next: total === 0 ? null : next });
}
