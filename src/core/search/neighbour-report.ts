/**
 * Which photos resemble nothing, and where the near-duplicates are.
 */
import type { Report } from "../duplicates/report.ts";
import type { NamedEncoder } from "../encoders/encoder.ts";
import type { ContentId, LibraryContent, Pair } from "../library/contents.ts";
import type { Verdict } from "../look/verdict.ts";
import { comparePaths, folderOf } from "../paths.ts";
import type { Similarity } from "../units.ts";
import type { PhotoOfContent } from "./search-store.ts";

export interface NeighbourReport {
  readonly encoder: NamedEncoder;
  readonly threshold: Report["threshold"];
  /** Present photos that were looked at. */
  readonly photoCount: number;
  /** Embedded but not yet compared with the rest: their near-duplicates are not counted. */
  readonly uncomparedCount: number;
  /** The least similar first. */
  readonly isolated: readonly IsolatedPhoto[];
  readonly nearDuplicateCount: number;
  /** Those with near-duplicates, the most of them first. */
  readonly folders: readonly FolderDensity[];
  /** Folders with near-duplicates, listed or not. */
  readonly folderCount: number;
}

/** A content and the one it resembles most. */
export interface IsolatedPhoto {
  readonly content: LibraryContent;
  readonly nearest: LibraryContent;
  readonly similarity: Similarity;
}

/** The photos that lie in one folder, those below it left out. */
export interface FolderDensity {
  readonly folder: string;
  readonly photos: number;
  /** Photos with another one, in whatever folder, at or above the threshold; the same bytes count too. */
  readonly nearDuplicates: number;
}

/** The most similar other content. */
export interface Neighbour {
  readonly nearest: ContentId;
  readonly similarity: Similarity;
}

/** Negative where the first comes first. */
export type CompareContents = (one: ContentId, other: ContentId) => number;

/** By the first path of each, since when a photo was met tells nothing. */
export function contentsByPath(photos: readonly PhotoOfContent[]): CompareContents {
  const first = new Map<ContentId, string>();
  for (const { content, path } of photos) {
    const known = first.get(content);
    if (known === undefined || comparePaths(path, known) < 0) first.set(content, path);
  }
  return (one, other) => comparePaths(first.get(one) ?? "", first.get(other) ?? "");
}

/** Nearest neighbours as they are found, whatever their order. */
export class Neighbours {
  readonly #nearest = new Map<ContentId, Neighbour>();
  readonly #compare: CompareContents;

  /** @param compare tells which of two equally near ones stays */
  constructor(compare: CompareContents) {
    this.#compare = compare;
  }

  of(content: ContentId): Neighbour | null {
    return this.#nearest.get(content) ?? null;
  }

  offer({ a, b, similarity }: Pair): void {
    this.#keepNearer(a, { nearest: b, similarity });
    this.#keepNearer(b, { nearest: a, similarity });
  }

  /** For one of the two alone. */
  #keepNearer(content: ContentId, found: Neighbour): void {
    const known = this.#nearest.get(content);
    const isNearer =
      known === undefined ||
      found.similarity > known.similarity ||
      (found.similarity === known.similarity && this.#compare(found.nearest, known.nearest) < 0);
    if (isNearer) this.#nearest.set(content, found);
  }
}

/**
 * What was seen decides, as in a report, down to where it was looked: at the encoder's floor, unless a threshold was given or calibrated.
 * Of what nobody looked at the similarity speaks.
 */
export function areNearDuplicates({ similarity }: Pair, seen: Verdict | undefined, threshold: NeighbourReport["threshold"]): boolean {
  if (seen === "different") return false;
  const isToldByLook = seen === "same" || seen === "altered";
  const isBound = threshold.origin === "given" || threshold.origin === "calibrated";
  return similarity >= threshold.value || (isToldByLook && !isBound);
}

/** Contents that more than one file holds: their bytes have a copy. Several names of one file are one file. */
export function contentsWithCopies(photos: readonly PhotoOfContent[]): ReadonlySet<ContentId> {
  const firstFile = new Map<ContentId, string>();
  const withCopies = new Set<ContentId>();
  for (const { content, fileId } of photos) {
    const first = firstFile.get(content);
    if (first === undefined) firstFile.set(content, fileId);
    else if (first !== fileId) withCopies.add(content);
  }
  return withCopies;
}

/** By folder, the most near-duplicates first, then the denser folder, then in path order; folders without any are left out. */
export function folderDensities(
  photos: readonly PhotoOfContent[],
  hasNearDuplicate: (content: ContentId) => boolean,
): readonly FolderDensity[] {
  const folders = new Map<string, { photos: number; nearDuplicates: number }>();
  for (const { content, path } of photos) {
    const folder = folderOf(path);
    const counts = folders.get(folder) ?? { photos: 0, nearDuplicates: 0 };
    folders.set(folder, counts);
    counts.photos++;
    if (hasNearDuplicate(content)) counts.nearDuplicates++;
  }
  return [...folders]
    .map(([folder, counts]) => ({ folder, ...counts }))
    .filter(({ nearDuplicates }) => nearDuplicates > 0)
    .sort((one, other) => other.nearDuplicates - one.nearDuplicates || one.photos - other.photos || comparePaths(one.folder, other.folder));
}
