/**
 * Where a command's answer goes: to standard output, or to the place that the user names.
 */

import { UserError } from "../core/errors.ts";
import type { LibraryPlace } from "../core/library/library-place.ts";
import { withLibrary } from "../engine/open-library.ts";
import { isPartOfLibrary } from "../io/library/library-files.ts";
import { findPlace, type Place } from "../io/output-place.ts";
import { unreplaceableAt } from "../io/unreplaceable.ts";
import { writePiecesTo, writeTo } from "../io/write-file.ts";
import { usageFault } from "./faults.ts";
import type { Host } from "./host.ts";
import { expandHome } from "./machine.ts";

/**
 * For before long work.
 * @param name as given with the option
 * @throws {UserError} when it cannot be written to, or when the library or one of its photos would be lost by that
 */
export async function requirePlace(name: string, library: LibraryPlace, option = "-o"): Promise<Place> {
  const place = findPlace(expandHome(name));
  if (place.kind !== "file") return place;
  if (isPartOfLibrary(place, library.ownFiles))
    throw usageFault(`${name} is part of the library itself`, `Name another file with ${option}`);
  const known = await withLibrary(library, (opened) => opened.fileAt(place.path, place.now?.fileId ?? null));
  if (known !== null)
    throw usageFault(`${name} is a scanned photo (${known})`, `Name another file with ${option}: dupfind never writes to a photo`);
  return requireReplaceable(place, option);
}

/** @throws {UserError} where something stands that no answer can have been */
function requireReplaceable<Found extends Place>(place: Found, option: string): Found {
  const what = place.kind === "file" ? unreplaceableAt(place) : null;
  if (what === null) return place;
  throw usageFault(`${place.name} is ${what}, which is not written over`, `Name another file with ${option}`);
}

/** Whether two answers would go to one file, by whatever names. */
export function areOnePlace(one: Place, other: Place): boolean {
  return (
    one.kind === "file" && other.kind === "file" && (one.path === other.path || (one.now !== null && one.now.fileId === other.now?.fileId))
  );
}

/** The same where there need not be a library. */
export async function requireFreePlace(name: string, library: LibraryPlace): Promise<Place> {
  try {
    return await requirePlace(name, library);
  } catch (error) {
    if (error instanceof UserError && error.code === "library-missing") return requireReplaceable(findPlace(expandHome(name)), "-o");
    throw error;
  }
}

/**
 * @param isExact for programs that read bytes: nothing in it is made plain, but for a terminal, which no program reads
 * @returns whether all of it was taken
 */
export async function deliver(text: string, place: Place | null, host: Host, isExact = false): Promise<boolean> {
  if (place !== null) return writeTo(place, text, host.stop);
  if (isExact && !host.isOutputTerminal) host.writeExact(text);
  else host.write(text.replaceAll("\r\n", "\n")); // CSV ends its lines so
  return (await host.settle("output")).kind === "taken";
}

/** As `deliver`, for what is too large to be held as a whole: what was written to a stream before it was stopped stays there. */
export async function deliverPieces(pieces: AsyncIterable<string>, place: Place | null, host: Host): Promise<boolean> {
  if (place !== null) return writePiecesTo(place, pieces, host.stop);
  for await (const piece of pieces) {
    host.write(piece);
    // A reader that is slower than the pieces come would have them all in memory.
    if (host.stop.aborted || (await host.settle("output")).kind !== "taken") return false;
  }
  return true;
}
