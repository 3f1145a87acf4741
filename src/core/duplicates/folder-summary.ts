/**
 * What of each folder is kept elsewhere: for who has the same photos in several places, a few lines that settle most sets.
 *
 * Only extras that are the same picture and leave no companion behind count, and only where their keeper lies outside the folder. So no
 * two folders vouch for each other: whoever empties every folder of the answer that is kept whole elsewhere still has every keeper.
 */
import { comparePaths, folderOf, isWithin } from "../paths.ts";
import { isSure } from "./classes.ts";
import type { DuplicateSet } from "./duplicate-sets.ts";
import type { FolderTally } from "./folder-tally.ts";

export interface FolderStanding {
  readonly folder: string;
  /** In it and below it, the compared ones. */
  readonly photos: number;
  /** Of these, what is kept outside it as well. */
  readonly elsewhere: number;
  /** That those take. */
  readonly bytes: number;
  /** In it and below it: what nobody compared, and so may be nowhere else. */
  readonly notCompared: number;
  /** Where the keepers lie, those with most first. */
  readonly places: readonly KeptPlace[];
}

export interface KeptPlace {
  readonly folder: string;
  readonly photos: number;
}

/** Whether no photo would be lost with the folder. */
export function isKeptElsewhere({ photos, elsewhere, notCompared }: FolderStanding): boolean {
  return elsewhere === photos && notCompared === 0;
}

/**
 * Each folder that tells more than the one above it; nothing below one that is kept elsewhere as a whole. These stand first, then
 * those with most that is elsewhere. Takes the folders and the extras, times how deep they lie.
 */
export function summarizeFolders(sets: readonly DuplicateSet[], tally: FolderTally): readonly FolderStanding[] {
  const tree = new Map<string, Node>();
  for (const [folder, count] of tally.photos) for (const node of upFrom(tree, folder)) node.photos += count;
  for (const [folder, count] of tally.notCompared) for (const node of upFrom(tree, folder)) node.notCompared += count;
  for (const set of sets) addSet(tree, set);
  const found: FolderStanding[] = [];
  for (const top of [...tree.values()].filter(({ parent }) => parent === null)) list(top, found);
  return found.sort(compareStandings);
}

interface Node {
  readonly folder: string;
  readonly parent: Node | null;
  readonly children: Node[];
  photos: number;
  notCompared: number;
  elsewhere: number;
  bytes: number;
  /** Of `elsewhere`, what is outside the folder above too, which tells it already. */
  toldAbove: number;
  /** By the branch that a keeper lies in: how many, and what is above them all. */
  readonly places: Map<string, KeptPlace>;
}

function addSet(tree: Map<string, Node>, { kind, keeper, extras }: DuplicateSet): void {
  if (kind !== "copies") return;
  const kept = folderOf(keeper.photo.path);
  for (const extra of extras) {
    if (!isSure(extra.class) || extra.parted.length > 0) continue;
    const lone = upFrom(tree, folderOf(extra.photo.path)).filter(({ folder }) => !holds(folder, kept));
    const shared = lone.at(-1)?.parent ?? null;
    const branch = branchBelow(shared?.folder ?? null, kept);
    for (const node of lone) {
      node.elsewhere++;
      node.bytes += extra.content.bytes;
      if (node.parent !== null && node.parent !== shared) node.toldAbove++;
      const { folder, photos } = node.places.get(branch) ?? { folder: kept, photos: 0 };
      node.places.set(branch, { folder: commonFolder(folder, kept), photos: photos + 1 });
    }
  }
}

/** The folder and all above it, made where they are not there yet. */
function upFrom(tree: Map<string, Node>, folder: string): readonly Node[] {
  const up: Node[] = [];
  for (let node: Node | null = nodeOf(tree, folder); node !== null; node = node.parent) up.push(node);
  return up;
}

function nodeOf(tree: Map<string, Node>, folder: string): Node {
  const known = tree.get(folder);
  if (known !== undefined) return known;
  const above = folderOf(folder);
  const parent = above === folder ? null : nodeOf(tree, above);
  const made: Node = {
    ...{ folder, parent, children: [], places: new Map() },
    ...{ photos: 0, notCompared: 0, elsewhere: 0, bytes: 0, toldAbove: 0 },
  };
  parent?.children.push(made);
  tree.set(folder, made);
  return made;
}

/** The empty folder is above all: the root, or all drives. */
function holds(folder: string, path: string): boolean {
  return folder === "" || isWithin(path, folder);
}

/** The folder right below the shared one that leads to the other, or the shared one itself. */
function branchBelow(shared: string | null, folder: string): string {
  let branch = folder;
  for (let above = folderOf(branch); branch !== shared && above !== shared && above !== branch; above = folderOf(branch)) branch = above;
  return branch;
}

function commonFolder(one: string, other: string): string {
  let common = one;
  while (!holds(common, other)) common = folderOf(common);
  return common;
}

function list(node: Node, found: FolderStanding[]): void {
  const standing = standingOf(node);
  const isWhole = node.photos > 0 && isKeptElsewhere(standing);
  if (isWhole || node.elsewhere > node.toldAbove) found.push(standing);
  if (!isWhole) for (const child of node.children) list(child, found);
}

function standingOf(node: Node): FolderStanding {
  const { photos, elsewhere, bytes, notCompared, places } = node;
  const byCount = [...places.values()].sort((one, other) => other.photos - one.photos || comparePaths(one.folder, other.folder));
  return { folder: narrowed(node).folder, photos, elsewhere, bytes, notCompared, places: byCount };
}

/** The folder that all of its photos lie in: a disk with one folder on it is spoken of as that folder. */
function narrowed(node: Node): Node {
  const filled = node.children.filter(({ photos, notCompared }) => photos + notCompared > 0);
  const [only] = filled;
  return only !== undefined && filled.length === 1 && only.photos === node.photos && only.notCompared === node.notCompared
    ? narrowed(only)
    : node;
}

function compareStandings(one: FolderStanding, other: FolderStanding): number {
  return (
    Number(isKeptElsewhere(other)) - Number(isKeptElsewhere(one)) ||
    other.elsewhere - one.elsewhere ||
    comparePaths(one.folder, other.folder)
  );
}
