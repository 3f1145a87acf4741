/**
 * Looks at pairs of files, without a library: for benchmarks, and for whoever wants to know of two pictures.
 */
import { inLookOrder } from "../../core/look/look-store.ts";
import { type Look, turnRound } from "../../core/look/verdict.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { createLookPool } from "../../io/look/look-pool.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { absolute } from "../options.ts";

export interface OpenLook {
  /** @returns null where a file cannot be read */
  look(one: string, other: string): Promise<Look | null>;
  close(): Promise<void>;
}

/** @param threads that look side by side; they start with the first pair */
export function openLook(threads: number): OpenLook {
  const pool = createLookPool({ threads });
  return {
    look: async (one, other) => {
      const [a, b] = await Promise.all([identifyPath(absolute(one)), identifyPath(absolute(other))]);
      if (!a.ok || !b.ok) return null;
      const ordered = inLookOrder(named(a.value), named(b.value));
      const [look = null] = await pool.look(ordered.one.photo, [ordered.other.photo]);
      return look === null || ordered.one.photo === a.value ? look : turnRound(look);
    },
    close: () => pool.close(),
  };
}

function named(photo: IdentifiedPhoto) {
  return { photo, hash: photo.hash };
}
