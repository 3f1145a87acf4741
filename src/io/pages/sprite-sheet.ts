/**
 * Tiles for sheets of thumbnails, and the sheets as files.
 */
import type { EncodeJpeg, MakeTile } from "../../core/map/ports.ts";
import { DEFAULT_MAX_MEGAPIXELS } from "../../core/photos/decode-memory.ts";
import type { RgbPixels } from "../../core/photos/photo.ts";
import { thumbnailsApart } from "../photos/apart/thumbnails-apart.ts";
import { pictureTurns } from "../photos/picture-turns.ts";
import { sharp } from "../photos/sharp.ts";

/** To open one. */
const TILE_BYTES = 1e6;
/** To write one; MozJPEG holds the coefficients of the whole. */
const SHEET_BYTES_PER_PIXEL = 10;

export interface TileMaker {
  readonly makeTile: MakeTile;
  close(): Promise<void>;
}

export function createTileMaker(edge: number): TileMaker {
  const thumbnails = thumbnailsApart(edge, DEFAULT_MAX_MEGAPIXELS);
  return {
    makeTile: async (path) => {
      const jpeg = await thumbnails.make(path);
      return jpeg === null ? null : openRgb(jpeg);
    },
    close: () => thumbnails.close(),
  };
}

async function openRgb(jpeg: Uint8Array): Promise<RgbPixels> {
  const image = sharp(jpeg).toColourspace("srgb").raw({ depth: "uchar" });
  const { data, info } = await pictureTurns.run(TILE_BYTES, () => image.toBuffer({ resolveWithObject: true }));
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** Tables and quantisation of MozJPEG: a tenth smaller at the same look. */
export const encodeSheet: EncodeJpeg = ({ data, width, height }) =>
  pictureTurns.run(SHEET_BYTES_PER_PIXEL * width * height, () =>
    sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 70, mozjpeg: true })
      .toBuffer(),
  );
