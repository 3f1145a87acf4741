/**
 * What is scanned: the folders of a library, and what is known of each.
 */
import type { RootStatus } from "../../core/library/library-status.ts";
import { holdsAnything } from "../../io/photos/folders.ts";
import { type Locations, withLibrary } from "../open-library.ts";

export async function readRoots({ library: place }: Pick<Locations, "library">): Promise<readonly RootStatus[]> {
  const roots = await withLibrary(place, (library) => library.scannedRoots());
  return roots.map((root) => ({ ...root, isHere: holdsAnything(root.path) }));
}
