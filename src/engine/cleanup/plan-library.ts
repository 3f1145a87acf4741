/**
 * How a plan names the library that it is of.
 */
import type { CleanupPlan } from "../../core/cleanup/plan.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import { resolveFolder } from "../../io/photos/folders.ts";

/** By whatever links a file is reached, its plans have one name. */
export function nameInPlan(place: LibraryPlace): string {
  return place.kind === "file" ? resolveFolder(place.path, ".") : place.name;
}

export function isPlanOf({ library }: Pick<CleanupPlan, "library">, place: LibraryPlace): boolean {
  return (place.kind === "file" ? resolveFolder(library, ".") : library) === nameInPlan(place);
}
