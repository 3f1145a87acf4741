/**
 * What a camera wrote into a TIFF, as the EXIF block that other formats carry: there the same fields stand among those of the pixels.
 */
import { type FileHandle, open } from "node:fs/promises";
import { readTiffDirectory, type TiffDirectory, type TiffField } from "./tiff-directory.ts";

const EXIF = 0x8769;
const GPS = 0x8825;
const MAKER_NOTE = 0x927c;
const LONG = 4;
/** The last type of classic TIFF that EXIF has; those above are BigTIFF's. */
const CLASSIC_TYPES = 13;
const VALUE_BYTES_AT_MOST = 8 * 1024;

/**
 * Tags of the first directory that tell of the photo and nothing of its pixels: names, dates, makers, words, ratings, resolution on
 * paper, directories of EXIF and GPS, packets of IPTC, XMP and Photoshop.
 */
export const DESCRIPTIVE_TAGS: ReadonlySet<number> = new Set([
  269, 270, 271, 272, 274, 282, 283, 285, 296, 305, 306, 315, 316, 700, 18246, 18249, 33432, 33723, 34377, 34665, 34853, 37724, 40091,
  40092, 40093, 40094, 40095,
]);
const NO_EXIF_TAGS: ReadonlySet<number> = new Set([EXIF, GPS, 700, 33723, 34377, 37724]);

/** @returns a TIFF structure without pixels; undefined where the file says nothing of the kind */
export async function readTiffExif(path: string): Promise<Buffer | undefined> {
  const file = await open(path);
  try {
    return await tiffExifOf(file);
  } finally {
    await file.close();
  }
}

/** Of a file that is open: a TIFF, or an original that differs from one in its mark. */
export async function tiffExifOf(file: FileHandle): Promise<Buffer | undefined> {
  const first = await readTiffDirectory(file);
  if (first === null) return undefined;
  const exif = (await readTiffDirectory(file, EXIF))?.fields ?? [];
  const gps = (await readTiffDirectory(file, GPS))?.fields ?? [];
  return exifBlock(first, exif, gps);
}

/** @param first of whose fields those count that tell of the photo */
export function exifBlock(first: TiffDirectory, exif: readonly TiffField[], gps: readonly TiffField[]): Buffer | undefined {
  const own = first.fields.filter(({ tag }) => DESCRIPTIVE_TAGS.has(tag) && !NO_EXIF_TAGS.has(tag));
  return own.length + exif.length + gps.length === 0 ? undefined : writeBlock(first, own, exif, gps);
}

/** Three directories, each behind the other, the last two where the first has their tags point to. */
function writeBlock({ isLittleEndian }: TiffDirectory, own: readonly TiffField[], exif: readonly TiffField[], gps: readonly TiffField[]) {
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    isLittleEndian ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
    return bytes;
  };
  const pointer = (tag: number, place: number): TiffField => ({ tag, type: LONG, count: 1, value: word(place) });
  const firstBytes = directoryBytes([...kept(own), pointer(EXIF, 0), pointer(GPS, 0)]);
  const exifAt = 8 + firstBytes;
  const gpsAt = exifAt + directoryBytes(kept(exif));
  const header = Buffer.from(isLittleEndian ? "II*\0" : "MM\0*", "latin1");
  return Buffer.concat([
    header,
    word(8),
    writeDirectory([...kept(own), pointer(EXIF, exifAt), pointer(GPS, gpsAt)], 8, isLittleEndian),
    writeDirectory(kept(exif), exifAt, isLittleEndian),
    writeDirectory(kept(gps), gpsAt, isLittleEndian),
  ]);
}

/** Without what is no camera's word by its size, and a maker's notes, which point into the file that they stood in. */
function kept(fields: readonly TiffField[]): readonly TiffField[] {
  return fields.filter(
    ({ tag, type, value }) => tag !== MAKER_NOTE && type <= CLASSIC_TYPES && value.length > 0 && value.length <= VALUE_BYTES_AT_MOST,
  );
}

function directoryBytes(fields: readonly TiffField[]): number {
  return 2 + 12 * fields.length + 4 + fields.reduce((sum, { value }) => sum + outsideBytes(value), 0);
}

/** A value of up to four bytes stands in its field. */
function outsideBytes(value: Buffer): number {
  return value.length <= 4 ? 0 : value.length + (value.length % 2);
}

function writeDirectory(fields: readonly TiffField[], at: number, isLittleEndian: boolean): Buffer {
  const block = Buffer.alloc(directoryBytes(fields));
  const write = (value: number, place: number, bytes: 2 | 4) =>
    isLittleEndian ? block.writeUIntLE(value, place, bytes) : block.writeUIntBE(value, place, bytes);
  write(fields.length, 0, 2);
  let next = 2 + 12 * fields.length + 4;
  for (const [i, { tag, type, count, value }] of fields.entries()) {
    const row = 2 + 12 * i;
    write(tag, row, 2);
    write(type, row + 2, 2);
    write(count, row + 4, 4);
    const outside = outsideBytes(value);
    value.copy(block, outside === 0 ? row + 8 : next);
    if (outside > 0) write(at + next, row + 8, 4);
    next += outside;
  }
  return block;
}
