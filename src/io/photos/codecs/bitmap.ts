/**
 * Formats that are little more than their pixels: read here, in worker threads, and handed to sharp raw.
 */
import type { PictureFormat } from "../../../core/photos/photo.ts";
import { fault, type PictureFault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec, PictureHeader } from "./codec.ts";
import { DecoderPool } from "./decoder-pool.ts";

/** Upright, interleaved, 8 bits a channel: grey, RGB or RGBA. */
export interface Bitmap {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** What the head of such a file says. */
export interface BitmapHead {
  readonly width: number;
  readonly height: number;
  /** What about it is not decoded, as in "… are not decoded"; null where all is. */
  readonly unsupported: string | null;
}

export interface BitmapReader {
  /** @returns null for what is no such file */
  readonly head: (head: Buffer) => BitmapHead | null;
  /** @throws {Error} in one line, for what is damaged or cut off */
  readonly pixels: (file: Buffer) => Bitmap;
}

export function bitmapCodec(format: PictureFormat, { head }: BitmapReader): Codec {
  return {
    header: async (_, bytes) => headerOf(format, head(bytes)),
    endsInZeros: null,
    isWhole: null,
    exif: null,
    pixelParts: null,
    open: async (threads) => openBitmaps(threads),
  };
}

function headerOf(format: PictureFormat, head: BitmapHead | null): PictureHeader | PictureFault | null {
  if (head === null) return null;
  const { width, height, unsupported } = head;
  if (unsupported !== null) return fault("unsupported-format", `${unsupported} are not decoded`);
  const nothing = { exif: undefined, xmp: undefined, icc: undefined };
  const shape = { format, width, height, channels: 4, sampleBytes: 1, interlaced: false };
  return { shape, upright: { width, height }, orientation: 1, pictures: 1, bits: 8, ...nothing };
}

function openBitmaps(threads: number): OpenCodec {
  const decoders = new DecoderPool<Bitmap>(new URL("./bitmap-worker.js", import.meta.url), threads, "dupfind's own decoder");
  return {
    draw: (source, { bytes, shape }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await decoders.decode(source, shape);
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const { data, width, height, channels } = reply.pixels;
        const image = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
        return { ok: true, value: await finish(shrink(image, { width, height })) };
      }),
    close: () => decoders.close(),
  };
}

export const CUT_OFF = "the file ends before the image does";

/** @throws {Error} where the file has fewer bytes */
export function piece(file: Buffer, from: number, length: number): Buffer {
  if (from + length > file.length) throw new Error(CUT_OFF);
  return file.subarray(from, from + length);
}
