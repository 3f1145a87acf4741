/**
 * JPEGs that end too early: without their last marker, as cameras and recovery programs leave them, or cut off shortly before it, as a copy
 * that broke off is. Viewers show both; the decoder calls both cut short.
 */
import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import { sharp } from "../sharp.ts";
import type { PictureSource } from "./codec.ts";
import { walkJpeg } from "./jpeg-parts.ts";

const END = Buffer.from([0xff, 0xd9]);
/** A picture that lacks data would be painted with it. */
const PADDING = Buffer.alloc(64 * 1024, 0xaa);
/** Rows that are coded together are no more. */
const BAND = 16;
/** Of its rows, for a picture to be compared. */
const SHOWN_AT_LEAST = 0.95;

export interface EndedJpeg {
  /** With its end, and without the rows that are missing. */
  readonly file: Buffer;
  /** Of the picture as it is stored. */
  readonly rows: number;
}

/**
 * Whatever is put behind coded data changes none of the pixels that it holds.
 * @param height of the picture as it is stored
 * @returns null where more is missing than a viewer would pass by
 */
export async function withJpegEnd(source: PictureSource, height: number): Promise<EndedJpeg | null> {
  const file = typeof source === "string" ? await readFile(source) : Buffer.from(source);
  const whole = Buffer.concat([file, END]);
  const bands = await bandHashes(whole);
  const others = await bandHashes(Buffer.concat([file, PADDING, END]));
  const missing = bands.findIndex((hash, i) => hash !== others[i]);
  if (missing < 0) return { file: whole, rows: height };
  const rows = missing * BAND;
  return rows < height * SHOWN_AT_LEAST || !setHeight(whole, rows) ? null : { file: whole, rows };
}

/** False for a file that lacks the last marker of its picture, whatever stands behind that in others. */
export async function hasJpegEnd(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if ((await readAt(file, Math.max(0, size - END.length), END.length)).equals(END)) return true;
    return walkJpeg(await file.readFile(), () => {}) !== "endless";
  } finally {
    await file.close();
  }
}

async function bandHashes(file: Buffer): Promise<readonly string[]> {
  const image = sharp(file, { failOn: "error", limitInputPixels: false, sequentialRead: true }).raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const bytes = info.width * info.channels * BAND;
  return Array.from({ length: Math.ceil(data.length / bytes) }, (_, i) =>
    createHash("sha256")
      .update(data.subarray(i * bytes, (i + 1) * bytes))
      .digest("base64"),
  );
}

/** Says in the frame that the picture is not as high. */
function setHeight(file: Buffer, height: number): boolean {
  let frame = -1;
  walkJpeg(file, (marker, segment) => {
    const isFrame = marker >= 0xc0 && marker <= 0xc2;
    if (isFrame) frame = segment.byteOffset - file.byteOffset;
  });
  if (frame < 0) return false;
  file.writeUInt16BE(height, frame + 1);
  return true;
}
