/**
 * What a person decided about contents of the library.
 */
import { standingDecisions } from "../../core/decisions/decisions.ts";
import { type DecidedPairs, decidedPairs } from "../../core/duplicates/decided-pairs.ts";
import type { LibraryPlace } from "../../core/library/library-place.ts";
import type { Library } from "../../core/library-port.ts";
import { DecisionsFile } from "../../io/decisions/decisions-file.ts";

export async function decidedOf(library: Library, { ownFiles }: LibraryPlace): Promise<DecidedPairs> {
  const decisions = standingDecisions((await new DecisionsFile(ownFiles).read()).decisions);
  const held = await library.contentsWith(new Set(decisions.flatMap(({ a, b }) => [a.sha256, b.sha256])));
  return decidedPairs(decisions, held);
}
