/**
 * Which steps of a plan are carried out: what is surely the same goes by itself, all else only where a person looked at it or asked for
 * its class by name.
 */

import type { ExtraClass } from "../duplicates/classes.ts";
import type { ContentHash, PixelsHash } from "../units.ts";
import type { Action, PlanStep } from "./plan.ts";

export interface StepChoice {
  /** Classes that go without having been reviewed, beside those of equal bytes and pixels. */
  readonly classes: readonly ExtraClass[];
  /** For every step instead of its own; null for each its own. */
  readonly action: Action | null;
  /** Whether the file lies in a folder in which nothing is touched. */
  readonly isProtected: (path: string) => boolean;
  /** As the library knows the content; null where it does not, or a format has none. */
  readonly pixelsOf: (content: ContentHash) => PixelsHash | null;
}

/** Why a step is left out before anything is looked at on the disk. */
export type NotChosen =
  /** Of a class that wants a person's eye. */
  | "not-reviewed"
  /** The plan calls the pixels equal, and the library does not. */
  | "pixels-unknown"
  /** Only files of equal bytes are linked. */
  | "not-linkable"
  | "protected";

export interface Selection {
  readonly chosen: readonly PlanStep[];
  readonly others: readonly { readonly step: PlanStep; readonly why: NotChosen }[];
}

export function selectSteps(steps: readonly PlanStep[], choice: StepChoice): Selection {
  const chosen: PlanStep[] = [];
  const others: { step: PlanStep; why: NotChosen }[] = [];
  for (const planned of steps) {
    const step = choice.action === null ? planned : { ...planned, action: choice.action };
    const why = whyNot(step, choice);
    if (why === null) chosen.push(isLink(step.action) ? { ...step, companions: [] } : step);
    else others.push({ step, why });
  }
  return { chosen, others };
}

/** What travels with a photo stays beside it where the photo's name stays. */
export function isLink(action: Action): action is "hardlink" | "reflink" {
  return action === "hardlink" || action === "reflink";
}

function whyNot({ class: kind, reviewed, action, keeper, extra, companions }: PlanStep, choice: StepChoice): NotChosen | null {
  if (isLink(action) && keeper.sha256 !== extra.sha256) return "not-linkable";
  // A linked keeper is one file with the extra from then on: whoever edits that would edit the keeper.
  const touched = [extra, ...companions, ...(isLink(action) ? [keeper] : [])];
  if (touched.some(({ path }) => choice.isProtected(path))) return "protected";
  if (reviewed || choice.classes.includes(kind) || kind === "same-bytes") return null;
  if (kind !== "same-pixels") return "not-reviewed";
  const pixels = choice.pixelsOf(extra.sha256);
  return pixels !== null && pixels === choice.pixelsOf(keeper.sha256) ? null : "pixels-unknown";
}
