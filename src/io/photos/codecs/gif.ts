/**
 * GIF. Its decoder draws the zeros that a copy which broke off, or a lost disk block, leaves at a file's end.
 */
import { open } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import { bySharp } from "./by-sharp.ts";
import { VIPS_FORMATS } from "./vips-formats.ts";

/** A GIF's last byte (GIF89a, 27). */
const TRAILER = 0x3b;
/** Zeros that end the data of a GIF which lacks its trailer are fewer. */
const ZEROS = 16;
const PIECE = 4096;

export const gif = bySharp(VIPS_FORMATS.gif, async (path) => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    let zeros = 0;
    for (let end = size; end > 0; end -= PIECE) {
      const bytes = await readAt(file, Math.max(0, end - PIECE), Math.min(end, PIECE));
      const last = bytes.findLastIndex((byte) => byte !== 0);
      zeros += bytes.length - 1 - last;
      if (last >= 0) return zeros >= ZEROS && bytes[last] !== TRAILER;
    }
    return true;
  } finally {
    await file.close();
  }
});
