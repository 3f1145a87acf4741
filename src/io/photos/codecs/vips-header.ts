/**
 * Reads a picture's header with libvips, which opens a file by what it holds and not by its name.
 */
import { open } from "node:fs/promises";
import type { PictureFormat } from "../../../core/photos/photo.ts";
import type { PictureShape } from "../../../core/photos/picture-formats.ts";
import { fault, faultOf, type PictureFault } from "../picture-fault.ts";
import { inTurn } from "../picture-turns.ts";
import { readAt } from "../read-at.ts";
import { type Metadata, sharp } from "../sharp.ts";
import type { Codecs, PictureHeader, PictureSource } from "./codec.ts";

/** Reading a header takes no more than this. */
const HEADER_BYTES = 32e6;
/** Where a drawing begins, behind comments and declarations. */
const SVG_HEAD_BYTES = 4096;

/**
 * @returns a fault for what libvips could draw but is no photo
 * @throws what sharp throws for a file that is damaged; see `faultOf`
 */
export async function readVipsHeader(
  source: PictureSource,
  codecs: Codecs,
): Promise<{ readonly ok: true; readonly value: PictureHeader } | PictureFault> {
  const metadata = await readMetadata(source);
  if (metadata === "svg") return fault("unsupported-format", "SVG images are not decoded");
  const format = formatOf(metadata, codecs);
  if (format === null) return fault("unsupported-format", `${metadata.format} images are not decoded`);
  const { autoOrient, exif, icc } = metadata;
  const upright = { width: autoOrient.width, height: autoOrient.height };
  return { ok: true, value: { shape: shapeOf(metadata, format), upright, exif, icc } };
}

async function readMetadata(source: PictureSource): Promise<Metadata | "svg"> {
  try {
    return await inTurn(HEADER_BYTES, () => sharp(source, { limitInputPixels: false }).metadata());
  } catch (error) {
    if (typeof source === "string" && faultOf(error).reason === "not-an-image" && (await isSvg(source))) return "svg";
    throw error;
  }
}

async function isSvg(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    return /<svg[\s>]/.test((await readAt(file, 0, SVG_HEAD_BYTES)).toString("latin1"));
  } finally {
    await file.close();
  }
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

const SAMPLE_BYTES: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2, uint: 4, int: 4, float: 4 };
