/**
 * Brings back what a step took, as far as it can be brought back. May be broken off and called again at any point.
 */
import { decideLinkBack, decideMoveBack, decideSidecarBack, type LinkBack, type MoveBack } from "../../core/cleanup/bring-back.ts";
import type { LinkDeed, MoveDeed, Relocation, SidecarWrite, StepRecord } from "../../core/cleanup/journal.ts";
import { type CleanupDisk, FileFault } from "../../core/cleanup/ports.ts";
import type { PhotoPath } from "../../core/units.ts";

/** A file that was not brought back. */
export interface NotBack {
  readonly path: PhotoPath;
  /** Where its bytes lie as far as is known; null where nowhere. */
  readonly liesAt: PhotoPath | null;
  /** As in `MoveBack`, or the system's word. */
  readonly why: string;
}

/** @returns what stays to be done; nothing where all is as it was before the step */
export async function bringBack(disk: CleanupDisk, { deed, state }: Pick<StepRecord, "deed" | "state">): Promise<readonly NotBack[]> {
  if (deed.kind === "link") return linkBack(disk, deed);
  return moveBack(disk, deed, state);
}

async function moveBack(disk: CleanupDisk, deed: MoveDeed, state: StepRecord["state"]): Promise<readonly NotBack[]> {
  const notBack: NotBack[] = [];
  // What an earlier try left stands in the way.
  if (state !== "done") await failureOf(() => disk.tidy(deed));
  for (const move of deed.files) notBack.push(...(await relocationBack(disk, move, state)));
  if (deed.sidecar != null) notBack.push(...(await sidecarBack(disk, deed.sidecar, state)));
  const failed = await failureOf(() => disk.tidy(deed));
  if (failed !== null && notBack.length === 0)
    return deed.files.slice(0, 1).map(({ from, to }) => ({ path: from, liesAt: to, why: failed }));
  return notBack;
}

async function relocationBack(disk: CleanupDisk, move: Relocation, state: StepRecord["state"]): Promise<readonly NotBack[]> {
  const decision = decideMoveBack(move, await disk.read(move.from), await disk.read(move.to), state);
  const why = (await failureOf(() => carryOut(disk, move, decision))) ?? faultOf(decision);
  return why === null ? [] : [{ path: move.from, liesAt: decision === "not-found" ? null : move.to, why }];
}

/** The one that was written goes, and the one before it comes back. */
async function sidecarBack(disk: CleanupDisk, write: SidecarWrite, state: StepRecord["state"]): Promise<readonly NotBack[]> {
  const { path, before } = write;
  const decision = decideSidecarBack(write, await disk.read(path), before === null ? null : await disk.read(before.to), state);
  if (decision === "nothing-to-do") return [];
  const notBack = (why: string): readonly NotBack[] => [{ path, liesAt: decision === "not-found" ? null : (before?.to ?? path), why }];
  if (decision === "changed" || decision === "not-found" || decision === "unreadable") return notBack(decision);
  const failed = decision === "remove" ? await failureOf(() => disk.removeSidecar(write)) : null;
  if (failed !== null) return notBack(failed);
  return before === null ? [] : relocationBack(disk, before, state);
}

async function carryOut(disk: CleanupDisk, move: Relocation, decision: MoveBack): Promise<void> {
  if (decision === "bring") await disk.relocateBack(move);
  if (decision === "drop-copy") await disk.dropCopy(move);
}

async function linkBack(disk: CleanupDisk, deed: LinkDeed): Promise<readonly NotBack[]> {
  const decision = decideLinkBack(deed, await disk.read(deed.path));
  const why =
    (await failureOf(async () => {
      await disk.tidy(deed);
      if (decision === "part") await disk.part(deed);
    })) ?? faultOf(decision);
  return why === null ? [] : [{ path: deed.path, liesAt: decision === "not-found" ? null : deed.path, why }];
}

function faultOf(decision: MoveBack | LinkBack): string | null {
  return decision === "place-taken" || decision === "not-found" || decision === "unreadable" ? decision : null;
}

/** Null where it went well. */
export async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof FileFault) return error.reason;
    throw error;
  }
}
