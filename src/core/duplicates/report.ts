/**
 * A finished report as data; the renderers turn it into text, JSON, CSV or a list of paths.
 */
import type { UsedThreshold } from "../calibration/threshold-choice.ts";
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { LeftOutCounts } from "../library/left-out.ts";
import { type Backlog, isFinished } from "../library/unfinished.ts";
import type { SkippedPhoto } from "../photos/photo.ts";
import { EXTRA_CLASSES, type ExtraClass, isSure, SURE_CLASSES } from "./classes.ts";
import type { DuplicateSet, Extra } from "./duplicate-sets.ts";
import { type FolderStanding, summarizeFolders } from "./folder-summary.ts";
import type { FolderTally } from "./folder-tally.ts";

/** Photos of sets that are not what the library knows any more, counted: they are left out. */
export interface StalePhotos {
  /** Another file stands there, or the same was written to, renamed or touched otherwise. */
  readonly changed: number;
  /** Nothing stands there, or it cannot be told: a drive may be away. */
  readonly absent: number;
}

/** What a report was narrowed to that lists what is new alone. */
export interface SinceLast {
  /** When a set was listed last, ISO 8601; null where none was yet. */
  readonly last: string | null;
  /** Sets that are left out, since they were listed before. */
  readonly knownSets: number;
}

export interface Report extends Backlog {
  readonly encoder: NamedEncoder;
  readonly threshold: UsedThreshold;
  /** That the report is about, absolute; empty for the whole library. */
  readonly folders: readonly string[];
  /** Present photos that were compared. */
  readonly photoCount: number;
  /** Of the whole library. */
  readonly tally: FolderTally;
  /** Sets of copies, then bursts where they were asked for. */
  readonly sets: readonly DuplicateSet[];
  /** Known by the last scan, and not in the sets for that. */
  readonly stale: StalePhotos;
  /** Pairs that could not be looked at, since a photo of them could not be read. */
  readonly unreadablePairs: number;
  /** Classes that it was narrowed to; null for all. */
  readonly only: readonly ExtraClass[] | null;
  /** Null where sets that were listed before are listed again. */
  readonly since: SinceLast | null;
  /** False where the encoder alone decided. */
  readonly looked: boolean;
  /** Present photos of the library whose contents were thrown away before. */
  readonly returnedCount: number;
  /** Bursts found, listed or not. */
  readonly burstCount: number;
  readonly skipped: readonly SkippedPhoto[];
  /** In the folders that the report is about. */
  readonly leftOut: LeftOutCounts;
}

/** Whether it speaks of every photo as it is now, but for those that were skipped. */
export function isUpToDate(report: Report): boolean {
  return isFinished(report) && report.stale.changed === 0 && report.stale.absent === 0;
}

export interface Totals {
  readonly extras: number;
  readonly reclaimableBytes: number;
}

export interface ReportTotals extends Totals {
  /** Of copies. */
  readonly sets: number;
  /** Of all classes that the report has. */
  readonly classes: Readonly<Record<ExtraClass, Totals>>;
}

/** Photos that could go since they are the same picture, and the bytes they would free; and what each class comes to. */
export function reportTotals({ sets }: Report): ReportTotals {
  const extras = sets.flatMap((set) => set.extras);
  const totalOf = (some: readonly Extra[]): Totals => ({
    extras: some.length,
    reclaimableBytes: some.reduce((sum, { content }) => sum + content.bytes, 0),
  });
  const classes = Object.fromEntries(
    EXTRA_CLASSES.map((name) => {
      const { extras: count, reclaimableBytes } = totalOf(extras.filter((extra) => extra.class === name));
      return [name, { extras: count, reclaimableBytes: name === "burst" ? 0 : reclaimableBytes }];
    }),
  ) as Record<ExtraClass, Totals>;
  return {
    sets: sets.filter(({ kind }) => kind === "copies").length,
    ...totalOf(extras.filter((extra) => isSure(extra.class))),
    classes,
  };
}

/** What of each folder is kept elsewhere. News alone does not tell. */
export function folderStandings({ sets, tally, since }: Report): readonly FolderStanding[] {
  return since === null ? summarizeFolders(sets, tally) : [];
}

/** The report with the members of these classes alone, and the sets that have one, be it outside the folders that were named. */
export function onlyClasses(report: Report, classes: readonly ExtraClass[]): Report {
  const isListed = (member: Extra) => classes.includes(member.class);
  const sets = report.sets.flatMap((set) => {
    const [extras, outside] = [set.extras.filter(isListed), set.outside.filter(isListed)];
    if (extras.length + outside.length === 0) return [];
    const reclaimableBytes = set.kind === "burst" ? 0 : extras.reduce((sum, { content }) => sum + content.bytes, 0);
    return [{ ...set, extras, outside, reclaimableBytes }];
  });
  return { ...report, sets, only: classes };
}

/**
 * Extras that may be removed and leave no companion alone, and how many may not: of the classes that the report was narrowed to, or else
 * those that are the same picture. Their keepers stay: one that is an extra itself, of an altered picture say, is left out.
 */
export function removableExtras(report: Report): { readonly extras: readonly Extra[]; readonly withheld: number } {
  const listed = onlyClasses(report, report.only ?? SURE_CLASSES).sets;
  const keepers = new Set(listed.map(({ keeper }) => keeper.photo.path));
  const all = listed.flatMap((set) => set.extras).filter(({ photo }) => !keepers.has(photo.path));
  const extras = all.filter(({ parted }) => parted.length === 0);
  return { extras, withheld: all.length - extras.length };
}
