/**
 * The header of a JPEG 2000 (ISO/IEC 15444-1), bare or in boxes: its size, colour profile, EXIF and XMP.
 */
import { fault, type PictureFault } from "../picture-fault.ts";
import type { PictureHeader, PictureSource } from "./codec.ts";
import { type ReadBytes, withBytesOf } from "./source-bytes.ts";

const BARE = "\xff\x4f\xff\x51";
const IN_BOXES = "\0\0\0\x0cjP  \r\n\x87\n";
const BOXES_AT_MOST = 1000;
/** Of a box that tells of the picture. */
const BOX_BYTES_AT_MOST = 16 * 1024 * 1024;
/** Of the code's first segment, before what it says of each component; and of that. */
const [SIZE_BYTES, COMPONENT_BYTES] = [42, 3];
const UUID_BYTES = 16;
const EXIF_UUID = "JpgTiffExif->JP2";
const XMP_UUID = Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex").toString("latin1");

interface Told {
  code: Buffer | null;
  /** Met so far, at any depth: boxes in boxes have no end of their own. */
  boxes: number;
  /** Whether the last box ends with the file. */
  isWhole: boolean;
  exif: Buffer | undefined;
  xmp: Buffer | undefined;
  icc: Buffer | undefined;
}

/** @returns null for what is no JPEG 2000 */
export async function readJp2Header(source: PictureSource, head: Buffer): Promise<PictureHeader | PictureFault | null> {
  const start = head.toString("latin1", 0, IN_BOXES.length);
  const told: Told = { code: null, boxes: 0, isWhole: true, exif: undefined, xmp: undefined, icc: undefined };
  if (start.startsWith(BARE)) told.code = head;
  else if (start === IN_BOXES) await withBytesOf(source, (read, size) => readBoxes(read, 0, size, told));
  else return null;
  return headerOf(told);
}

async function readBoxes(read: ReadBytes, from: number, end: number, told: Told): Promise<void> {
  for (let at = from; at + 8 <= end && told.boxes++ < BOXES_AT_MOST; ) {
    const head = await read(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    const headBytes = short === 1 ? 16 : 8;
    if (head.length < headBytes) return;
    const size = short === 0 ? end - at : short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (size < headBytes) return;
    told.isWhole &&= at + size <= end;
    await readBox(read, head.toString("latin1", 4, 8), at + headBytes, Math.min(at + size, end), told);
    at += size;
  }
}

async function readBox(read: ReadBytes, type: string, at: number, end: number, told: Told): Promise<void> {
  if (type === "jp2h") return readBoxes(read, at, end, told);
  if (type === "jp2c") told.code ??= await read(at, Math.min(end - at, SIZE_BYTES + COMPONENT_BYTES * 4));
  if (end - at > BOX_BYTES_AT_MOST) return;
  if (type === "colr") told.icc ??= profileIn(await read(at, end - at));
  if (type !== "uuid") return;
  const name = (await read(at, UUID_BYTES)).toString("latin1");
  if (name === EXIF_UUID) told.exif ??= await read(at + UUID_BYTES, end - at - UUID_BYTES);
  if (name === XMP_UUID) told.xmp ??= await read(at + UUID_BYTES, end - at - UUID_BYTES);
}

/** How colours are told: 1 by a number, 2 and 3 by a profile behind three bytes. */
function profileIn(box: Buffer): Buffer | undefined {
  return (box[0] === 2 || box[0] === 3) && box.length > 3 ? box.subarray(3) : undefined;
}

function headerOf({ code, isWhole, exif, xmp, icc }: Told): PictureHeader | PictureFault {
  if (code === null && isWhole) return fault("unsupported-format", "JPEG 2000 files that hold no picture by itself are not decoded");
  if (code === null || code.length < SIZE_BYTES + COMPONENT_BYTES || code.toString("latin1", 0, 4) !== BARE)
    return fault("damaged", "its header cannot be read");
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => code.readUInt32BE(at)) as [number, number, number, number];
  const [width, height, components] = [right - left, bottom - top, code.readUInt16BE(40)];
  if (width <= 0 || height <= 0 || components === 0) return fault("damaged", "its header cannot be read");
  const [depth, across, down] = code.subarray(SIZE_BYTES, SIZE_BYTES + COMPONENT_BYTES) as unknown as [number, number, number];
  const [isSigned, bits] = [depth >= 0x80, (depth & 0x7f) + 1];
  if (isSigned || bits > 16) return fault("unsupported-format", "JPEG 2000 images of unusual depth are not decoded");
  // What reads the decoder's samples takes the first component to be as large as the picture.
  if (across !== 1 || down !== 1) return fault("unsupported-format", "JPEG 2000 images with fewer samples than pixels are not decoded");
  return {
    shape: { format: "jp2", width, height, channels: Math.min(components, 4), sampleBytes: bits > 8 ? 2 : 1, interlaced: false },
    upright: { width, height },
    orientation: 1,
    pictures: 1,
    exif,
    bits: Math.max(8, bits),
    xmp,
    icc,
  };
}
