/**
 * Reads a picture's header before anything is decoded: whether it is a photo, how large it claims to be and what decoding it takes.
 * Everything that draws a file which may come from anywhere passes here.
 */
import { DECODE_MEMORY_BYTES, decodeBytes, megapixelsFor, type PictureShape } from "../../core/photos/decode-memory.ts";
import type { PictureFormat } from "../../core/photos/photo.ts";
import { fault, type PictureFault } from "./picture-fault.ts";
import { pictureTurns } from "./picture-turns.ts";
import { type Metadata, sharp } from "./sharp.ts";
import { endsInZeros } from "./zeroed-end.ts";

/** Reading a header takes no more than this. */
const HEADER_BYTES = 32e6;

export interface InspectedPicture {
  readonly metadata: Metadata;
  readonly format: PictureFormat;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Memory that decoding it takes. */
  readonly bytes: number;
}

export type Inspection = { readonly ok: true; readonly picture: InspectedPicture } | PictureFault;

/**
 * @param source a path or the bytes of a file
 * @throws what sharp throws for a file that it cannot read; see `explainFault`
 */
export async function inspectPicture(source: string | Uint8Array, maxMegapixels: number): Promise<Inspection> {
  const metadata = await inTurn(HEADER_BYTES, () => sharp(source, { limitInputPixels: false }).metadata());
  const format = pictureFormat(metadata);
  if (format === null) return fault("unsupported-format", `${metadata.format} images are not decoded`);
  const shape = shapeOf(metadata, format);
  const bytes = decodeBytes(shape);
  const { width, height } = metadata.autoOrient;
  const excess = excessOf(shape, bytes, maxMegapixels);
  if (excess !== null) return fault("too-large", `${width} × ${height} ${excess}`);
  if (typeof source === "string" && (await endsInZeros(source, shape)))
    return fault("damaged", "the end of the image is missing: there are zeros in its place");
  return { ok: true, picture: { metadata, format, width, height, bytes } };
}

/**
 * Does the work in its turn, and a second time alone if it fails: libvips keeps one error text for all threads, in which the reasons
 * of files that fail at once are mixed up or lost.
 */
export async function inTurn<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await pictureTurns.run(bytes, work);
  } catch {
    return pictureTurns.alone(work);
  }
}

/** Null for what the decoder could draw but is no photo. */
function pictureFormat(metadata: Metadata): PictureFormat | null {
  switch (metadata.format) {
    case "jpeg":
    case "png":
    case "webp":
    case "tiff":
    case "gif":
      return metadata.format;
    case "heif":
      return metadata.compression === "hevc" ? "heic" : "avif";
    default:
      return null;
  }
}

function shapeOf({ width, height, channels, depth, isProgressive }: Metadata, format: PictureFormat): PictureShape {
  return { format, width, height, channels, sampleBytes: SAMPLE_BYTES[depth] ?? 8, interlaced: isProgressive };
}

const SAMPLE_BYTES: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4 };

/** @returns what is too large about it and which cap lets it in; null for a picture under the cap */
function excessOf({ width, height, format }: PictureShape, bytes: number, cap: number): string | null {
  const megapixels = Math.ceil((width * height) / 1e6);
  if ((width * height) / 1e6 > cap) return `is ${megapixels} megapixels, the cap is ${cap}: --max-megapixels ${megapixels} lets it in`;
  const needed = megapixelsFor(bytes);
  if (bytes <= DECODE_MEMORY_BYTES || needed <= cap) return null;
  return `takes ${gigabytes(bytes)} of memory to decode as ${format.toUpperCase()}: --max-megapixels ${needed} lets it in`;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
