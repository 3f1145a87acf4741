/**
 * Vectors of photos, for programs of the user's own. Reads and writes no library.
 */
import type { EmbeddedPhoto } from "../../core/photos/photo.ts";
import type { Outcome } from "../../core/photos/ports.ts";
import type { Run } from "../../core/run.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import { embedFile } from "../../pipeline/photos/embed-photo.ts";
import { type Effort, openWorkbench } from "../workbench.ts";

/**
 * One photo after the other, in their order, each when it is asked for.
 * @param photos absolute paths
 */
export async function* embedPhotos(
  encoder: InstalledEncoder,
  photos: readonly string[],
  effort: Effort,
  { signal }: Pick<Run, "signal">,
): AsyncGenerator<Outcome<EmbeddedPhoto>, void, void> {
  const bench = await openWorkbench(encoder, effort);
  try {
    for (const path of photos) {
      if (signal.aborted) return;
      yield await embedFile(path, { identify: identifyPath, decode: bench.decode, encoder: bench.encoder });
    }
  } finally {
    await bench.close();
  }
}
