/**
 * What the pixels of a WebP (RFC 9649) are decoded from.
 */
import { ofWholeFile } from "./pixel-parts.ts";

const RIFF_HEADER = 12;
const CHUNK_HEADER = 8;
/** Profile, transparency, animation: what the flags of a file's extended header say of the pixels. */
const FLAGS_OF_PIXELS = 0b0011_0010;
const IS_ANIMATED = 0b10;

/** Every chunk but EXIF and XMP. The header that a file needs for these counts as one that says nothing. */
export const webpParts = ofWholeFile((file, add) => {
  let flags = 0;
  let pictures = 0;
  const end = Math.min(file.length, CHUNK_HEADER + file.readUInt32LE(4));
  for (let at = RIFF_HEADER; at + CHUNK_HEADER <= end; ) {
    const name = file.toString("latin1", at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const data = file.subarray(at + CHUNK_HEADER, at + CHUNK_HEADER + size);
    if (data.length < size) return false;
    if (name === "VP8X") flags = (data[0] as number) & FLAGS_OF_PIXELS;
    else if (name !== "EXIF" && name !== "XMP ") add(name, data);
    if (name === "VP8 " || name === "VP8L") pictures++;
    at += CHUNK_HEADER + size + (size % 2);
  }
  add("flags", Uint8Array.of(flags));
  return pictures === 1 && (flags & IS_ANIMATED) === 0;
});
