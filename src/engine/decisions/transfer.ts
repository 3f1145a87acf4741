/**
 * Decisions as the rows of labelled pairs that `label` writes and reads, and back.
 */
import { type Decision, standingDecisions } from "../../core/decisions/decisions.ts";
import { UserError } from "../../core/errors.ts";
import { type RowFault, readAnswers, refuseFaults } from "../../core/labels/label-rows.ts";
import type { HeldContent } from "../../core/library/contents.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { LabelledPair } from "../../core/pairs/labelled-pair.ts";
import { SKIP_REASONS } from "../../core/photos/photo.ts";
import { csvLine } from "../../core/text/csv.ts";
import type { ContentHash, PhotoPath } from "../../core/units.ts";
import { readCsv } from "../../io/csv.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { withLibrary } from "../open-library.ts";

export interface ExportedDecisions {
  readonly csv: string;
  readonly count: number;
}

/** Each photo by a path at which the library knows it today, or else by the one at which it lay when it was decided. */
export async function exportDecisions(library: LibraryPlace): Promise<ExportedDecisions> {
  const decisions = standingDecisions((await new DecisionsFile(library.ownFiles).read()).decisions);
  const held = await heldOf(library, decisions);
  const pathOf = ({ sha256, path }: Decision["a"]) => {
    const photos = (held.get(sha256)?.photos ?? []).map((photo) => photo.path);
    return photos.includes(path) ? path : (photos[0] ?? path);
  };
  const rows = decisions.map(({ a, b, verdict }) => [pathOf(a), pathOf(b), verdict === "same" ? "1" : "0"]);
  return { csv: [["a", "b", "same"], ...rows].map(csvLine).join(""), count: rows.length };
}

/** None where there is no library: decisions outlive it. */
async function heldOf(library: LibraryPlace, decisions: readonly Decision[]): Promise<ReadonlyMap<ContentHash, HeldContent>> {
  const hashes = new Set(decisions.flatMap(({ a, b }) => [a.sha256, b.sha256]));
  try {
    return await withLibrary(library, (opened) => opened.contentsWith(hashes));
  } catch (error) {
    if (error instanceof UserError && error.code === "library-missing") return new Map();
    throw error;
  }
}

export interface ImportedDecisions {
  readonly added: number;
  /** Decided so before. */
  readonly known: number;
}

/**
 * Reads every photo that is named.
 * @param resolve makes a path of the file absolute
 * @throws {UserError} naming the rows that cannot be used; nothing is imported then
 */
export async function importDecisions(
  library: LibraryPlace,
  file: string,
  resolve: (path: string) => PhotoPath,
): Promise<ImportedDecisions> {
  const store = new DecisionsFile(library.ownFiles);
  const known = new Map(standingDecisions((await store.read()).decisions).map((decision) => [keyOf(decision), decision.verdict]));
  const hashes = new Map<PhotoPath, ContentHash | string>();
  const faults: RowFault[] = [];
  const added: Decision[] = [];
  const answers = readAnswers(readCsv(file), file, resolve);
  const at = new Date().toISOString();
  for (const pair of answers) {
    const decision = await decide(pair, hashes, at);
    if ("fault" in decision) faults.push(decision);
    else if (known.get(keyOf(decision)) !== decision.verdict) added.push(decision);
  }
  refuseFaults(file, faults, "labelled-photos-unreadable");
  await store.add(added);
  return { added: added.length, known: answers.length - added.length };
}

async function decide(
  { a, b, same, line }: LabelledPair,
  hashes: Map<PhotoPath, ContentHash | string>,
  at: string,
): Promise<Decision | RowFault> {
  const contents: ContentHash[] = [];
  for (const path of [a, b]) {
    const hash = hashes.get(path) ?? (await hashOf(path));
    hashes.set(path, hash);
    if (!isHash(hash)) return { line, fault: `${path}: ${hash}` };
    contents.push(hash);
  }
  const [one, other] = contents as [ContentHash, ContentHash];
  if (one === other && !same) return { line, fault: `${a} and ${b} are equal byte for byte` };
  return { a: { sha256: one, path: a }, b: { sha256: other, path: b }, verdict: same ? "same" : "not-duplicates", at };
}

async function hashOf(path: PhotoPath): Promise<ContentHash | string> {
  const outcome = await identifyPath(path);
  return outcome.ok ? outcome.value.hash : SKIP_REASONS[outcome.skipped.reason];
}

function isHash(text: string): text is ContentHash {
  return /^[0-9a-f]{64}$/.test(text);
}

function keyOf({ a, b }: Decision): string {
  return [a.sha256, b.sha256].sort().join(" ");
}
