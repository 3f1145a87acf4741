/**
 * Keeps what a report sees, though its library is open for reading: another opening of it takes the looks, where it may be written to.
 */
import type { Library } from "../../core/library-port.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import type { ComparedLibrary } from "../library/finish-comparison.ts";
import type { OpenLibrary } from "../library-access.ts";
import { openToCompare } from "../open-library.ts";

type LookedAt = Omit<LookStore, "lookedThrough" | "markLookedThrough">;

/** What cannot be kept, since another process writes or nobody may, is seen all the same, and again by the next report. */
export function keepingLooks(library: Library, at: ComparedLibrary): LookedAt & { close(): Promise<void> } {
  const looks = library.looks();
  let writable: OpenLibrary | null | undefined;
  return {
    looks: () => looks.looks(),
    looksAt: (pairs) => looks.looksAt(pairs),
    claim: (pairs) => looks.claim(pairs),
    letGo: () => looks.letGo(),
    record: async (seen) => {
      if (seen.length === 0) return;
      if (writable === undefined) writable = await openToCompare(at.library, at.threads);
      await writable?.library.looks().record(seen);
    },
    close: async () => {
      await writable?.close();
    },
  };
}
