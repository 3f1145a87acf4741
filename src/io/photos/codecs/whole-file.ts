/**
 * A file as libvips is given it. By its name it opens a file once for each kind of picture that it might be, a dozen times for a header and as often
 * for the pixels: on a share each takes a way to the server and back.
 */
import { open } from "node:fs/promises";
import type { PictureSource } from "./codec.ts";

/** Larger ones, which take longer to decode than to open, are left to libvips: it reads some formats piece by piece. */
const AT_MOST_BYTES = 16e6;

/** @returns what the file holds, read at once; its name where it is large, empty or no file */
export async function wholeFile(source: PictureSource): Promise<PictureSource> {
  if (typeof source !== "string") return source;
  const file = await open(source);
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size > 0 && stat.size <= AT_MOST_BYTES ? await file.readFile() : source;
  } finally {
    await file.close();
  }
}
