/**
 * What of a folder is kept elsewhere, in words.
 */
import { type FolderStanding, isKeptElsewhere, type KeptPlace } from "../../core/duplicates/folder-summary.ts";
import { counted, grouped, shownPath } from "../words.ts";

/** Places that are named; the others are counted. */
const PLACES = 3;

/** "80 of 80 are also in Phone backup; no photo would be lost". */
export function standingWords(standing: FolderStanding, nameOf: (folder: string) => string): string {
  const { photos, elsewhere, notCompared, places } = standing;
  const share = `${grouped(elsewhere)} of ${grouped(photos)} ${elsewhere === 1 ? "is" : "are"} also in ${placesWords(places, nameOf)}`;
  if (isKeptElsewhere(standing)) return `${share}; no photo would be lost`;
  return elsewhere === photos ? `${share}; ${counted(notCompared, "file was", "files were")} not compared` : share;
}

/** "Phone backup", or "2019 (10), Best of (2) and 1 other folder (1)". */
export function placesWords(places: readonly KeptPlace[], nameOf: (folder: string) => string): string {
  const [only, ...more] = places;
  if (only !== undefined && more.length === 0) return nameOf(only.folder);
  const named = places.slice(0, PLACES).map(({ folder, photos }) => `${nameOf(folder)} (${grouped(photos)})`);
  const others = places.slice(PLACES);
  const rest = others.reduce((sum, { photos }) => sum + photos, 0);
  if (others.length > 0) named.push(`${counted(others.length, "other folder")} (${grouped(rest)})`);
  return `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
}

/** The root of all is the only one without a name. */
export function folderName(folder: string, workingFolder: string): string {
  if (folder === workingFolder) return ".";
  return folder === "" ? "/" : shownPath(folder, workingFolder);
}
