/**
 * Decodes a photo once, to the pixels its encoder asks for: upright, sRGB, alpha on white, shrunk while it is loaded and
 * then resized with antialiasing.
 */
import { stat } from "node:fs/promises";
import type { Resize } from "../../core/encoders/encoder.ts";
import { compareStamps } from "../../core/photos/file-stamp.ts";
import type { DecodedPhoto, IdentifiedPhoto, PhotoFile, RgbPixels } from "../../core/photos/photo.ts";
import type { Decode, DecodeBytes } from "../../core/photos/ports.ts";
import { DEFAULT_MAX_SECONDS, decodingTimeMs, readingTimeMs } from "../../core/photos/time-limit.ts";
import type { Drawing, Drawn, PictureSource, Size } from "./codecs/codec.ts";
import { CODECS } from "./codecs/codecs.ts";
import { OpenCodecs } from "./codecs/open-codecs.ts";
import { inspectPicture } from "./inspect-picture.ts";
import { inTime } from "./photo-clock.ts";
import { stampOf } from "./photo-file.ts";
import { readFacts } from "./picture-facts.ts";
import { explainFault, fault } from "./picture-fault.ts";
import type { Sharp } from "./sharp.ts";

/** Raised when files that could not be decoded before may be now: `scan` then tries them again. */
const DECODER_VERSION = 5;
/** From this shape on, only the middle of a picture is resized for a centre crop: a 1 × 20,000 strip would become enormous. */
const LONGEST_SHAPE = 4;

/** To an encoder's input, or with the picture's own shape to at most so many pixels along its longer edge. */
export type Shrinking = Resize | { readonly fit: "within"; readonly size: number; readonly kernel: Resize["kernel"] };

export interface DecoderOptions {
  readonly resize: Shrinking;
  readonly maxMegapixels: number;
  /** That an empty photo may take; see `time-limit.ts`. */
  readonly maxSeconds?: number;
  readonly threads: number;
}

export interface Decoder {
  readonly decode: Decode;
  /** A picture that dupfind made itself, on the way that a file takes; no cap on its size. */
  readonly decodeBytes: DecodeBytes;
  /** Changes when a file that was skipped may be decodable now. */
  readonly decoderVersion: string;
  close(): Promise<void>;
}

type Reading = Drawn<DecodedPhoto>;
type Read = (source: PictureSource, bytes: number, maxMegapixels: number) => Promise<Reading>;

export function createDecoder(
  { resize, maxMegapixels, maxSeconds = DEFAULT_MAX_SECONDS, threads }: DecoderOptions,
  codecs = CODECS,
): Decoder {
  const opened = new OpenCodecs(codecs, threads);
  const drawing = drawingTo(resize);
  const look = async (source: PictureSource, cap: number) => {
    const inspection = await inspectPicture(source, cap, codecs);
    return inspection.ok ? { ...inspection, facts: await readFacts(source, inspection.picture, codecs) } : inspection;
  };
  const read: Read = async (source, bytes, cap) => {
    const looked = await inTime(readingTimeMs(maxSeconds, bytes), () => look(source, cap));
    if (!looked.ok) return looked;
    const { picture, facts } = looked;
    const { width, height } = picture.shape;
    const drawn = await inTime(decodingTimeMs(maxSeconds, width * height), () => opened.draw(source, picture, drawing));
    return drawn.ok ? { ok: true, value: { facts, pixels: drawn.value } } : drawn;
  };
  return {
    decode: (photo) => decodePhoto(photo, (source) => read(source, photo.file.bytes, maxMegapixels)),
    decodeBytes: (bytes) => decodeBytes(bytes, read),
    decoderVersion: `${DECODER_VERSION}/${maxMegapixels}/${maxSeconds}`,
    close: () => opened.close(),
  };
}

/** Upright, sRGB, alpha on white, at the size that is asked for. */
export function drawingTo(resize: Shrinking): Drawing<RgbPixels> {
  return { shrink: (image, size) => shrink(image, size, resize), finish: toRgb };
}

async function decodePhoto(photo: IdentifiedPhoto, read: (path: string) => Promise<Reading>): ReturnType<Decode> {
  const { path } = photo.file;
  const reading = await read(path).catch((error) => explainFault(path, error));
  const outcome = reading.ok ? await sameAsIdentified(photo, reading) : reading;
  return outcome.ok ? outcome : { ok: false, skipped: { path, reason: outcome.reason, detail: outcome.detail } };
}

async function sameAsIdentified({ file }: IdentifiedPhoto, reading: Reading): Promise<Reading> {
  try {
    return (await isAsIdentified(file)) ? reading : fault("changed-while-read", "");
  } catch (error) {
    return explainFault(file.path, error);
  }
}

/** Whether what was just read is what was identified: not written to, and not another file that was renamed to its place. */
export async function isAsIdentified(file: PhotoFile): Promise<boolean> {
  const now = stampOf(await stat(file.path, { bigint: true }));
  return compareStamps(file, now) !== "other" && (file.changedMs === null || file.changedMs === now.changedMs);
}

async function decodeBytes(bytes: Uint8Array, read: Read): Promise<RgbPixels> {
  const reading = await read(bytes, bytes.length, Number.POSITIVE_INFINITY);
  if (reading.ok) return reading.value.pixels;
  throw new Error(`Expected a picture that can be decoded, got one that is ${reading.reason}: ${reading.detail}`);
}

async function toRgb(image: Sharp): Promise<RgbPixels> {
  const { data, info } = await image
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`Expected 3 channels of sRGB, got ${info.channels}`);
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** Resizes with libvips' antialiased kernels; its cubic is Catmull-Rom, the one of the reference preprocessing. */
function shrink(image: Sharp, { width, height }: Size, resize: Shrinking): Sharp {
  const { size } = resize;
  // Shrinking on load stops at twice the size, so that the kernel decides how a picture looks and not its file's size.
  const how = { fit: "fill", kernel: resize.kernel, fastShrinkOnLoad: false } as const;
  if (resize.fit === "squash") return image.resize(size, size, how);
  if (resize.fit === "within") {
    const scale = Math.min(1, size / Math.max(width, height));
    return image.resize(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), how);
  }
  const short = Math.min(width, height);
  const limit = (edge: number) => Math.min(edge, short * LONGEST_SHAPE);
  const [seenWidth, seenHeight] = [limit(width), limit(height)];
  const middle =
    seenWidth === width && seenHeight === height
      ? image
      : image.extract({ left: (width - seenWidth) >> 1, top: (height - seenHeight) >> 1, width: seenWidth, height: seenHeight });
  const scaled = (edge: number) => Math.trunc((edge * size) / short);
  const [newWidth, newHeight] = [scaled(seenWidth), scaled(seenHeight)];
  const { crop } = resize;
  return middle
    .resize(newWidth, newHeight, how)
    .extract({ left: (newWidth - crop) >> 1, top: (newHeight - crop) >> 1, width: crop, height: crop });
}
