/**
 * Finds files whose end is zeros, as a copy that broke off or a lost disk block leaves them, in the formats whose decoders draw the
 * zeros without a word. JPEG, PNG, TIFF and AVIF have decoders that notice.
 */
import { type FileHandle, open } from "node:fs/promises";
import type { PictureShape } from "../../core/photos/decode-memory.ts";

/** A GIF's last byte (GIF89a, 27). */
const GIF_TRAILER = 0x3b;
/** Zeros that end the data of a GIF which lacks its trailer are fewer. */
const GIF_ZEROS = 16;

const RIFF_HEADER = 12;
const CHUNK_HEADER = 8;
/** Of a frame's own chunk before the chunks in it. */
const WEBP_FRAME_HEADER = 16;

/** Before the picture's; more are no picture's. */
const WEBP_CHUNKS_AT_MOST = 1000;

/** A flat WebP ends in 0.1 zero bytes for each 1,000 pixels, whatever its quality and colour; ten times that is no picture. */
const WEBP_ZEROS_PER_PIXEL = 1 / 1000;
const WEBP_ZEROS = 64;

export async function endsInZeros(path: string, { format, width, height }: PictureShape): Promise<boolean> {
  if (format !== "gif" && format !== "webp") return false;
  const file = await open(path);
  try {
    if (format === "gif") return await gifEndsInZeros(file);
    return await webpEndsInZeros(file, WEBP_ZEROS + Math.ceil(width * height * WEBP_ZEROS_PER_PIXEL));
  } finally {
    await file.close();
  }
}

async function gifEndsInZeros(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  let zeros = 0;
  for (let end = size; end > 0; end -= 4096) {
    const bytes = await read(file, Math.max(0, end - 4096), Math.min(end, 4096));
    const last = bytes.findLastIndex((byte) => byte !== 0);
    zeros += bytes.length - 1 - last;
    if (last >= 0) return zeros >= GIF_ZEROS && bytes[last] !== GIF_TRAILER;
  }
  return true;
}

/** The first frame's data, which is what is decoded, whatever stands behind it in the file. */
async function webpEndsInZeros(file: FileHandle, zeros: number): Promise<boolean> {
  let at = RIFF_HEADER;
  for (let chunk = 0; chunk < WEBP_CHUNKS_AT_MOST; chunk++) {
    const header = await read(file, at, CHUNK_HEADER);
    if (header.length < CHUNK_HEADER) break;
    const name = header.toString("latin1", 0, 4);
    const size = header.readUInt32LE(4);
    if (name === "ANMF") at += CHUNK_HEADER + WEBP_FRAME_HEADER;
    else if (name !== "VP8 " && name !== "VP8L") at += CHUNK_HEADER + size + (size % 2);
    else if (size <= zeros) return false;
    else return (await read(file, at + CHUNK_HEADER + size - zeros, zeros)).every((byte) => byte === 0);
  }
  return false; // the decoder will say what is wrong
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
