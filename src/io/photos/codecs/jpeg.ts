/**
 * JPEG, one that lacks its last marker too: the decoder calls it cut short, and all of its pixels are there.
 */
import { inTurn } from "../picture-turns.ts";
import { openSharp } from "./by-sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import { withJpegEnd } from "./jpeg-end.ts";
import { jpegParts } from "./jpeg-parts.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

const openJpeg: OpenCodec = {
  async draw(source, picture, drawing) {
    try {
      return await openSharp.draw(source, picture, drawing);
    } catch (error) {
      const whole = lacksEnd(error) ? await inTurn(2 * picture.bytes, () => withJpegEnd(source)) : null;
      if (whole === null) throw error;
      return openSharp.draw(whole, picture, drawing);
    }
  },
  close: () => openSharp.close(),
};

export const jpeg: Codec = { header: VIPS_FORMATS.jpeg, endsInZeros: null, exif: null, pixelParts: jpegParts, open: async () => openJpeg };

function lacksEnd(error: unknown): boolean {
  return error instanceof Error && error.message.includes("premature end of JPEG image");
}
