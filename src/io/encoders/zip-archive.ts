/**
 * Reads chosen entries of a zip archive, one at a time and as a stream, so that memory does not grow with what an archive holds
 * or claims to hold. Only user of yauzl.
 */
import type { Readable } from "node:stream";
import { type Entry, openPromise } from "yauzl";

/** More than any model's archive has; a list of ten million takes minutes to read. */
const MOST_ENTRIES = 20_000;

export interface ArchiveEntry {
  /** Inflated, as the archive's list claims. */
  readonly bytes: number;
  /** Streams at most that many bytes, and fails where the list was wrong. */
  readonly open: () => Promise<Readable>;
}

export interface Archive {
  /** By name: those that were asked for and are there. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  close(): void;
}

/**
 * Lists an archive; inflates nothing.
 * @param names of the entries that may be opened; all others are passed over
 * @throws when it is no archive, is damaged, has too many entries, or two of one of the names: it would not say which is meant
 */
export async function openArchive(path: string, names: ReadonlySet<string>): Promise<Archive> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  try {
    if (zip.entryCount > MOST_ENTRIES) throw new Error(`it lists ${zip.entryCount} entries, ${MOST_ENTRIES} are the most that are read`);
    const entries = new Map<string, ArchiveEntry>();
    for await (const entry of zip.eachEntry()) {
      if (!names.has(entry.fileName)) continue;
      if (entries.has(entry.fileName)) throw new Error(`it has two entries named ${entry.fileName}`);
      entries.set(entry.fileName, { bytes: entry.uncompressedSize, open: () => openEntry(entry) });
    }
    return { entries, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }

  function openEntry(entry: Entry): Promise<Readable> {
    return zip.openReadStreamPromise(entry);
  }
}
