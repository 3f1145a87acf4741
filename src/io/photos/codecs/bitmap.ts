/**
 * Formats that are little more than their pixels: read here, in worker threads, and handed to sharp raw.
 */
import type { PictureFormat } from "../../../core/photos/photo.ts";
import { fault, type PictureFault } from "../picture-fault.ts";
import { pictureTurns } from "../picture-turns.ts";
import { sharp } from "../sharp.ts";
import type { Codec, OpenCodec, PictureHeader } from "./codec.ts";
import { DecoderPool } from "./decoder-pool.ts";
import { attachProfile } from "./icc.ts";

/** Upright, interleaved, 8 bits a channel: grey, RGB or RGBA. */
export interface Bitmap {
  readonly data: Uint8Array<ArrayBuffer> | Uint8ClampedArray<ArrayBuffer>;
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
  /**
   * @param name of the file; null for a picture in memory
   * @returns null for what is no such file
   */
  readonly head: (head: Buffer, name: string | null) => BitmapHead | null;
  /** @throws {Error} in one line, for what is damaged or cut off */
  readonly pixels: (file: Buffer) => Bitmap;
}

export function bitmapCodec(format: PictureFormat, { head }: BitmapReader): Codec {
  return {
    header: async (source, bytes) => headerOf(format, head(bytes, typeof source === "string" ? source : null)),
    drawnWrongly: null,
    endsInZeros: null,
    isWhole: null,
    exif: null,
    pixelParts: null,
    open: async (threads) => openBitmaps(threads, new URL("./bitmap-worker.js", import.meta.url), "dupfind's own decoder"),
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

/**
 * @param script of a worker that gives a `Bitmap`
 * @param decoder the package that it loads, for people
 */
export function openBitmaps(threads: number, script: URL, decoder: string): OpenCodec {
  const decoders = new DecoderPool<Bitmap>(script, threads, decoder);
  return {
    // It is the small picture that goes through a PNG in memory, which carries the source's profile as raw pixels cannot.
    draw: (source, { bytes, icc, shape }, { shrink, finish }) =>
      pictureTurns.run(bytes, async () => {
        const reply = await decoders.decode(source, shape);
        if (!reply.ok) return fault(reply.reason, reply.detail);
        const { data, width, height, channels } = reply.pixels;
        const shrunk = shrink(sharp(data, { raw: { width, height, channels }, limitInputPixels: false }), { width, height });
        const image = icc === undefined ? shrunk : sharp(attachProfile(await shrunk.png({ compressionLevel: 0 }).toBuffer(), icc));
        return { ok: true, value: await finish(image) };
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

/**
 * @param bitmap of grey or three colours
 * @param alpha of each pixel; nothing at all where a writer left it out
 */
export function withAlpha(bitmap: Bitmap, alpha: Uint8Array): Bitmap {
  if (alpha.every((value) => value === 0) || alpha.every((value) => value === 255)) return bitmap;
  const data = new Uint8Array(alpha.length * 4);
  for (let i = 0; i < alpha.length; i++) {
    for (let channel = 0; channel < 3; channel++)
      data[4 * i + channel] = bitmap.data[i * bitmap.channels + Math.min(channel, bitmap.channels - 1)] as number;
    data[4 * i + 3] = alpha[i] as number;
  }
  return { ...bitmap, data, channels: 4 };
}
