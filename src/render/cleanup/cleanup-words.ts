/**
 * Words of a clean-up: what is done with files, and why something was not.
 */
import type { Action } from "../../core/cleanup/plan.ts";
import type { NotChosen } from "../../core/cleanup/select-steps.ts";

/** Behind "Would" and before a number of photos; and what was done. */
export const ACTION_WORDS: Readonly<Record<Action, { readonly would: string; readonly did: string; readonly where: string }>> = {
  trash: { would: "Would move", did: "Moved", where: "to the trash" },
  move: { would: "Would move", did: "Moved", where: "out of the library" },
  hardlink: { would: "Would replace", did: "Replaced", where: "by hard links to their keepers" },
  reflink: { would: "Would replace", did: "Replaced", where: "by shared copies of their keepers" },
};

/** @param kind class of the steps */
export function notChosenWords(why: NotChosen, kind: string): string {
  switch (why) {
    case "not-reviewed":
      return `of class ${kind}: not reviewed. --class ${kind} includes them anyway`;
    case "pixels-unknown":
      return `of class ${kind}, whose pixels are not known to be equal. --class ${kind} includes them anyway`;
    case "not-linkable":
      return `of class ${kind}: only files of equal bytes are linked`;
    case "protected":
      return `of class ${kind} in protected folders`;
  }
}

const WHY_WORDS: Readonly<Record<string, string>> = {
  gone: "is no longer there",
  changed: "is not what it was when the plan was made",
  changing: "was written to while it was read",
  "no-file": "is a link or a folder now",
  "same-file": "is already the same file as its keeper",
  "place-taken": "finds another file in its place",
  "not-found": "is neither where it was moved to nor where it was",
  unreadable: "cannot be read",
  "no-trash": "has no trash on its drive: move it to a folder with --action move --to",
  "no-folder": "has no folder to go to",
  "no-metadata": "has a sidecar or record beside it, or beside its keeper, that cannot be read as one",
  "too-large": "or a file beside it is too large to be read for its metadata",
  protected: "has a keeper in a protected folder, where no sidecar is written",
  EXDEV: "lies on another drive than its keeper",
  ENOTSUP: "lies on a drive that cannot do this",
  EOPNOTSUPP: "lies on a drive that cannot do this",
  ENOSYS: "lies on a drive that cannot do this",
  ENOSPC: "does not fit on the disk",
  EDQUOT: "does not fit on the disk",
  EROFS: "lies on a drive that is read-only",
  EACCES: "lies where you may not write",
  EPERM: "lies where you may not write",
};

/** What stands behind a path: "is no longer there". */
export function whyWords(why: string): string {
  return WHY_WORDS[why] ?? `could not be moved (${why})`;
}
