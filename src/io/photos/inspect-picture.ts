/**
 * Reads a picture's header before anything is decoded: whether it is a photo, how large it claims to be and what decoding it takes.
 * Everything that draws a file which may come from anywhere passes here.
 */

import { HEAD_BYTES } from "../../core/photos/content-kind.ts";
import { DECODE_MEMORY_BYTES, decodeBytes, megapixelsFor } from "../../core/photos/decode-memory.ts";
import type { Codecs, InspectedPicture, PictureHeader, PictureSource } from "./codecs/codec.ts";
import { readVipsHeader } from "./codecs/vips-header.ts";
import { fault, type PictureFault, readHead } from "./picture-fault.ts";

export type Inspection = { readonly ok: true; readonly picture: InspectedPicture } | PictureFault;

/** @throws what a decoder throws for a file that it cannot read; see `explainFault` */
export async function inspectPicture(source: PictureSource, maxMegapixels: number, codecs: Codecs): Promise<Inspection> {
  const reading = await readHeader(source, codecs);
  if (!reading.ok) return reading;
  const header = reading.value;
  const bytes = decodeBytes(header.shape);
  const excess = excessOf(header, bytes, maxMegapixels);
  if (excess !== null) return fault("too-large", excess);
  const { endsInZeros, drawnWrongly } = codecs[header.shape.format];
  const wrong = typeof source === "string" ? ((await drawnWrongly?.(source)) ?? null) : null;
  if (wrong !== null) return fault("unsupported-format", `${wrong} are not decoded`);
  if (typeof source === "string" && endsInZeros !== null && (await endsInZeros(source, header.shape)))
    return fault("damaged", "the end of the image is missing and filled with zeros");
  return { ok: true, picture: { ...header, bytes } };
}

/** Those who know their own go first: to libvips, a camera original is a TIFF with a small picture in it. */
async function readHeader(source: PictureSource, codecs: Codecs): Promise<ReturnType<typeof readVipsHeader>> {
  const head = typeof source === "string" ? await readHead(source) : Buffer.from(source.subarray(0, HEAD_BYTES));
  for (const { header } of Object.values(codecs)) {
    const own = typeof header === "function" ? await header(source, head) : null;
    if (own !== null) return "ok" in own ? own : { ok: true, value: own };
  }
  return readVipsHeader(source, codecs);
}

/** @returns what is too large about it and which cap lets it in; null for a picture under the cap */
function excessOf({ shape, upright }: PictureHeader, bytes: number, cap: number): string | null {
  const claim = `${upright.width} × ${upright.height}`;
  const megapixels = (shape.width * shape.height) / 1e6;
  const whole = Math.ceil(megapixels);
  if (megapixels > cap) return `${claim} is ${whole} megapixels, the limit is ${cap}: a limit of ${whole} accepts it`;
  const needed = megapixelsFor(bytes);
  if (bytes <= DECODE_MEMORY_BYTES || needed <= cap) return null;
  return `${claim} takes ${gigabytes(bytes)} of memory to decode as ${shape.format.toUpperCase()}: a limit of ${needed} accepts it`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
