/**
 * What a library has seen already, for answers that look at nothing themselves.
 */

import type { LookStore } from "../../core/look/look-store.ts";
import { LooksSeen } from "../../core/look/looks-seen.ts";
import type { AreDifferent } from "../../core/pairs/seen-different.ts";

/** Memory is linear in the looks. */
export async function keptLooks(store: Pick<LookStore, "looks">): Promise<LooksSeen> {
  const seen = new LooksSeen();
  for await (const page of store.looks()) for (const look of page) seen.add(look);
  return seen;
}

/** A pair that no scan came to may be listed. */
export function verdictsIn(seen: LooksSeen): AreDifferent {
  return (one, other) => seen.verdictOf(one, other) === "different";
}
