/**
 * A JPEG that lacks its last marker and nothing else: cameras and recovery programs leave such, and the decoder calls them cut short.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sharp } from "../sharp.ts";
import type { PictureSource } from "./codec.ts";

const END = Buffer.from([0xff, 0xd9]);
/** A picture that lacks data would be painted with it. */
const PADDING = Buffer.alloc(64 * 1024, 0xaa);

/**
 * Whatever is put behind a whole picture changes none of its pixels.
 * @returns the file with its end; null where more than that is missing
 */
export async function withJpegEnd(source: PictureSource): Promise<Buffer | null> {
  const file = typeof source === "string" ? await readFile(source) : source;
  const whole = Buffer.concat([file, END]);
  return (await decodedHash(whole)) === (await decodedHash(Buffer.concat([file, PADDING, END]))) ? whole : null;
}

async function decodedHash(file: Buffer): Promise<string> {
  const pixels = await sharp(file, { failOn: "error", limitInputPixels: false, sequentialRead: true }).raw().toBuffer();
  return createHash("sha256").update(pixels).digest("hex");
}
