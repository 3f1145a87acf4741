/**
 * Reads a picture's header with libvips, which opens a file by what it holds and not by its name.
 */
import type { PictureFormat } from "../../../core/photos/photo.ts";
import type { PictureShape } from "../../../core/photos/picture-formats.ts";
import { fault, type PictureFault } from "../picture-fault.ts";
import { inTurn } from "../picture-turns.ts";
import { type Metadata, sharp } from "../sharp.ts";
import type { Codecs, PictureHeader, PictureSource } from "./codec.ts";
import { wholeFile } from "./whole-file.ts";

/** Reading a header takes no more than this. */
const HEADER_BYTES = 32e6;

/**
 * @returns a fault for what libvips could draw but is no photo
 * @throws what sharp throws for a file that it cannot read; see `explainFault`
 */
export async function readVipsHeader(
  source: PictureSource,
  codecs: Codecs,
): Promise<{ readonly ok: true; readonly value: PictureHeader } | PictureFault> {
  const metadata = await inTurn(HEADER_BYTES, async () => sharp(await wholeFile(source), { limitInputPixels: false }).metadata());
  const format = formatOf(metadata, codecs);
  if (format === null) return fault("unsupported-format", `${metadata.format} images are not decoded`);
  const { autoOrient, orientation = 1, pages: pictures = 1, exif, xmp, icc } = metadata;
  const upright = { width: autoOrient.width, height: autoOrient.height };
  return { ok: true, value: { shape: shapeOf(metadata, format), upright, orientation, pictures, bits: bitsOf(metadata), exif, xmp, icc } };
}

function formatOf(metadata: Metadata, codecs: Codecs): PictureFormat | null {
  const formats = Object.keys(codecs) as PictureFormat[];
  return (
    formats.find((format) => {
      const { header } = codecs[format];
      return "isMine" in header && header.isMine(metadata);
    }) ?? null
  );
}

function shapeOf({ width, height, channels, depth, isProgressive }: Metadata, format: PictureFormat): PictureShape {
  return { format, width, height, channels, sampleBytes: SAMPLE_BYTES[depth] ?? 8, interlaced: isProgressive };
}

function bitsOf({ bitsPerSample, depth }: Metadata): number {
  return Math.max(8, bitsPerSample ?? 8 * (SAMPLE_BYTES[depth] ?? 1));
}

const SAMPLE_BYTES: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4 };
