/**
 * What the pixels of a PNG are decoded from.
 */
import { ofWholeFile } from "./pixel-parts.ts";

const SIGNATURE_BYTES = 8;
/** Length and name before a chunk's data, checksum behind it. */
const [HEAD_BYTES, CHECKSUM_BYTES] = [8, 4];
/** Words, dates, EXIF, size on paper, provenance: every other chunk counts. */
const DESCRIPTIVE: ReadonlySet<string> = new Set(["tEXt", "zTXt", "iTXt", "eXIf", "tIME", "pHYs", "caBX"]);

export const pngParts = ofWholeFile((file, add) => {
  for (let at = SIGNATURE_BYTES; at + HEAD_BYTES <= file.length; ) {
    const name = file.toString("latin1", at + 4, at + 8);
    const end = at + HEAD_BYTES + file.readUInt32BE(at);
    if (end + CHECKSUM_BYTES > file.length) return false;
    if (!DESCRIPTIVE.has(name)) add(name, file.subarray(at + HEAD_BYTES, end));
    if (name === "IEND") return true;
    at = end + CHECKSUM_BYTES;
  }
  return false;
});
