/**
 * Reads the picture of a Photoshop file in a thread of its own.
 */
import { serve } from "../../workers/worker-service.ts";
import type { DecoderReply, DecoderRequest } from "./decoder-pool.ts";
import { readPsdLayout } from "./psd-layout.ts";
import { psdPicture } from "./psd-picture.ts";
import { withBytesOf } from "./source-bytes.ts";

serve<DecoderRequest, DecoderReply<Uint8Array<ArrayBuffer>>>(async ({ source }) => {
  try {
    const pixels = await withBytesOf(source, async (read, size) => {
      const layout = await readPsdLayout(read);
      if (layout === null) throw new Error("its header cannot be read");
      return psdPicture(layout, await read(layout.pictureAt, Math.max(0, size - layout.pictureAt)));
    });
    return { response: { ok: true, pixels }, transfer: [pixels.buffer] };
  } catch (error) {
    return { response: { ok: false, reason: "damaged", detail: error instanceof Error ? error.message : String(error) }, transfer: [] };
  }
});
