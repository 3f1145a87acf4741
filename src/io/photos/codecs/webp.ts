/**
 * WebP. Its decoder draws the zeros that a copy which broke off, or a lost disk block, leaves at a file's end.
 */
import { type FileHandle, open } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import { bySharp } from "./by-sharp.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

const RIFF_HEADER = 12;
const CHUNK_HEADER = 8;
/** Of a frame's own chunk before the chunks in it. */
const FRAME_HEADER = 16;

/** Before the picture's; more are no picture's. */
const CHUNKS_AT_MOST = 1000;

/** A flat picture ends in 0.1 zero bytes for each 1,000 pixels, whatever its quality and colour; ten times that is no picture. */
const ZEROS_PER_PIXEL = 1 / 1000;
const ZEROS = 64;

export const webp = bySharp(VIPS_FORMATS.webp, async (path, { width, height }) => {
  const file = await open(path);
  try {
    return await frameEndsInZeros(file, ZEROS + Math.ceil(width * height * ZEROS_PER_PIXEL));
  } finally {
    await file.close();
  }
});

/** The first frame's data, which is what is decoded, whatever stands behind it in the file. */
async function frameEndsInZeros(file: FileHandle, zeros: number): Promise<boolean> {
  let at = RIFF_HEADER;
  for (let chunk = 0; chunk < CHUNKS_AT_MOST; chunk++) {
    const header = await readAt(file, at, CHUNK_HEADER);
    if (header.length < CHUNK_HEADER) break;
    const name = header.toString("latin1", 0, 4);
    const size = header.readUInt32LE(4);
    if (name === "ANMF") at += CHUNK_HEADER + FRAME_HEADER;
    else if (name !== "VP8 " && name !== "VP8L") at += CHUNK_HEADER + size + (size % 2);
    else if (size <= zeros) return false;
    else return (await readAt(file, at + CHUNK_HEADER + size - zeros, zeros)).every((byte) => byte === 0);
  }
  return false; // the decoder will say what is wrong
}
