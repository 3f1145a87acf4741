/**
 * Keeps what a report sees, though its library is open for reading: another opening of it takes the looks, where it may be written to.
 */
import type { Library } from "../../core/library-port.ts";
import type { LookStore } from "../../core/look/look-store.ts";
import { type ComparedLibrary, openToCompare } from "../library/finish-comparison.ts";

/** What cannot be kept, since another process writes or nobody may, is seen all the same, and again by the next report. */
export function keepingLooks(library: Library, at: ComparedLibrary): Pick<LookStore, "looks" | "record"> & { close(): Promise<void> } {
  let writable: ReturnType<typeof openToCompare> | undefined;
  return {
    looks: () => library.looks().looks(),
    record: async (looks) => {
      if (looks.length === 0) return;
      if (writable === undefined) writable = openToCompare(at);
      await writable?.library.looks().record(looks);
    },
    close: async () => {
      await writable?.close();
    },
  };
}
