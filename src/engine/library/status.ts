/**
 * What the library knows, and what could not be compared.
 */
import { UserError } from "../../core/errors.ts";
import type { EncoderStatus, LibraryStatus } from "../../core/library/library-status.ts";
import type { Library } from "../../core/library-port.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { type Locations, withLibrary } from "../open-library.ts";

export async function readStatus({ library: path, models }: Locations): Promise<LibraryStatus> {
  const store = new ModelStore(models);
  const found = await withLibrary(path, async (library) => {
    const read = await library.status();
    return { ...read, finished: read.pending === 0 && read.unwalked.length === 0 && (await isRead(library, store, read.encoders)) };
  });
  // A library keeps the name under which vectors were made, which may be the name of their encoder's successor by now.
  return { ...found, encoders: found.encoders.map((encoder) => ({ ...encoder, ...store.nameOf(encoder.key) })) };
}

/** Whether the encoder that a report would use has read and compared all photos; true where there is none to ask about. */
async function isRead(library: Library, store: ModelStore, encoders: readonly EncoderStatus[]): Promise<boolean> {
  try {
    const serving = await chooseForReading(library, store, null, { onNotice: () => {} });
    const uncompared = encoders.find(({ key }) => key === serving.key)?.uncompared ?? 0;
    return uncompared === 0 && (await library.unfinishedOf(serving)).unread.length === 0;
  } catch (error) {
    // The library's own encoder was removed from this machine: that is for whoever cannot do without to tell.
    if (error instanceof UserError) return true;
    throw error;
  }
}
