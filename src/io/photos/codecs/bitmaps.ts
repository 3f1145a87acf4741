/**
 * The codecs of BMP, Netpbm and QOI.
 */
import { bitmapCodec } from "./bitmap.ts";
import { bmpReader } from "./bmp-pixels.ts";
import { pnmReader } from "./pnm-pixels.ts";
import { qoiReader } from "./qoi-pixels.ts";

export const bmp = bitmapCodec("bmp", bmpReader);
export const pnm = bitmapCodec("pnm", pnmReader);
export const qoi = bitmapCodec("qoi", qoiReader);
