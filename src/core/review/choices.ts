/**
 * What a person chose for sets, as lines of a file that is only ever added to. A choice holds for the very files it was made of: a set
 * that has become another is asked about again.
 */
import type { DecidedPhoto } from "../decisions/decisions.ts";
import { plainPath, sha256 } from "../photos/photo-form.ts";
import { fields, line, list, oneOf, wholeFrom } from "../text/json-form.ts";

/** `extras-go`: all but the keeper, as far as they may; `not-duplicates`: no extra is the keeper's picture, now and for ever. */
export const REVIEW_CHOICES = ["extras-go", "keep-all", "not-duplicates"] as const;
export type ReviewChoice = (typeof REVIEW_CHOICES)[number];

export interface ReviewRecord {
  /** What was chosen in one go, and is undone in one. */
  readonly batch: number;
  readonly choice: ReviewChoice | "withdrawn";
  readonly keeper: DecidedPhoto;
  readonly others: readonly DecidedPhoto[];
  /** ISO 8601. */
  readonly at: string;
}

export interface ReviewStore {
  read(): Promise<{ readonly records: readonly ReviewRecord[]; readonly unreadableLines: number }>;
  /** On the disk when the promise resolves. */
  add(records: readonly ReviewRecord[]): Promise<void>;
}

const photo = fields<DecidedPhoto>({ sha256, path: plainPath });
const MEMBERS_AT_MOST = 1_000_000;

/** @throws {FormFault} when it is no record */
export function parseReviewRecord(json: unknown): ReviewRecord {
  return fields<ReviewRecord>({
    batch: wholeFrom(1, Number.MAX_SAFE_INTEGER),
    choice: oneOf(...REVIEW_CHOICES, "withdrawn"),
    keeper: photo,
    others: list(photo, 1, MEMBERS_AT_MOST),
    at: line,
  })(json, "");
}

/** The same for the same files with the same bytes, whichever of them is the keeper. */
export function keyOfMembers(members: readonly DecidedPhoto[]): string {
  return members
    .map(({ sha256: hash, path }) => `${hash} ${path}`)
    .sort()
    .join("\n");
}

/** The last word on each set by its key, in the order they were given; none that was withdrawn. */
export function standingChoices(records: Iterable<ReviewRecord>): Map<string, ReviewRecord> {
  const last = new Map<string, ReviewRecord>();
  for (const record of records) {
    const key = keyOfMembers([record.keeper, ...record.others]);
    last.delete(key);
    if (record.choice !== "withdrawn") last.set(key, record);
  }
  return last;
}
