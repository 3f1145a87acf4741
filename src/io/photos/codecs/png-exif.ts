/**
 * EXIF that programs put into a text of a PNG before the format had a chunk for it: ImageMagick still does, and so do many that build on it.
 */
import { open } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import { readAt } from "../read-at.ts";

const SIGNATURE_BYTES = 8;
const [HEAD_BYTES, CHECKSUM_BYTES] = [8, 4];
/** What such a text is called; the second also holds XMP, which begins otherwise. */
const NAMES: readonly string[] = ["Raw profile type exif", "Raw profile type APP1"];
const TEXTS: readonly string[] = ["tEXt", "zTXt"];
/** Two digits stand for a byte, and EXIF has at most 64 kB. */
const TEXT_BYTES_AT_MOST = 1 << 20;
const CHUNKS_AT_MOST = 10_000;
const EXIF_PREFIX = "Exif\0\0";

/** @returns the EXIF block as other formats have it; undefined where no text holds one */
export async function readPngExif(path: string): Promise<Buffer | undefined> {
  const file = await open(path);
  try {
    for (let at = SIGNATURE_BYTES, i = 0; i < CHUNKS_AT_MOST; i++) {
      const head = await readAt(file, at, HEAD_BYTES);
      if (head.length < HEAD_BYTES) return undefined;
      const [bytes, type] = [head.readUInt32BE(0), head.toString("latin1", 4, 8)];
      if (TEXTS.includes(type) && bytes <= TEXT_BYTES_AT_MOST) {
        const exif = exifIn(type, await readAt(file, at + HEAD_BYTES, bytes));
        if (exif !== undefined) return exif;
      }
      at += HEAD_BYTES + bytes + CHECKSUM_BYTES;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

/** A name, its end, for a compressed text the number of its method, the text. */
function exifIn(type: string, chunk: Buffer): Buffer | undefined {
  const end = chunk.indexOf(0);
  if (end < 0 || !NAMES.includes(chunk.toString("latin1", 0, end))) return undefined;
  try {
    const text = type === "zTXt" ? inflateSync(chunk.subarray(end + 2), { maxOutputLength: TEXT_BYTES_AT_MOST }) : chunk.subarray(end + 1);
    // The kind, how many bytes there are, and these in rows of digits.
    const [, digits = ""] = /^\s*\w+\s+\d+\s+([0-9a-fA-F\s]+)$/.exec(text.toString("latin1")) ?? [];
    const exif = Buffer.from(digits.replaceAll(/\s/g, ""), "hex");
    return exif.toString("latin1", 0, EXIF_PREFIX.length) === EXIF_PREFIX ? exif : undefined;
  } catch {
    return undefined; // a text that cannot be unpacked is no fault of the picture's
  }
}
