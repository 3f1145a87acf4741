/**
 * What the frame of a JPEG inside a file says of it, read marker by marker and without its data.
 */
import type { FileHandle } from "node:fs/promises";
import { readAt } from "../read-at.ts";

export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** In several passes. */
  readonly isProgressive: boolean;
}

const [BASELINE, EXTENDED, PROGRESSIVE] = [0xc0, 0xc1, 0xc2];
/** Tables whose markers lie among those of frames. */
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);
const SCAN = 0xda;
const SEGMENTS_AT_MOST = 500;

/**
 * @param at where the picture should begin
 * @returns null for what is no JPEG, and for kinds that keep a sensor's data without loss and that no viewer shows
 */
export async function jpegFrameAt(file: FileHandle, at: number): Promise<JpegFrame | null> {
  const start = await readAt(file, at, 3);
  if (start.length < 3 || start.readUInt16BE(0) !== 0xffd8 || start[2] !== 0xff) return null;
  let place = at + 2;
  for (let segment = 0; segment < SEGMENTS_AT_MOST; segment++) {
    const head = await readAt(file, place, 10);
    if (head.length < 10 || head[0] !== 0xff) return null;
    const marker = head[1] as number;
    if (marker === 0xff) {
      place++;
      continue;
    }
    if (marker === SCAN) return null;
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      if (marker !== BASELINE && marker !== EXTENDED && marker !== PROGRESSIVE) return null;
      const [height, width, channels] = [head.readUInt16BE(5), head.readUInt16BE(7), head[9] as number];
      return width > 0 && height > 0 ? { width, height, channels, isProgressive: marker === PROGRESSIVE } : null;
    }
    place += 2 + head.readUInt16BE(2);
  }
  return null;
}
