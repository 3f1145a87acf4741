/**
 * What a format takes to be read: how its header is told, and how its pictures are drawn. One file a codec, one row of `codecs.ts`.
 */
import type { PictureFormat } from "../../../core/photos/photo.ts";
import type { PictureShape } from "../../../core/photos/picture-formats.ts";
import type { PictureFault } from "../picture-fault.ts";
import type { Sharp } from "../sharp.ts";
import type { PixelParts } from "./pixel-parts.ts";
import type { VipsFormat } from "./vips-formats.ts";

/** A path, or the bytes of a file. */
export type PictureSource = string | Uint8Array;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a header tells before anything is decoded. */
export interface PictureHeader {
  readonly shape: PictureShape;
  /** Width and height of the picture when it stands upright, in pixels. */
  readonly upright: Size;
  /** How it is turned from what is stored, as EXIF numbers it from 1 to 8; 1 where the container turns it. */
  readonly orientation: number;
  /** How many pictures the file holds. */
  readonly pictures: number;
  /** The EXIF block as it stands in the file. */
  readonly exif: Buffer | undefined;
  /** Of each channel; 8 for pictures that save colours by a palette of fewer. */
  readonly bits: number;
  /** The XMP packet as it stands in the file. */
  readonly xmp: Buffer | undefined;
  /** The ICC profile as it stands in the file. */
  readonly icc: Buffer | undefined;
}

/** A picture that may be decoded. */
export interface InspectedPicture extends PictureHeader {
  /** Memory that decoding it takes. */
  readonly bytes: number;
}

/** What becomes of a picture: first its size, while its colours are still its own, then all else. */
export interface Drawing<Result> {
  /** @param image upright, `size` pixels large */
  readonly shrink: (image: Sharp, size: Size) => Sharp;
  readonly finish: (image: Sharp) => Promise<Result>;
}

export type Drawn<Result> = { readonly ok: true; readonly value: Result } | PictureFault;

/** A codec at work, with the threads and the memory that it holds. */
export interface OpenCodec {
  /**
   * Takes its turn by `picture.bytes`; see `picture-turns.ts`. The same bytes give the same pixels, whatever was drawn before.
   * @throws what `explainFault` tells the meaning of
   */
  draw<Result>(source: PictureSource, picture: InspectedPicture, drawing: Drawing<Result>): Promise<Drawn<Result>>;
  close(): Promise<void>;
}

export interface Codec {
  /**
   * A format whose header libvips reads; or a reader of its own, which is asked before libvips and gives null for what is not its own. It
   * is given the first `HEAD_BYTES` of every file there is, so that it opens none that begins otherwise.
   */
  readonly header: VipsFormat | ((source: PictureSource, head: Buffer) => Promise<PictureHeader | PictureFault | null>);
  /**
   * What of a file is not drawn as it is meant, and without a word, as in "… are not decoded"; null where the decoder refuses what it does
   * not know.
   */
  readonly drawnWrongly: ((path: string) => Promise<string | null>) | null;
  /** Whether the end of the picture is zeros, which its decoder would draw without a word; null where the decoder notices. */
  readonly endsInZeros: ((path: string, shape: PictureShape) => Promise<boolean>) | null;
  /**
   * Whether the file holds its picture to the end, for a format of which nearly whole pictures are drawn; null where the decoder refuses
   * what is not whole.
   */
  readonly isWhole: ((path: string) => Promise<boolean>) | null;
  /** Reads the EXIF block where the header tells none; null where it is told wherever there is one. */
  readonly exif: ((path: string) => Promise<Buffer | undefined>) | null;
  /** Null where nothing is to be said: a format that carries no capture time, an original whose picture is not all that it holds. */
  readonly pixelParts: PixelParts | null;
  /**
   * Called at the first picture of its format: what takes time or memory to load is loaded here, in `draw` or in a worker.
   * @param threads at most
   */
  readonly open: (threads: number) => Promise<OpenCodec>;
}

export type Codecs = Readonly<Record<PictureFormat, Codec>>;
