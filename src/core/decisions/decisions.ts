/**
 * What a person decided of two photos, by their content: it holds wherever the files lie, and whatever the library is rebuilt from.
 */
import { plainPath, sha256 } from "../photos/photo-form.ts";
import { fields, line, oneOf } from "../text/json-form.ts";
import type { ContentHash, PhotoPath } from "../units.ts";

/** `withdrawn`: nothing is decided any more. */
export const VERDICTS = ["same", "not-duplicates", "withdrawn"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface DecidedPhoto {
  readonly sha256: ContentHash;
  /** Where it lay when it was decided. */
  readonly path: PhotoPath;
}

export interface Decision {
  readonly a: DecidedPhoto;
  readonly b: DecidedPhoto;
  readonly verdict: Verdict;
  /** ISO 8601. */
  readonly at: string;
}

/** Keeps what was decided; nothing in it is ever changed, and the last word on a pair counts. */
export interface DecisionStore {
  read(): Promise<{ readonly decisions: readonly Decision[]; readonly unreadableLines: number }>;
  /** On the disk when the promise resolves. */
  add(decisions: readonly Decision[]): Promise<void>;
}

const photo = fields<DecidedPhoto>({ sha256, path: plainPath });

/** @throws {FormFault} when it is no decision */
export function parseDecision(json: unknown): Decision {
  return fields<Decision>({ a: photo, b: photo, verdict: oneOf(...VERDICTS), at: line })(json, "");
}

/** The last word on each pair, in the order in which they were decided first; none that was withdrawn. */
export function standingDecisions(decisions: Iterable<Decision>): readonly Decision[] {
  const last = new Map<string, Decision>();
  for (const decision of decisions) last.set(keyOf(decision), decision);
  return [...last.values()].filter(({ verdict }) => verdict !== "withdrawn");
}

function keyOf({ a, b }: Decision): string {
  return [a.sha256, b.sha256].sort().join(" ");
}
