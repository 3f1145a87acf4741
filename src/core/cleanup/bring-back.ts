/**
 * The way back, decided from what stands on the disk alone: the same for a step that was done, was broken off anywhere, or was brought
 * back in part before. Whatever is decided, a file that is not surely ours is neither overwritten nor removed.
 */
import type { FileRecord, LinkDeed, Relocation, SidecarWrite, StepState } from "./journal.ts";
import type { Sight } from "./ports.ts";

export type MoveBack =
  | "bring"
  /** The file never left its place: what was made of it elsewhere goes. */
  | "drop-copy"
  | "nothing-to-do"
  /** Something else stands in its place now. */
  | "place-taken"
  /** It is neither where it was moved to nor where it was: the trash was emptied, say. */
  | "not-found"
  | "unreadable";

/** @param state `begun`: whatever stands at the new place with the file's bytes was made by the step itself */
export function decideMoveBack({ file }: Relocation, from: Sight, to: Sight, state: StepState): MoveBack {
  if (isOurs(from, file)) {
    if (!isOurs(to, file)) return "nothing-to-do";
    const isOneFile = from.file.fileId === to.file.fileId;
    return isOneFile || state === "begun" ? "drop-copy" : "nothing-to-do";
  }
  if (isOurs(to, file)) return from.kind === "none" ? "bring" : from.kind === "unreadable" ? "unreadable" : "place-taken";
  if (from.kind === "unreadable" || to.kind === "unreadable") return "unreadable";
  // Of a step that was broken off nothing is missing that it did not take itself.
  return state === "begun" && from.kind !== "none" ? "nothing-to-do" : "not-found";
}

export type SidecarBack =
  /** What was written goes; then what stood there before is brought back, where something did. */
  | "remove"
  /** Nothing of ours stands there: what was there before is brought back as any file is. */
  | "bring-before"
  | "nothing-to-do"
  /** Somebody has written to it since, or put another in its place. */
  | "changed"
  | "not-found"
  | "unreadable";

/** @param kept what lies where the one before went; null where there was none */
export function decideSidecarBack({ before, written }: SidecarWrite, now: Sight, kept: Sight | null, state: StepState): SidecarBack {
  if (isOurs(now, written)) {
    // What was written stays while nobody knows where the one before is.
    if (before === null || kept === null || isOurs(kept, before.file)) return "remove";
    return kept.kind === "unreadable" ? "unreadable" : "not-found";
  }
  if (now.kind === "unreadable") return "unreadable";
  if (before !== null) return "bring-before";
  return now.kind === "none" || state === "begun" ? "nothing-to-do" : "changed";
}

export type LinkBack = "part" | Exclude<MoveBack, "bring" | "drop-copy">;

/** Whether it still shares its inode is not asked: a copy with the marks it had is right in any case. */
export function decideLinkBack({ file }: LinkDeed, now: Sight): LinkBack {
  if (now.kind === "none") return "not-found";
  if (now.kind === "unreadable") return "unreadable";
  if (!isOurs(now, file)) return "place-taken";
  const { fileId, modifiedNs, mode } = now.file;
  return fileId === file.fileId && modifiedNs === file.modifiedNs && mode === file.mode ? "nothing-to-do" : "part";
}

/** By its bytes: names and inodes are given anew. */
export function isOurs(
  sight: Sight,
  { sha256, bytes }: Pick<FileRecord, "sha256" | "bytes">,
): sight is Extract<Sight, { readonly kind: "file" }> {
  return sight.kind === "file" && sight.file.sha256 === sha256 && sight.file.bytes === bytes;
}
