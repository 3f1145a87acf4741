/**
 * What no answer speaks of although it may be a picture: what was passed by, and known photos that show too little to be compared.
 * Neither is a fault, so neither is in the ledger of skipped files.
 */
import { isWithinAny } from "../paths.ts";
import { PASSED_BY_REASONS, type PassedBy, type PassedByReason } from "../photos/passed-by.ts";
import type { SkippedPhoto, SkipReason } from "../photos/photo.ts";
import type { EncoderKey, PhotoPath } from "../units.ts";

/** The library as these counts see it. */
export interface LeftOutStore {
  /** Present photos that show less than `NEARLY_EMPTY_BELOW` to the encoder: their copies are found byte for byte alone. In pages, those that show least first. */
  heldBack(encoder: EncoderKey): AsyncIterable<readonly PhotoPath[]>;
  /** What scans passed by, but for what another one met. In pages, in path order. */
  passedBy(): AsyncIterable<readonly PassedBy[]>;
}

export interface LeftOutCounts {
  readonly heldBack: number;
  /** Files, and folders that were passed by as a whole. */
  readonly passedBy: Readonly<Record<PassedByReason, number>>;
}

/** One of all that was not compared. */
export interface LeftOutFile {
  readonly path: PhotoPath;
  readonly reason: "held-back" | SkipReason | PassedByReason;
  /** The decoder's or the system's own words; may be empty. */
  readonly detail: string;
}

export const NOTHING_LEFT_OUT: LeftOutCounts = {
  heldBack: 0,
  passedBy: { "other-name": 0, "by-choice": 0, "by-filter": 0, hidden: 0, link: 0 },
};

/** Takes a page's memory. @param encoder null where none has read the library @param folders empty for the whole library */
export async function countLeftOut(store: LeftOutStore, encoder: EncoderKey | null, folders: readonly string[]): Promise<LeftOutCounts> {
  const passedBy: Record<PassedByReason, number> = { ...NOTHING_LEFT_OUT.passedBy };
  for await (const page of store.passedBy()) for (const { path, reason } of page) if (isWithinAny(path, folders)) passedBy[reason]++;
  let heldBack = 0;
  if (encoder !== null)
    for await (const page of store.heldBack(encoder)) heldBack += page.filter((path) => isWithinAny(path, folders)).length;
  return { heldBack, passedBy };
}

export function passedByCount({ passedBy }: LeftOutCounts): number {
  return PASSED_BY_REASONS.reduce((sum, reason) => sum + passedBy[reason], 0);
}

/** All of it, skipped files among them: takes as much memory as the list does. */
export async function listLeftOut(
  store: LeftOutStore,
  encoder: EncoderKey | null,
  skipped: readonly SkippedPhoto[],
): Promise<readonly LeftOutFile[]> {
  const files: LeftOutFile[] = [...skipped];
  if (encoder !== null)
    for await (const page of store.heldBack(encoder)) for (const path of page) files.push({ path, reason: "held-back", detail: "" });
  for await (const page of store.passedBy()) for (const entry of page) files.push({ ...entry, detail: "" });
  return files;
}
