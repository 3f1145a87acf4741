/**
 * What shall be done with the extras of a report, as data that a person can read, change and carry out: each step takes one extra, with
 * all that travels with it, and names the keeper that stays for it.
 */
import type { DuplicateSet, Extra } from "../duplicates/duplicate-sets.ts";
import type { Report } from "../duplicates/report.ts";
import type { CompanionFile } from "../photos/photo.ts";
import type { ContentHash, PhotoPath } from "../units.ts";

/** How an extra is the same as its keeper, the surest first. */
export const SET_CLASSES = ["same-bytes", "same-pixels", "same-picture", "altered", "burst", "undecided"] as const;
export type SetClass = (typeof SET_CLASSES)[number];

/** `hardlink` and `reflink`: the extra's place stays, and shares the keeper's room on the disk. */
export const ACTIONS = ["trash", "move", "hardlink", "reflink"] as const;
export type Action = (typeof ACTIONS)[number];

export interface PlannedPhoto {
  readonly path: PhotoPath;
  readonly sha256: ContentHash;
  readonly bytes: number;
}

export interface PlanStep {
  /** Number of its set; several steps may share one. */
  readonly set: number;
  readonly class: SetClass;
  /** A person has looked at it. */
  readonly reviewed: boolean;
  readonly action: Action;
  readonly keeper: PlannedPhoto;
  readonly extra: PlannedPhoto;
  /** They go where the extra goes, or nothing does. */
  readonly companions: readonly CompanionFile[];
}

export interface CleanupPlan {
  /** Path of the library's file, absolute. */
  readonly library: string;
  /** Nothing in them is touched. */
  readonly protectedFolders: readonly string[];
  readonly steps: readonly PlanStep[];
}

export interface MadePlan {
  readonly plan: CleanupPlan;
  /** Extras that are in no step: companions of theirs would be lost with them, since the keeper has no equal of these. */
  readonly withheld: number;
}

/** A plan for every extra of the report that leaves no companion alone. Reads no file. */
export function planCleanup(report: Report, about: Omit<CleanupPlan, "steps">, action: Action): MadePlan {
  const all = report.sets.flatMap((set, index) => set.extras.map((extra) => ({ set, number: index + 1, extra })));
  const taken = all.filter(({ extra }) => extra.parted.length === 0);
  const steps = taken.map(({ set, number, extra }): PlanStep => {
    const { keeper } = set;
    return {
      set: number,
      class: classOf(set, extra),
      reviewed: false,
      action,
      keeper: planned(keeper),
      extra: planned(extra),
      companions: extra.companions.filter(({ path }) => !keeper.companions.some((kept) => kept.path === path)),
    };
  });
  return { plan: { ...about, steps: companionsOnce(steps) }, withheld: all.length - taken.length };
}

function classOf(set: DuplicateSet, { evidence, content }: Extra): SetClass {
  if (set.kind === "burst") return "burst";
  if (evidence === "same-bytes") return "same-bytes";
  const { pixelsHash } = content.facts;
  return pixelsHash !== null && pixelsHash === set.keeper.content.facts.pixelsHash ? "same-pixels" : "same-picture";
}

function planned({ photo, content }: Pick<Extra, "photo" | "content">): PlannedPhoto {
  return { path: photo.path, sha256: content.hash, bytes: content.bytes };
}

/** Of several extras that share a companion the last one takes it along. */
function companionsOnce(steps: readonly PlanStep[]): readonly PlanStep[] {
  const last = new Map(steps.flatMap(({ companions }, index) => companions.map(({ path }) => [path, index] as const)));
  return steps.map((step, index) => ({ ...step, companions: step.companions.filter(({ path }) => last.get(path) === index) }));
}
