/**
 * Who reads and draws which format: for scans, thumbnails and everything else that opens a photo.
 */
import { bmp, pnm, qoi, tga } from "./bitmaps.ts";
import { avif, png, tiff } from "./by-sharp.ts";
import type { Codecs } from "./codec.ts";
import { gif } from "./gif.ts";
import { heic } from "./heic.ts";
import { ico } from "./ico.ts";
import { jp2 } from "./jp2.ts";
import { jpeg } from "./jpeg.ts";
import { jxl } from "./jxl.ts";
import { psd } from "./psd.ts";
import { raw } from "./raw.ts";
import { webp } from "./webp.ts";

export const CODECS: Codecs = { jpeg, png, webp, avif, tiff, gif, heic, jxl, jp2, psd, bmp, pnm, qoi, ico, raw, tga };
