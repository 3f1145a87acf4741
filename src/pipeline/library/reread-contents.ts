/**
 * The story after an update: what an earlier version read of photos' files is read again with what it did not look for. Nothing is
 * decoded but pictures that it took for others.
 */
import type { RereadContent, ScanStore } from "../../core/library/scan-store.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import type { Reread } from "../../core/photos/ports.ts";
import { inParallel } from "../in-parallel.ts";

export interface RereadPorts {
  readonly store: ScanStore;
  readonly reread: Reread;
  /** Photos under way at once. */
  readonly parallel: number;
  /** When it fires, photos under way are finished and no more are begun. */
  readonly stop: AbortSignal;
}

/** What cannot be read now stays as it was, and is tried again at the next scan. */
export async function rereadContents({ store, reread, parallel, stop }: RereadPorts): Promise<void> {
  const read = async (photo: IdentifiedPhoto): Promise<readonly RereadContent[]> => {
    const found = stop.aborted ? null : await reread(photo);
    return found === null ? [] : [{ hash: photo.hash, ...found }];
  };
  for await (const page of store.readEarlier()) {
    const contents: RereadContent[] = [];
    for await (const found of inParallel(page, parallel, read)) contents.push(...found);
    await store.refresh(contents);
    if (stop.aborted) return;
  }
}
