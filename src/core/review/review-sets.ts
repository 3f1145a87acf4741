/**
 * Sets of a report as a person goes through them: any member may be chosen to stay, and what cannot go is known.
 */
import type { DecidedPhoto } from "../decisions/decisions.ts";
import { EXTRA_CLASSES, type ExtraClass, isSure } from "../duplicates/classes.ts";
import type { DuplicateSet, Extra } from "../duplicates/duplicate-sets.ts";
import { type Candidate, partedCompanions } from "../duplicates/merits.ts";
import { haveEqualPixels } from "../duplicates/sort-pairs.ts";
import { type Look, turnRound } from "../look/verdict.ts";
import { folderOf, isWithin, isWithinAny } from "../paths.ts";
import type { Similarity } from "../units.ts";

export interface ReviewMember extends Candidate {
  /** Null where it may; else it stays whatever is chosen. */
  readonly stays: "protected" | "outside" | null;
}

export interface ReviewSet {
  /** The least sure one of its extras. */
  readonly class: ExtraClass;
  /** The keeper that the report proposes first; at least two. */
  readonly members: readonly ReviewMember[];
  readonly set: DuplicateSet;
}

/** How one member stands to another, as far as it was seen. */
export interface MemberPair {
  readonly class: ExtraClass;
  /** Null where nobody has compared these two. */
  readonly similarity: Similarity | null;
  /** At the keeper and at the extra, in this order; null where nobody looked at these two. */
  readonly look: Look | null;
}

export interface ReviewScope {
  /** That the report is about; empty for the whole library. */
  readonly folders: readonly string[];
  readonly protectedFolders: readonly string[];
}

/** What wants an eye most comes first. */
const ORDER: readonly ExtraClass[] = ["undecided", "altered", "burst", "same-picture", "same-pixels", "same-bytes"];

/** The doubtful ones first, those of one class by falling similarity; the same order for the same sets. */
export function reviewSets(sets: readonly DuplicateSet[], scope: ReviewScope): readonly ReviewSet[] {
  return sets
    .filter(({ extras }) => extras.length > 0)
    .map((set): ReviewSet => {
      const members = [set.keeper, ...set.extras].map((member) => ({ ...member, stays: whyItStays(member, scope) }));
      return { class: set.extras.map((extra) => extra.class).reduce(lessSure), members, set };
    })
    .sort((one, other) => ORDER.indexOf(one.class) - ORDER.indexOf(other.class) || other.set.lowestSimilarity - one.set.lowestSimilarity);
}

function whyItStays({ photo }: Candidate, { folders, protectedFolders }: ReviewScope): ReviewMember["stays"] {
  if (protectedFolders.some((folder) => isWithin(photo.path, folder))) return "protected";
  return isWithinAny(photo.path, folders) ? null : "outside";
}

function lessSure(one: ExtraClass, other: ExtraClass): ExtraClass {
  return EXTRA_CLASSES.indexOf(one) >= EXTRA_CLASSES.indexOf(other) ? one : other;
}

export function decidedPhoto({ photo, content }: Candidate): DecidedPhoto {
  return { sha256: content.hash, path: photo.path };
}

/** Of two members neither of which the report proposed to keep, no more is known than what holds of each beside the proposed one. */
export function pairOf({ members, set }: ReviewSet, keeper: number, extra: number): MemberPair {
  const [one, other] = [members[keeper], members[extra]] as [ReviewMember, ReviewMember];
  const direct = (keeper === 0 ? set.extras[extra - 1] : extra === 0 ? set.extras[keeper - 1] : null) ?? null;
  if (direct !== null) {
    const look = direct.look === null || keeper === 0 ? direct.look : turnRound(direct.look);
    return { class: direct.class, similarity: direct.similarity, look };
  }
  const known = { similarity: null, look: null };
  if (one.content.id === other.content.id) return { ...known, class: "same-bytes", similarity: 1 as Similarity };
  if (haveEqualPixels(one.content, other.content)) return { ...known, class: "same-pixels" };
  const [ofOne, ofOther] = [set.extras[keeper - 1], set.extras[extra - 1]] as [Extra, Extra];
  return { ...known, class: [ofOne.class, ofOther.class, "same-picture" as const].reduce(lessSure) };
}

/**
 * The set with another keeper, and as extras those that may go. What parting them from their companions would leave alone is told as
 * far as no text has to be read for it: texts of the two count as different.
 */
export function withKeeper(reviewed: ReviewSet, keeper: number): DuplicateSet {
  const { set, members } = reviewed;
  const kept = members[keeper] as ReviewMember;
  const extras = members.flatMap((member, number): readonly Extra[] => {
    if (number === keeper || member.stays !== null) return [];
    const pair = pairOf(reviewed, keeper, number);
    const parted = keeper === 0 ? (set.extras[number - 1] as Extra).parted : partedCompanions(member, kept, () => false);
    return [{ ...member, ...pair, similarity: pair.similarity ?? set.lowestSimilarity, parted }];
  });
  return { ...set, keeper: kept, extras, outside: [], reclaimableBytes: extras.reduce((sum, { content }) => sum + content.bytes, 0) };
}

/** Equal for sets of one class whose photos lie in the same folders: what was done with one may be done with all. */
export function alikeKey({ class: kind, members }: ReviewSet): string {
  const [keeper, ...extras] = members.map(({ photo }) => folderOf(photo.path));
  return [kind, keeper, ...[...new Set(extras)].sort()].join("\n");
}

/** The member that stands in another set where `keeper` stands in this one; null where that is not clear. */
export function keeperAlike(from: ReviewSet, keeper: number, to: ReviewSet): number | null {
  if (keeper === 0) return 0;
  const folder = folderOf((from.members[keeper] as ReviewMember).photo.path);
  const inIt = ({ members }: ReviewSet) => members.flatMap(({ photo }, number) => (folderOf(photo.path) === folder ? [number] : []));
  const [number, ...more] = inIt(to);
  return number === undefined || more.length > 0 || inIt(from).length > 1 ? null : number;
}

/** Whether the extras may go without having been looked at one by one. */
export function maySurelyGo(set: ReviewSet): boolean {
  return isSure(set.class);
}
