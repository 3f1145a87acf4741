/**
 * Reads the sidecars and records beside members of sets where only their bytes can tell whether the keeper has the same. Opens no photo.
 */
import type { DuplicateSet, Extra } from "../../core/duplicates/duplicate-sets.ts";
import { partedCompanions, type TextPair, textsToCompare } from "../../core/duplicates/merits.ts";
import { inParallel } from "../in-parallel.ts";

/** False where one cannot be read: what nobody knows to be kept may be lost. */
export type HaveSameBytes = (one: string, other: string) => Promise<boolean>;

/** Enough to hide the latency of a network drive. */
const PAIRS_AT_ONCE = 32;

/** The sets, each with what parting its extras from their companions would leave alone. */
export async function withTextsCompared(sets: readonly DuplicateSet[], haveSameBytes: HaveSameBytes): Promise<readonly DuplicateSet[]> {
  const pairs = sets.flatMap(({ keeper, extras, outside }) => [...extras, ...outside].flatMap((extra) => textsToCompare(extra, keeper)));
  const equal = new Set<string>();
  const compare = async (texts: TextPair) => ({ texts, isSame: await haveSameBytes(texts[0].path, texts[1].path) });
  for await (const { texts, isSame } of inParallel(pairs, PAIRS_AT_ONCE, compare)) if (isSame) equal.add(keyOf(texts));
  return sets.map((set) => {
    const known = (extra: Extra): Extra => ({ ...extra, parted: partedCompanions(extra, set.keeper, (texts) => equal.has(keyOf(texts))) });
    return { ...set, extras: set.extras.map(known), outside: set.outside.map(known) };
  });
}

function keyOf([mine, kept]: TextPair): string {
  return `${mine.path}\0${kept.path}`;
}
