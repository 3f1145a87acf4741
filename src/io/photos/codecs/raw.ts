/**
 * Camera originals, by the largest JPEG that the camera put into them: what a viewer shows first, with the original's own EXIF. The
 * sensor's data is not developed: each program makes another picture of it.
 */
import { type FileHandle, open } from "node:fs/promises";
import { HEAD_BYTES } from "../../../core/photos/content-kind.ts";
import { isRaw } from "../../../core/photos/file-kinds.ts";
import { fault, type PictureFault } from "../picture-fault.ts";
import { inTurn } from "../picture-turns.ts";
import { readAt } from "../read-at.ts";
import { sharp } from "../sharp.ts";
import { openSharp } from "./by-sharp.ts";
import type { Codec, InspectedPicture, OpenCodec, PictureHeader, PictureSource } from "./codec.ts";
import { type JpegFrame, jpegFrameAt } from "./jpeg-frame.ts";
import { withOrientation } from "./jpeg-orientation.ts";
import { findInCr3, findInRaf } from "./raw-boxes.ts";
import type { Embedded, FoundOriginal } from "./raw-original.ts";
import { findInTiff, hasDirectory } from "./raw-tiff.ts";

/** A thumbnail shows too little to tell two photos of one scene apart, and some have black bars in them. */
const SHORTEST_EDGE = 256;
/** Of a JPEG in an original; the largest are some 20 MB. */
const PREVIEW_BYTES_AT_MOST = 256e6;

interface Preview extends Embedded, JpegFrame {}

export const raw: Codec = {
  header: readHeader,
  drawnWrongly: null,
  endsInZeros: null,
  isWhole,
  exif: null,
  pixelParts: null,
  open: async () => openRaw,
};

const openRaw: OpenCodec = {
  async draw(source, picture, drawing) {
    const file = await readPreview(source, picture);
    if (file === null) return fault("damaged", "the preview that was there is gone");
    const { width, height } = await inTurn(1, async () => (await sharp(file).metadata()).autoOrient);
    return openSharp.draw(file, { ...picture, upright: { width, height } }, drawing);
  },
  close: () => openSharp.close(),
};

/** @returns null for what is no original, so that others are asked */
async function readHeader(source: PictureSource, head: Buffer): Promise<PictureHeader | PictureFault | null> {
  if (typeof source !== "string" || !mayBeOriginal(head)) return null;
  const file = await open(source);
  try {
    const found = await findOriginal(file, head);
    // A damaged original may look like a TIFF that holds a thumbnail and no more.
    if (found === null) return isRaw(source) ? await notFound(file, head) : null;
    const preview = await largestPreview(file, found.embedded);
    if (preview === null && found.end > (await file.stat()).size) return fault("damaged", "the file ends before the picture in it does");
    if (preview === null) return fault("unsupported-format", "the original holds no JPEG of its picture that is large enough to compare");
    return await headerOf(file, found, preview);
  } finally {
    await file.close();
  }
}

/** A file that is named as an original. */
async function notFound(file: FileHandle, head: Buffer): Promise<PictureFault> {
  // Of one whose first directory ends behind the file nobody can tell what it was.
  if (isBuiltAsTiff(head) && !(await hasDirectory(file, head))) return fault("damaged", "its header cannot be read");
  return fault("unsupported-format", "it is named as an original and is none that is known");
}

/** Whether what the directories name, the sensor's data too, lies within the file. */
async function isWhole(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const found = await findOriginal(file, await readAt(file, 0, HEAD_BYTES));
    return found === null || found.end <= (await file.stat()).size;
  } finally {
    await file.close();
  }
}

function isBuiltAsTiff(head: Buffer): boolean {
  return /^(?:II|MM)/.test(head.toString("latin1", 0, 2));
}

/** By its first bytes, so that all other files are passed by without being opened. */
function mayBeOriginal(head: Buffer): boolean {
  return /^(?:II\*\0|MM\0\*|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW|....ftypcrx )/s.test(head.toString("latin1", 0, 16));
}

function findOriginal(file: FileHandle, head: Buffer): Promise<FoundOriginal | null> {
  const start = head.toString("latin1", 0, 16);
  if (start.startsWith("FUJIFILM")) return Promise.resolve(findInRaf(head));
  return start.startsWith("ftyp", 4) ? findInCr3(file) : findInTiff(file, head);
}

async function largestPreview(file: FileHandle, embedded: readonly Embedded[]): Promise<Preview | null> {
  const { size } = await file.stat();
  let largest: Preview | null = null;
  for (const place of embedded) {
    if (place.start + place.bytes > size || place.bytes > PREVIEW_BYTES_AT_MOST) continue;
    const frame = await jpegFrameAt(file, place.start);
    if (frame === null || Math.min(frame.width, frame.height) < SHORTEST_EDGE) continue;
    if (largest === null || frame.width * frame.height > largest.width * largest.height) largest = { ...place, ...frame };
  }
  return largest;
}

async function headerOf(file: FileHandle, found: FoundOriginal, preview: Preview): Promise<PictureHeader> {
  const { width, height, channels, isProgressive } = preview;
  const jpeg = await readAt(file, preview.start, preview.bytes);
  const told = await inTurn(1, () => sharp(jpeg, { limitInputPixels: false }).metadata());
  // An embedded picture that says how it is to be turned was turned by its own writer's rule.
  const orientation = told.orientation ?? found.orientation ?? 1;
  const full = found.size !== null && found.size.width * found.size.height > width * height ? found.size : { width, height };
  const isTurned = orientation >= 5;
  return {
    shape: { format: "raw", width, height, channels, sampleBytes: 1, interlaced: isProgressive },
    upright: isTurned ? { width: full.height, height: full.width } : full,
    orientation,
    pictures: 1,
    exif: found.exif ?? told.exif,
    bits: 8,
    xmp: undefined,
    icc: undefined,
  };
}

/** As a JPEG file that says how it is to be turned. */
async function readPreview(source: PictureSource, { orientation }: InspectedPicture): Promise<Buffer | null> {
  if (typeof source !== "string") return null;
  const file = await open(source);
  try {
    const head = await readAt(file, 0, HEAD_BYTES);
    const found = await findOriginal(file, head);
    const preview = found === null ? null : await largestPreview(file, found.embedded);
    return preview === null ? null : withOrientation(await readAt(file, preview.start, preview.bytes), orientation);
  } finally {
    await file.close();
  }
}
