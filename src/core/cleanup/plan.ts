/**
 * What shall be done with the extras of a report, as data that a person can read, change and carry out: each step takes one extra, with
 * all that travels with it, and names the keeper that stays for it.
 */
import { type ExtraClass, SURE_CLASSES } from "../duplicates/classes.ts";
import type { Extra } from "../duplicates/duplicate-sets.ts";
import type { Report } from "../duplicates/report.ts";
import type { CompanionFile } from "../photos/photo.ts";
import type { ContentHash, PhotoPath } from "../units.ts";

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
  readonly class: ExtraClass;
  /** A person has looked at it. */
  readonly reviewed: boolean;
  readonly action: Action;
  readonly keeper: PlannedPhoto;
  readonly extra: PlannedPhoto;
  /** What the extra tells and the keeper does not is written into the keeper's sidecar first. */
  readonly mergeMetadata: boolean;
  /** They go where the extra goes, or nothing does. */
  readonly companions: readonly CompanionFile[];
}

export interface CleanupPlan {
  /** Path of the library's file, absolute; or the address of its server, without a user. */
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

export interface PlanWays {
  /** A person has looked at every extra of the report. */
  readonly reviewed?: boolean;
  /** Keepers learn what the extras tell; texts of which nothing is lost by that may go without an equal beside the keeper. */
  readonly merging?: { readonly isTakenWhole: (text: PhotoPath) => boolean } | null;
}

/**
 * A plan for every extra of the classes that the report was narrowed to, or else of those that are the same picture, that leaves no
 * companion alone. Reads no file.
 */
export function planCleanup(report: Report, about: Omit<CleanupPlan, "steps">, action: Action, how: PlanWays = {}): MadePlan {
  const { reviewed = false, merging = null } = how;
  const classes: readonly ExtraClass[] = report.only ?? SURE_CLASSES;
  const listed = report.sets.map((set) => ({ ...set, extras: set.extras.filter((extra) => classes.includes(extra.class)) }));
  // Of one set the keeper, in another an extra: it stays for those that it is kept for.
  const keepers = new Set(listed.filter(({ extras }) => extras.length > 0).map(({ keeper }) => keeper.photo.path));
  const all = listed.flatMap((set, index) =>
    set.extras.filter(({ photo }) => !keepers.has(photo.path)).map((extra) => ({ set, number: index + 1, extra })),
  );
  const taken = all.filter(({ extra }) => extra.parted.every(({ path }) => merging?.isTakenWhole(path) ?? false));
  const steps = taken.map(({ set, number, extra }): PlanStep => {
    const { keeper } = set;
    return {
      set: number,
      class: extra.class,
      reviewed,
      action,
      keeper: planned(keeper),
      extra: planned(extra),
      mergeMetadata: merging !== null,
      companions: extra.companions.filter(({ path }) => !keeper.companions.some((kept) => kept.path === path)),
    };
  });
  return { plan: { ...about, steps: companionsOnce(steps) }, withheld: all.length - taken.length };
}

function planned({ photo, content }: Pick<Extra, "photo" | "content">): PlannedPhoto {
  return { path: photo.path, sha256: content.hash, bytes: content.bytes };
}

/** Of several extras that share a companion the last one takes it along. */
function companionsOnce(steps: readonly PlanStep[]): readonly PlanStep[] {
  const last = new Map(steps.flatMap(({ companions }, index) => companions.map(({ path }) => [path, index] as const)));
  return steps.map((step, index) => ({ ...step, companions: step.companions.filter(({ path }) => last.get(path) === index) }));
}
