/**
 * What went into a plan, and what did not.
 */
import type { CleanupPlan } from "../../core/cleanup/plan.ts";
import { counted, printablePath } from "../words.ts";

interface Made {
  readonly plan: CleanupPlan;
  readonly withheld: number;
  readonly outOfReach: number;
}

/** @param file as named */
export function renderPlanNote({ plan, withheld, outOfReach }: Made, file: string): string {
  const lines = [
    `${counted(plan.steps.length, "extra")} planned in ${printablePath(file)}; dupfind apply ${printablePath(file)} shows what it would do.`,
    ...(withheld > 0 ? [`${counted(withheld, "extra is", "extras are")} not planned: companions that the keeper lacks would go too.`] : []),
    ...(outOfReach > 0
      ? [`${counted(outOfReach, "extra is", "extras are")} not planned: links lead to it, or no scanned folder holds it.`]
      : []),
  ];
  return lines.map((line) => `dupfind: ${line}\n`).join("");
}
