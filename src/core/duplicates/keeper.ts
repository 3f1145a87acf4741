/**
 * Which photo of a set stays. An ordered list of rules; the first that tells two photos apart decides, and is the
 * reason that a report gives.
 */
import type { LibraryContent, LibraryPhoto } from "../library/contents.ts";
import { comparePaths, isWithin } from "../paths.ts";
import { PICTURE_FORMATS } from "../photos/picture-formats.ts";

/** One file that could be kept: a photo and the content it holds. */
export interface KeeperCandidate {
  readonly content: LibraryContent;
  readonly photo: LibraryPhoto;
}

export const RULE_NAMES = ["resolution", "bytes", "format", "exif", "age"] as const;
export type RuleName = (typeof RULE_NAMES)[number];
export type KeeperRule = { readonly rule: RuleName } | { readonly rule: "folder"; readonly folder: string };

/** The order where `--keep` says nothing. */
export const DEFAULT_RULES: readonly KeeperRule[] = RULE_NAMES.map((rule) => ({ rule }));

/** Positive numbers speak for the first candidate. */
const COMPARE: Readonly<Record<RuleName, (one: KeeperCandidate, other: KeeperCandidate) => number>> = {
  resolution: (one, other) => pixelCount(one) - pixelCount(other),
  bytes: (one, other) => one.content.bytes - other.content.bytes,
  format: (one, other) => formatRank(other) - formatRank(one),
  exif: (one, other) => one.content.facts.exifFields - other.content.facts.exifFields,
  age: (one, other) => other.photo.modifiedMs - one.photo.modifiedMs,
};

/** What tells the keeper from the runner-up: the first rule that does. */
export type KeeperReason =
  | KeeperRule
  | { readonly rule: "protected-folder" }
  /** Where all rules leave two photos equal. */
  | { readonly rule: "shorter-path" | "path-order" };

export interface KeeperChoice {
  readonly rules: readonly KeeperRule[];
  /** Folders whose photos always stay. */
  readonly protectedFolders: readonly string[];
}

/** Sorts the better keeper first. Total: two different paths never tie. */
export function compareKeepers(choice: KeeperChoice): (one: KeeperCandidate, other: KeeperCandidate) => number {
  return (one, other) => decide(choice, one, other).order;
}

/** Why the keeper stays rather than the runner-up. */
export function keeperReason(choice: KeeperChoice, keeper: KeeperCandidate, runnerUp: KeeperCandidate): KeeperReason {
  return decide(choice, keeper, runnerUp).reason;
}

export function isProtected(choice: KeeperChoice, photo: LibraryPhoto): boolean {
  return choice.protectedFolders.some((folder) => isWithin(photo.path, folder));
}

interface Decision {
  /** Negative when the first candidate is the better keeper. */
  readonly order: number;
  readonly reason: KeeperReason;
}

function decide(choice: KeeperChoice, one: KeeperCandidate, other: KeeperCandidate): Decision {
  const shielded = Number(isProtected(choice, other.photo)) - Number(isProtected(choice, one.photo));
  if (shielded !== 0) return { order: shielded, reason: { rule: "protected-folder" } };
  for (const rule of choice.rules) {
    const order =
      rule.rule === "folder"
        ? Number(isWithin(other.photo.path, rule.folder)) - Number(isWithin(one.photo.path, rule.folder))
        : -COMPARE[rule.rule](one, other);
    if (order !== 0) return { order, reason: rule };
  }
  const shorter = one.photo.path.length - other.photo.path.length;
  if (shorter !== 0) return { order: shorter, reason: { rule: "shorter-path" } };
  return { order: comparePaths(one.photo.path, other.photo.path), reason: { rule: "path-order" } };
}

function formatRank({ content }: KeeperCandidate): number {
  return PICTURE_FORMATS[content.facts.format].rank;
}

function pixelCount({ content }: KeeperCandidate): number {
  return content.facts.width * content.facts.height;
}
