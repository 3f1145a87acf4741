/**
 * Which photo of a set stays. An ordered list of rules; the first that tells two photos apart decides, and is the
 * reason that a report gives.
 */
import type { ContentId, LibraryContent, LibraryPhoto } from "../library/contents.ts";
import { comparePaths, isWithin } from "../paths.ts";
import type { CompanionFile } from "../photos/photo.ts";
import type { PhotoPath } from "../units.ts";
import { type Candidate, candidateOf, HOLDINGS, type Holding, holdings, RULE_NAMES, type RuleName } from "./merits.ts";

export type KeeperRule = { readonly rule: RuleName } | { readonly rule: "folder"; readonly folder: string };

/** The order where `--keep` says nothing. */
export const DEFAULT_RULES: readonly KeeperRule[] = RULE_NAMES.map((rule) => ({ rule }));

/** What the EXIF of the keeper tells that the other's does not. */
export type ExifTelling = "camera" | "capture-time" | "place";

/** What tells the keeper from the runner-up: the first rule that does. */
export type KeeperReason =
  | { readonly rule: Exclude<RuleName, "companions" | "exif"> }
  /** What travels with the keeper or is inside it, and not with the other. */
  | { readonly rule: "companions"; readonly holdings: readonly Holding[] }
  | { readonly rule: "exif"; readonly tells: readonly ExifTelling[] }
  | { readonly rule: "folder"; readonly folder: string }
  | { readonly rule: "protected-folder" }
  /** The other's file is damaged. */
  | { readonly rule: "whole" }
  /** Where all rules leave two photos equal. */
  | { readonly rule: "shorter-path" | "path-order" };

export interface KeeperChoice {
  readonly rules: readonly KeeperRule[];
  /** Folders whose photos always stay. */
  readonly protectedFolders: readonly string[];
}

/** Sorts the better keeper first. Total: two different paths never tie. */
export function compareKeepers(choice: KeeperChoice): (one: Candidate, other: Candidate) => number {
  return (one, other) => decide(choice, one, other).order;
}

/** Why the keeper stays rather than the runner-up. */
export function keeperReason(choice: KeeperChoice, keeper: Candidate, runnerUp: Candidate): KeeperReason {
  return decide(choice, keeper, runnerUp).reason();
}

export function isProtected(choice: KeeperChoice, photo: LibraryPhoto): boolean {
  return choice.protectedFolders.some((folder) => isWithin(photo.path, folder));
}

/** A content with its photos, the best keeper first, and one of each file: of several names of one file the best that is asked for. */
export interface RankedContent extends LibraryContent {
  readonly candidates: readonly Candidate[];
}

/**
 * @param companionsOf what travels with a photo, in path order
 * @param isAsked whether a report is about what lies at the path
 */
export function rankContents(
  contents: ReadonlyMap<ContentId, LibraryContent>,
  companionsOf: (photo: PhotoPath) => readonly CompanionFile[],
  choice: KeeperChoice,
  isAsked: (path: PhotoPath) => boolean = () => true,
): ReadonlyMap<ContentId, RankedContent> {
  const better = compareKeepers(choice);
  const ranked = (content: LibraryContent): RankedContent => {
    const names = content.photos.map((photo) => candidateOf(content, photo, companionsOf(photo.path))).sort(better);
    if (names.length === 1) return { ...content, candidates: names };
    const files = new Set<string>();
    const asked = names.filter(({ photo }) => isAsked(photo.path));
    const others = names.filter(({ photo }) => !isAsked(photo.path));
    const chosen = new Set([...asked, ...others].filter(({ photo }) => !files.has(photo.fileId) && files.add(photo.fileId)));
    const candidates = names.filter((candidate) => chosen.has(candidate));
    return { ...content, photos: candidates.map(({ photo }) => photo), candidates };
  };
  return inKeeperOrder([...contents.values()].map(ranked), choice);
}

/** By their ids, the best keeper first: the best photo of each content stands for it. Nothing is sorted again to form sets of them. */
export function inKeeperOrder(contents: Iterable<RankedContent>, choice: KeeperChoice): ReadonlyMap<ContentId, RankedContent> {
  const better = compareKeepers(choice);
  const ordered = Array.from(contents, (content) => {
    const best = content.candidates[0] as Candidate;
    return { content, best, merits: meritsInOrder(choice, best) };
  });
  ordered.sort((one, other) => compareMerits(one.merits, other.merits) || better(one.best, other.best));
  return new Map(ordered.map(({ content }) => [content.id, content]));
}

/** What `decide` asks of two photos before their paths, as numbers of one; the greater speaks for it. */
function meritsInOrder(choice: KeeperChoice, candidate: Candidate): readonly number[] {
  const { photo, merits } = candidate;
  const byRules = choice.rules.map((rule) => (rule.rule === "folder" ? Number(isWithin(photo.path, rule.folder)) : merits[rule.rule]));
  return [-Number(isDamaged(candidate)), Number(isProtected(choice, photo)), ...byRules];
}

function compareMerits(one: readonly number[], other: readonly number[]): number {
  for (let place = 0; place < one.length; place++) {
    const order = (other[place] as number) - (one[place] as number);
    if (order !== 0) return order;
  }
  return 0;
}

interface Decision {
  /** Negative when the first candidate is the better keeper. */
  readonly order: number;
  readonly reason: () => KeeperReason;
}

function decide(choice: KeeperChoice, one: Candidate, other: Candidate): Decision {
  // Before everything that can be asked for: a damaged file may look like a photo to a rule, and is none that can be given back.
  const damaged = Number(isDamaged(one)) - Number(isDamaged(other));
  if (damaged !== 0) return { order: damaged, reason: () => ({ rule: "whole" }) };
  const shielded =
    choice.protectedFolders.length === 0 ? 0 : Number(isProtected(choice, other.photo)) - Number(isProtected(choice, one.photo));
  if (shielded !== 0) return { order: shielded, reason: () => ({ rule: "protected-folder" }) };
  for (const rule of choice.rules) {
    if (rule.rule === "folder") {
      const order = Number(isWithin(other.photo.path, rule.folder)) - Number(isWithin(one.photo.path, rule.folder));
      if (order !== 0) return { order, reason: () => rule };
    } else {
      const order = other.merits[rule.rule] - one.merits[rule.rule];
      if (order !== 0) return { order, reason: () => (order < 0 ? reasonOf(rule.rule, one, other) : reasonOf(rule.rule, other, one)) };
    }
  }
  const shorter = one.photo.path.length - other.photo.path.length;
  if (shorter !== 0) return { order: shorter, reason: () => ({ rule: "shorter-path" }) };
  return { order: comparePaths(one.photo.path, other.photo.path), reason: () => ({ rule: "path-order" }) };
}

function isDamaged({ content }: Candidate): boolean {
  return content.facts.isWhole === false;
}

function reasonOf(rule: RuleName, keeper: Candidate, other: Candidate): KeeperReason {
  switch (rule) {
    case "companions":
      return { rule, holdings: whatIsHeld(keeper, other) };
    case "exif":
      return { rule, tells: whatExifTells(keeper, other) };
    default:
      return { rule };
  }
}

function whatIsHeld(keeper: Candidate, other: Candidate): readonly Holding[] {
  const lacking = holdings(other.content.facts, other.companions);
  const has = holdings(keeper.content.facts, keeper.companions);
  return HOLDINGS.filter((holding) => has.has(holding) && !lacking.has(holding));
}

function whatExifTells({ content: { facts } }: Candidate, other: Candidate): readonly ExifTelling[] {
  const lacks = other.content.facts;
  if (lacks.exposure.camera === null && facts.exposure.camera !== null) return ["camera"];
  const tellsTime = facts.exposure.takenAt !== null && lacks.exposure.takenAt === null;
  const tellsPlace = facts.hasPlace !== false && lacks.hasPlace !== true;
  return [...(tellsTime ? (["capture-time"] as const) : []), ...(tellsPlace ? (["place"] as const) : [])];
}
