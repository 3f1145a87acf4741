/**
 * The codecs of BMP, Netpbm, QOI and TGA.
 */
import { bitmapCodec } from "./bitmap.ts";
import { bmpReader } from "./bmp-pixels.ts";
import { pnmReader } from "./pnm-pixels.ts";
import { qoiReader } from "./qoi-pixels.ts";
import { tgaReader } from "./tga-pixels.ts";

export const bmp = bitmapCodec("bmp", bmpReader);
export const pnm = bitmapCodec("pnm", pnmReader);
export const qoi = bitmapCodec("qoi", qoiReader);
export const tga = bitmapCodec("tga", tgaReader);
