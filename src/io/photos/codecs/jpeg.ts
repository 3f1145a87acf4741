/**
 * JPEG, one that ends too early too, if it shows nearly all of its picture: the decoder calls it cut short.
 */
import { inTurn } from "../picture-turns.ts";
import { openSharp } from "./by-sharp.ts";
import type { Codec, OpenCodec } from "./codec.ts";
import { hasJpegEnd, withJpegEnd } from "./jpeg-end.ts";
import { jpegParts } from "./jpeg-parts.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

const openJpeg: OpenCodec = {
  async draw(source, picture, drawing) {
    try {
      return await openSharp.draw(source, picture, drawing);
    } catch (error) {
      const { shape, orientation, bytes } = picture;
      const ended = lacksEnd(error) ? await inTurn(2 * bytes, () => withJpegEnd(source, shape.height)) : null;
      if (ended === null) throw error;
      const upright = orientation >= 5 ? { width: ended.rows, height: shape.width } : { width: shape.width, height: ended.rows };
      return openSharp.draw(ended.file, { ...picture, upright }, drawing);
    }
  },
  close: () => openSharp.close(),
};

export const jpeg: Codec = {
  header: VIPS_FORMATS.jpeg,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole: hasJpegEnd,
  exif: null,
  pixelParts: jpegParts,
  open: async () => openJpeg,
};

function lacksEnd(error: unknown): boolean {
  return error instanceof Error && error.message.includes("premature end of JPEG image");
}
