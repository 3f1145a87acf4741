/**
 * Which photo of a set stays. An ordered list of rules; the first that tells two photos apart decides, and is the
 * reason the report prints.
 */
import type { ContentId, LibraryContent, LibraryPhoto } from "../library/contents.ts";
import { comparePaths, isWithin } from "../paths.ts";
import type { SideFile } from "../photos/photo.ts";
import type { PhotoPath } from "../units.ts";
import { type Candidate, candidateOf, type Holding, holdings, RULE_NAMES, type RuleName } from "./merits.ts";

export type KeeperRule = { readonly rule: RuleName } | { readonly rule: "folder"; readonly folder: string };

/** The order where `--keep` says nothing. */
export const DEFAULT_RULES: readonly KeeperRule[] = RULE_NAMES.map((rule) => ({ rule }));

/** In words that complete "kept for …". */
const REASON: Readonly<Record<RuleName, (keeper: Candidate, other: Candidate) => string>> = {
  companions: whatIsHeld,
  exif: whatExifTells,
  format: () => "a format nearer the camera's",
  depth: () => "more bits a channel",
  name: () => "a name that is less a copy's",
  untouched: () => "having been saved by no editor",
  resolution: () => "more pixels",
  bytes: () => "more bytes",
  record: () => "the record beside it",
  age: () => "the older file",
};

const HOLDING_WORDS: Readonly<Record<Holding, string>> = {
  raw: "RAW",
  film: "film",
  edits: "edits",
  sound: "sound",
  "gain-map": "gain map",
};
/** In the order they are named in. */
const HOLDINGS = Object.keys(HOLDING_WORDS) as readonly Holding[];

export interface KeeperChoice {
  readonly rules: readonly KeeperRule[];
  /** Folders whose photos always stay. */
  readonly protectedFolders: readonly string[];
}

/** Sorts the better keeper first. Total: two different paths never tie. */
export function compareKeepers(choice: KeeperChoice): (one: Candidate, other: Candidate) => number {
  return (one, other) => decide(choice, one, other).order;
}

/** Why the keeper stays rather than the runner-up, in words that complete "kept for …". */
export function keeperReason(choice: KeeperChoice, keeper: Candidate, runnerUp: Candidate): string {
  return decide(choice, keeper, runnerUp).reason();
}

export function isProtected(choice: KeeperChoice, photo: LibraryPhoto): boolean {
  return choice.protectedFolders.some((folder) => isWithin(photo.path, folder));
}

/** A content with its photos, the best keeper first, and one of each file: of several names of one file the best. */
export interface RankedContent extends LibraryContent {
  readonly candidates: readonly Candidate[];
}

/** @param companionsOf what travels with a photo, in path order */
export function rankContents(
  contents: ReadonlyMap<ContentId, LibraryContent>,
  companionsOf: (photo: PhotoPath) => readonly SideFile[],
  choice: KeeperChoice,
): ReadonlyMap<ContentId, RankedContent> {
  const better = compareKeepers(choice);
  const ranked = (content: LibraryContent): RankedContent => {
    const names = content.photos.map((photo) => candidateOf(content, photo, companionsOf(photo.path))).sort(better);
    const files = new Set<string>();
    const candidates = names.filter(({ photo }) => !files.has(photo.fileId) && files.add(photo.fileId));
    return { ...content, photos: candidates.map(({ photo }) => photo), candidates };
  };
  return new Map([...contents].map(([id, content]) => [id, ranked(content)]));
}

interface Decision {
  /** Negative when the first candidate is the better keeper. */
  readonly order: number;
  readonly reason: () => string;
}

function decide(choice: KeeperChoice, one: Candidate, other: Candidate): Decision {
  const shielded = Number(isProtected(choice, other.photo)) - Number(isProtected(choice, one.photo));
  if (shielded !== 0) return { order: shielded, reason: () => "its protected folder" };
  for (const rule of choice.rules) {
    if (rule.rule === "folder") {
      const order = Number(isWithin(other.photo.path, rule.folder)) - Number(isWithin(one.photo.path, rule.folder));
      if (order !== 0) return { order, reason: () => `its folder ${rule.folder}` };
    } else {
      const order = other.merits[rule.rule] - one.merits[rule.rule];
      if (order !== 0) return { order, reason: () => (order < 0 ? REASON[rule.rule](one, other) : REASON[rule.rule](other, one)) };
    }
  }
  const shorter = one.photo.path.length - other.photo.path.length;
  if (shorter !== 0) return { order: shorter, reason: () => "the shorter path" };
  return { order: comparePaths(one.photo.path, other.photo.path), reason: () => "the first path by name" };
}

function whatIsHeld(keeper: Candidate, other: Candidate): string {
  const lacking = holdings(other.content.facts, other.companions);
  const has = holdings(keeper.content.facts, keeper.companions);
  const words = HOLDINGS.filter((holding) => has.has(holding) && !lacking.has(holding)).map((holding) => HOLDING_WORDS[holding]);
  return `its ${[words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" and ")}`;
}

function whatExifTells({ content: { facts } }: Candidate, other: Candidate): string {
  const lacks = other.content.facts;
  if (lacks.exposure.camera === null && facts.exposure.camera !== null) return "the camera's EXIF";
  const told = [
    facts.exposure.takenAt !== null && lacks.exposure.takenAt === null ? "capture time" : "",
    facts.hasPlace !== false && lacks.hasPlace !== true ? "place" : "",
  ].filter((word) => word !== "");
  return `the ${told.join(" and ")} in its EXIF`;
}
