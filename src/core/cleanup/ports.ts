/**
 * Files and the journal as the stories of a clean-up ask for them; `io/cleanup` fulfils them.
 */

import type { PhotoPath } from "../units.ts";
import type { Deed, FileRecord, JournalEntry, LinkDeed, Relocation, SidecarWrite, TrashNote } from "./journal.ts";

/** What stands at a path, links not followed. */
export type Sight =
  | { readonly kind: "file"; readonly file: FileRecord }
  | { readonly kind: "none" }
  /** A link, a folder, a device. */
  | { readonly kind: "other" }
  /** @property why the system's word, or "changing" where it was written to while it was read */
  | { readonly kind: "unreadable"; readonly why: string };

/** Where a path leads in truth. */
export interface Standing {
  /** The path with its folder's real spelling; null where the folder is not there. */
  readonly realPath: string | null;
  /** Device and inode of the file itself, links not followed; null where it is not there. */
  readonly fileId: string | null;
  /** Those of the folders above it, up to the file system's root. */
  readonly folderIds: readonly string[];
}

/** A place that was found free for a file, and the name of a draft in it. */
export interface NewPlace {
  readonly to: PhotoPath;
  readonly note: TrashNote | null;
}

/** Why a file was not moved, linked or brought back; a fault of that file, not of the program. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  /** The system's word, or one of `place-taken`, `changed`, `no-folder`, `no-trash`, `no-file`, `no-metadata`, `too-large`, `gone` and `protected`. */
  readonly reason: string;

  constructor(reason: string, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** Every change is on the disk when its promise resolves, and none overwrites a file. Changes throw {@link FileFault}. */
export interface CleanupDisk {
  /** Reads the whole file. */
  read(path: string): Promise<Sight>;
  stand(path: string): Promise<Standing>;
  /** Names in the folder; none where it cannot be listed. */
  namesIn(folder: string): Promise<readonly string[]>;
  isFree(path: string): Promise<boolean>;
  /** A free place in the trash of the file's own file system. Makes no file. @param taken places that were given away already */
  placeInTrash(path: PhotoPath, taken: readonly PhotoPath[]): Promise<NewPlace>;
  /** Moves the very file that the record describes, and no other that took its place. */
  relocate(move: Relocation): Promise<void>;
  /** The way back. The trash's note goes. */
  relocateBack(move: Relocation): Promise<void>;
  /** Removes the second name, or the whole copy, of a file that is where it was. */
  dropCopy(move: Relocation): Promise<void>;
  /** Removes the draft, and a note that nothing lies beside. */
  tidy(deed: Deed): Promise<void>;
  /** What stands there goes to its place first. */
  writeSidecar(write: SidecarWrite, text: string): Promise<void>;
  /** Removes what was written, and nothing else. */
  removeSidecar(write: SidecarWrite): Promise<void>;
  link(deed: LinkDeed): Promise<void>;
  /** Makes the name a file of its own again, with the marks it had. */
  part(deed: LinkDeed): Promise<void>;
}

/** Read whole, and added to. */
export interface Journal {
  read(): Promise<JournalContents>;
  /** On the disk when the promise resolves. @throws {UserError} when it cannot be written: nothing is done then */
  append(entry: JournalEntry): Promise<void>;
}

export interface JournalContents {
  readonly entries: readonly JournalEntry[];
  /** Lines that are none: one that a kill cut off, most of the time. */
  readonly unreadableLines: number;
}
