/**
 * Small pictures of photos as JPEG files, for a page that carries them with it.
 */
import type { DrawPicture } from "../../core/duplicates/drawn-set.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../../core/photos/decode-memory.ts";
import { thumbnailsApart } from "../photos/apart/thumbnails-apart.ts";
import { pictureTurns } from "../photos/picture-turns.ts";
import { sharp } from "../photos/sharp.ts";

/** To open one and write it again. */
const PICTURE_BYTES = 4e6;

export interface PictureDrawer {
  readonly draw: DrawPicture;
  close(): Promise<void>;
}

/** @param edge of the square that each fits into, in pixels */
export function createPictureDrawer(edge: number): PictureDrawer {
  const thumbnails = thumbnailsApart(edge, DEFAULT_MAX_MEGAPIXELS);
  return {
    draw: async (path) => {
      const jpeg = await thumbnails.make(path);
      return jpeg === null ? null : packed(jpeg);
    },
    close: () => thumbnails.close(),
  };
}

/** Tables and quantisation of MozJPEG: half the bytes, at a look that does to tell pictures apart. */
async function packed(thumbnail: Uint8Array) {
  const write = () => sharp(thumbnail).jpeg({ quality: 70, mozjpeg: true }).toBuffer({ resolveWithObject: true });
  const { data, info } = await pictureTurns.run(PICTURE_BYTES, write);
  return { jpeg: new Uint8Array(data), width: info.width, height: info.height };
}
