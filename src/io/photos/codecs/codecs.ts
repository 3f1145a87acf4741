/**
 * Who reads and draws which format: for scans, thumbnails and everything else that opens a photo.
 */
import { bmp, pnm, qoi } from "./bitmaps.ts";
import { avif, png, tiff } from "./by-sharp.ts";
import type { Codecs } from "./codec.ts";
import { gif } from "./gif.ts";
import { heic } from "./heic.ts";
import { jpeg } from "./jpeg.ts";
import { jxl } from "./jxl.ts";
import { raw } from "./raw.ts";
import { webp } from "./webp.ts";

export const CODECS: Codecs = { jpeg, png, webp, avif, tiff, gif, heic, jxl, bmp, pnm, qoi, raw };
