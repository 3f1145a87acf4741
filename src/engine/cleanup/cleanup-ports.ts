/**
 * What a clean-up is done with on this machine.
 */
import { statSync } from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { type RunRecord, runsOf } from "../../core/cleanup/journal.ts";
import type { CleanupDisk, Journal } from "../../core/cleanup/ports.ts";
import { countReturned, removedContents } from "../../core/cleanup/removed.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Library } from "../../core/library-port.ts";
import { createCleanupDisk } from "../../io/cleanup/disk.ts";
import { JournalFile } from "../../io/cleanup/journal-file.ts";

export interface CleanupMachine {
  readonly disk: CleanupDisk;
  readonly journal: Journal;
  readonly runs: readonly RunRecord[];
  readonly unreadableLines: number;
}

/** @param dataHome folder of the user's data, as XDG_DATA_HOME names it; null for the usual one */
export async function openCleanup(library: LibraryPlace, dataHome: string | null): Promise<CleanupMachine> {
  return { disk: openDisk(dataHome), ...(await openJournal(library)) };
}

/** @param dataHome as for `openCleanup` */
export function openDisk(dataHome: string | null): CleanupDisk {
  const system = platform();
  const homeTrash = system === "darwin" ? join(homedir(), ".Trash") : join(dataHome ?? join(homedir(), ".local/share"), "Trash");
  return createCleanupDisk({ platform: system, homeTrash, userId: userId() });
}

export async function openJournal({ ownFiles }: LibraryPlace): Promise<Omit<CleanupMachine, "disk">> {
  const journal = new JournalFile(ownFiles);
  const { entries, unreadableLines } = await journal.read();
  return { journal, runs: runsOf(entries), unreadableLines };
}

/** Present photos of the library that were thrown away before. */
export async function returnedPhotos(library: Library, place: LibraryPlace): Promise<number> {
  const removed = removedContents((await openJournal(place)).runs);
  return removed.size === 0 ? 0 : countReturned(removed, await library.contentsWith(removed.keys()));
}

/** Null where the system has no numbers for its users. A container may run as one that nobody has given a name. */
function userId(): number | null {
  for (const own of ["/proc/self", homedir()]) {
    const stats = statSync(own, { throwIfNoEntry: false });
    if (stats !== undefined) return stats.uid;
  }
  return null;
}
