/**
 * Path arithmetic on text alone, for the layers that know no file system.
 */

/** Text behind the last separator. */
export function fileName(path: string): string {
  return path.slice(folderEnd(path) + 1);
}

/** Text before the last separator. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, folderEnd(path)));
}

/** File name without its last extension. */
export function stem(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Last extension in lower case without its dot; empty where there is none. */
export function extension(path: string): string {
  const name = fileName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

/** True when the path is the folder or lies anywhere below it. */
export function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folderPrefix(folder)) || folderPrefix(path) === folderPrefix(folder);
}

/** True when the path lies in one of the folders, or none is named. */
export function isWithinAny(path: string, folders: readonly string[]): boolean {
  return folders.length === 0 || folders.some((folder) => isWithin(path, folder));
}

/** Of the folders that the path is or lies below the one that is nearest to it; undefined for none. */
export function innermostOf(folders: readonly string[], path: string): string | undefined {
  return folders.filter((folder) => isWithin(path, folder)).sort((one, other) => other.length - one.length)[0];
}

/** The folder with exactly one separator at its end: what every path below it starts with. */
export function folderPrefix(folder: string): string {
  const separator = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  return folder.endsWith(separator) ? folder : folder + separator;
}

/** Order of paths that is the same on every machine and in every locale: by UTF-16 code unit. */
export function comparePaths(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function folderEnd(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
}
