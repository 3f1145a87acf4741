/**
 * Which folders to tell apart where a library has too many to show each: the ones that hold most, as deep as there is room.
 */
import { comparePaths, folderOf, folderPrefix } from "../paths.ts";

export interface FolderGroups {
  /** Each folder stands for itself and all below it that no other of these holds; most photos first. */
  readonly folders: readonly string[];
  /** For each path the index of its folder; `folders.length` for a path in none. */
  readonly groupOf: readonly number[];
}

interface Group {
  readonly folder: string;
  /** Indices of paths. */
  readonly members: readonly number[];
}

/**
 * Begins with the folder that holds all, and splits the largest folder into those below it as long as there is something to split
 * and not too many are there. Where one split would give too many, the largest are kept and the others go without a group.
 * @param most folders to tell apart, from 1
 */
export function groupByFolder(paths: readonly string[], most: number): FolderGroups {
  let groups: readonly Group[] = [{ folder: sharedFolder(paths), members: paths.map((_, i) => i) }];
  for (;;) {
    const splits = groups.map((group) => splitGroup(group, paths));
    const next = groups
      .map((group, i) => ({ group, parts: splits[i] as readonly Group[] }))
      .filter(({ parts }) => parts.length > 1)
      .sort((one, other) => other.group.members.length - one.group.members.length || comparePaths(one.group.folder, other.group.folder))[0];
    if (next === undefined || groups.length >= most) break;
    groups = groups.flatMap((group) => (group === next.group ? next.parts : [group]));
  }
  const shown = [...groups]
    .sort((one, other) => other.members.length - one.members.length || comparePaths(one.folder, other.folder))
    .slice(0, most);
  const groupOf = paths.map(() => shown.length);
  for (const [at, { members }] of shown.entries()) for (const index of members) groupOf[index] = at;
  return { folders: shown.map(({ folder }) => folder), groupOf };
}

/** The group by the folders directly below it, each as deep as it does not branch; its own photos stay in one group of it. */
function splitGroup({ folder, members }: Group, paths: readonly string[]): readonly Group[] {
  const parts = new Map<string, number[]>();
  for (const index of members) {
    const part = childOf(folder, paths[index] as string);
    const known = parts.get(part);
    if (known === undefined) parts.set(part, [index]);
    else known.push(index);
  }
  return [...parts].map(([part, indices]) => ({
    folder: part === folder ? folder : sharedFolder(indices.map((index) => paths[index] as string)),
    members: indices,
  }));
}

/** The folder directly below `folder` that the path goes through, or `folder` itself. */
function childOf(folder: string, path: string): string {
  const prefix = folderPrefix(folder);
  const end = /[\\/]/.exec(path.slice(prefix.length))?.index;
  return end === undefined ? folder : path.slice(0, prefix.length + end);
}

/** The deepest folder that holds all paths. */
function sharedFolder(paths: readonly string[]): string {
  let shared = folderOf(paths[0] ?? "");
  for (const path of paths) while (shared !== "" && !path.startsWith(folderPrefix(shared))) shared = folderOf(shared);
  return shared;
}
