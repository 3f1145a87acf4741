/**
 * Sets that a report has listed before, by their contents: what is news is told from what was said already. Names do not count, so that
 * photos may be moved and renamed, and a library be made anew.
 */
import { sha256 } from "../photos/photo-form.ts";
import { fields, line, list, wholeFrom } from "../text/json-form.ts";
import type { ContentHash } from "../units.ts";
import type { DuplicateSet } from "./duplicate-sets.ts";

export interface ReportedContent {
  readonly sha256: ContentHash;
  /** Files with these bytes in the set. */
  readonly photos: number;
}

export interface ReportedSet {
  /** ISO 8601. */
  readonly at: string;
  /** In the set's order, the keeper's first. */
  readonly contents: readonly ReportedContent[];
}

/** Keeps what was listed; nothing in it is ever changed. */
export interface ReportedSetsStore {
  read(): Promise<readonly ReportedSet[]>;
  /** On the disk when the promise resolves. */
  add(sets: readonly ReportedSet[]): Promise<void>;
}

const MOST = Number.MAX_SAFE_INTEGER;
const readSet = fields<ReportedSet>({
  at: line,
  contents: list(fields<ReportedContent>({ sha256, photos: wholeFrom(1, MOST) }), 1, MOST),
});

/** @throws {FormFault} when it is none */
export function parseReportedSet(json: unknown): ReportedSet {
  return readSet(json, "");
}

/** @param at ISO 8601 */
export function reportedSet(set: DuplicateSet, at: string): ReportedSet {
  return { at, contents: [...contentsOf(set)].map(([hash, photos]) => ({ sha256: hash, photos })) };
}

/**
 * Sets with an extra that was never listed in one set with this keeper, or of which there are more files by now. So a set that lost members,
 * fell in two, or has another of them for its keeper is none. Linear in what was listed, but for contents that were listed many times.
 */
export function newSets(sets: readonly DuplicateSet[], reported: readonly ReportedSet[]): readonly DuplicateSet[] {
  const byContent = new Map<ContentHash, ReadonlyMap<ContentHash, number>[]>();
  for (const { contents } of reported) {
    const counts = new Map(contents.map(({ sha256: hash, photos }) => [hash, photos]));
    for (const hash of counts.keys()) {
      const known = byContent.get(hash);
      if (known === undefined) byContent.set(hash, [counts]);
      else known.push(counts);
    }
  }
  return sets.filter((set) => {
    const counts = contentsOf(set);
    const listed = byContent.get(set.keeper.content.hash) ?? [];
    const extras = new Set(set.extras.map(({ content }) => content.hash));
    return [...extras].some((hash) => listed.every((known) => (known.get(hash) ?? 0) < (counts.get(hash) as number)));
  });
}

/** How many files the set has of each content, those outside the report's folders too. */
function contentsOf({ keeper, extras, outside }: DuplicateSet): ReadonlyMap<ContentHash, number> {
  const counts = new Map<ContentHash, number>();
  for (const { content } of [keeper, ...extras, ...outside]) counts.set(content.hash, (counts.get(content.hash) ?? 0) + 1);
  return counts;
}
