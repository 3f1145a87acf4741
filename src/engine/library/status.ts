/**
 * What the library knows, and what could not be compared.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import { countLeftOut, listLeftOut } from "../../core/library/left-out.ts";
import type { EncoderStatus, LibraryStatus } from "../../core/library/library-status.ts";
import type { Library } from "../../core/library-port.ts";
import type { EncoderKey } from "../../core/units.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { type Locations, withLibrary } from "../open-library.ts";

/** @param choice whether what was not compared is listed, and not only counted */
export async function readStatus({ library: place, models }: Locations, choice = { lists: false }): Promise<LibraryStatus> {
  const store = new ModelStore(models);
  const found = await withLibrary(place, async (library) => {
    const read = await library.status();
    const serving = await servingEncoder(library, store);
    const isRead = serving === null || (await isReadBy(library, serving, read.encoders));
    // What shows too little to one encoder shows too little to another.
    const encoder = serving?.key ?? read.encoders.findLast(({ embedded }) => embedded > 0)?.key ?? null;
    return {
      ...read,
      leftOut: await countLeftOut(library, encoder as EncoderKey | null, []),
      leftOutFiles: choice.lists ? await listLeftOut(library, encoder as EncoderKey | null, read.skipped) : null,
      finished: read.pending === 0 && read.unwalked.length === 0 && isRead,
    };
  });
  // A library keeps the name under which vectors were made, which may be the name of their encoder's successor by now.
  return { ...found, encoders: found.encoders.map((encoder) => ({ ...encoder, ...store.nameOf(encoder.key) })) };
}

/** The encoder that a report would use; null where it was removed from this machine: that is for whoever cannot do without to tell. */
async function servingEncoder(library: Library, store: ModelStore): Promise<ChosenEncoder | null> {
  try {
    return await chooseForReading(library, store, null, { onNotice: () => {} });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Whether it has read and compared all photos. */
async function isReadBy(library: Library, serving: ChosenEncoder, encoders: readonly EncoderStatus[]): Promise<boolean> {
  const uncompared = encoders.find(({ key }) => key === serving.key)?.uncompared ?? 0;
  return uncompared === 0 && (await library.unfinishedOf(serving)).unread.length === 0;
}
