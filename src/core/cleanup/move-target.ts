/**
 * Where a file goes that is moved out of the way: below the folder named, in the tree that it has in the library.
 */
import { comparePaths, fileName, folderPrefix, innermostOf } from "../paths.ts";
import { type PhotoPath, photoPath } from "../units.ts";

/**
 * Each root has a folder of its name there; of several of one name the later ones have a number.
 * @param roots of the library, absolute
 */
export function createMoveTarget(folder: string, roots: readonly string[]): (path: PhotoPath) => PhotoPath {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const root of [...roots].sort(comparePaths)) {
    const name = fileName(root.replace(/[/\\]+$/, "")).replaceAll(":", "") || "root";
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name} (${number})`;
    taken.add(free.toLowerCase());
    names.set(root, free);
  }
  return (path) => {
    const root = innermostOf(roots, path);
    if (root === undefined) throw new RangeError(`Expected a path in one of the roots, got ${path}`);
    return photoPath(`${folderPrefix(folder)}${names.get(root)}/${path.slice(folderPrefix(root).length)}`);
  };
}
