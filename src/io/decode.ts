/**
 * Decodes a photo once, to the pixels its encoder asks for: upright, sRGB, alpha on white, shrunk while it is loaded and
 * then resized with antialiasing.
 */
import { stat } from "node:fs/promises";
import type { Resize } from "../core/encoder.ts";
import type { DecodedPhoto, IdentifiedPhoto, PictureFacts, PictureFormat, RgbPixels, SkipReason } from "../core/photo.ts";
import type { Decode, DecodeBytes } from "../core/ports.ts";
import { readExif } from "./exif.ts";
import type { HeicPixels, HeicRequest } from "./heic-worker.ts";
import { attachProfile } from "./icc.ts";
import { type Metadata, type Sharp, sharp } from "./sharp.ts";
import { errorCode } from "./system-errors.ts";
import { WorkerPool } from "./worker-pool.ts";

// One image per thread of the pool: photos, not their rows, are what runs side by side.
sharp.concurrency(1);
sharp.cache(false);

/** Raised when files that could not be decoded before may be now: `scan` then tries them again. */
const DECODER_VERSION = 2;
/** A HEIC decoder holds a picture of 12 megapixels in about 200 MB. */
const HEIC_WORKERS_AT_MOST = 4;
/** From this shape on, only the middle of a picture is resized for a centre crop: a 1 × 20,000 strip would become enormous. */
const LONGEST_SHAPE = 4;

/** To an encoder's input, or with the picture's own shape to at most so many pixels along its longer edge. */
export type Shrinking = Resize | { readonly fit: "within"; readonly size: number; readonly kernel: Resize["kernel"] };

export interface DecoderOptions {
  readonly resize: Shrinking;
  readonly maxMegapixels: number;
  readonly threads: number;
}

export interface Decoder {
  readonly decode: Decode;
  /** A picture that dupfind made itself, on the way that a file takes; no cap on its size. */
  readonly decodeBytes: DecodeBytes;
  /** Changes when a file that was skipped may be decodable now. */
  readonly attempt: string;
  close(): Promise<void>;
}

export function createDecoder(options: DecoderOptions): Decoder {
  const heicWorkers: HeicWorkers = new WorkerPool(
    new URL("./heic-worker.js", import.meta.url),
    Math.min(options.threads, HEIC_WORKERS_AT_MOST),
    null,
  );
  return {
    decode: (photo) => decodePhoto(photo, options, heicWorkers),
    decodeBytes: (bytes) => decodeBytes(bytes, options, heicWorkers),
    attempt: `${DECODER_VERSION}/${options.maxMegapixels}`,
    close: () => heicWorkers.close(),
  };
}

type HeicWorkers = WorkerPool<HeicRequest, HeicPixels>;
type Fault = { readonly ok: false; readonly reason: SkipReason; readonly detail: string };
type Reading = { readonly ok: true; readonly value: DecodedPhoto } | Fault;

async function decodePhoto(photo: IdentifiedPhoto, options: DecoderOptions, heicWorkers: HeicWorkers): ReturnType<Decode> {
  const { path } = photo.file;
  try {
    const reading = await decodeSource(path, options, heicWorkers);
    const outcome = reading.ok && !(await isUnchanged(photo)) ? fault("changed-while-read", "") : reading;
    return outcome.ok ? outcome : { ok: false, skipped: { path, reason: outcome.reason, detail: outcome.detail } };
  } catch (error) {
    return { ok: false, skipped: { path, reason: decodeFault(error), detail: firstLine(error) } };
  }
}

async function decodeBytes(bytes: Uint8Array, options: DecoderOptions, heicWorkers: HeicWorkers): Promise<RgbPixels> {
  const reading = await decodeSource(bytes, { ...options, maxMegapixels: Number.POSITIVE_INFINITY }, heicWorkers);
  if (reading.ok) return reading.value.pixels;
  throw new Error(`Expected a picture that can be decoded, got one that is ${reading.reason}: ${reading.detail}`);
}

/** @param source a path or the bytes of a file */
async function decodeSource(
  source: string | Uint8Array,
  { resize, maxMegapixels }: DecoderOptions,
  heicWorkers: HeicWorkers,
): Promise<Reading> {
  const metadata = await sharp(source, { limitInputPixels: false }).metadata();
  const format = pictureFormat(metadata);
  if (format === null) return fault("unsupported-format", `${metadata.format} images are not decoded`);
  const facts = factsOf(metadata, format);
  const megapixels = (facts.width * facts.height) / 1e6;
  if (megapixels > maxMegapixels) return fault("too-large", tooLarge(facts, megapixels, maxMegapixels));
  const pixels =
    format === "heic" && typeof source === "string"
      ? await decodeHeic(source, metadata, resize, heicWorkers)
      : await decodeDirectly(source, facts, resize);
  return { ok: true, value: { facts, pixels } };
}

function fault(reason: SkipReason, detail: string): Fault {
  return { ok: false, reason, detail };
}

function decodeDirectly(source: string | Uint8Array, facts: PictureFacts, resize: Shrinking): Promise<RgbPixels> {
  // "error" refuses cut-off files and lets through the harmless warnings that many cameras' files raise.
  const image = sharp(source, { failOn: "error", limitInputPixels: false, sequentialRead: true }).autoOrient();
  return toRgb(shrink(image, facts, resize));
}

/** The shrunken picture goes through a PNG in memory that carries the source's profile: raw pixels cannot. */
async function decodeHeic(path: string, metadata: Metadata, resize: Shrinking, workers: HeicWorkers): Promise<RgbPixels> {
  const { data, width, height } = await workers.run({ path });
  const shrunk = shrink(sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false }), { width, height }, resize);
  if (metadata.icc === undefined) return toRgb(shrunk);
  return toRgb(sharp(attachProfile(await shrunk.png({ compressionLevel: 0 }).toBuffer(), metadata.icc)));
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
function shrink(image: Sharp, { width, height }: { readonly width: number; readonly height: number }, resize: Shrinking): Sharp {
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

function factsOf(metadata: Metadata, format: PictureFormat): PictureFacts {
  const { width, height } = metadata.autoOrient;
  return { width, height, format, ...readExif(metadata.exif) };
}

/** Null for what the decoder could draw but is no photo: SVG, PDF and the like. */
function pictureFormat(metadata: Metadata): PictureFormat | null {
  switch (metadata.format) {
    case "jpeg":
    case "png":
    case "webp":
    case "tiff":
    case "gif":
      return metadata.format;
    case "heif":
      return metadata.compression === "hevc" ? "heic" : "avif";
    default:
      return null;
  }
}

function tooLarge({ width, height }: PictureFacts, megapixels: number, cap: number): string {
  const needed = Math.ceil(megapixels);
  return `${width} × ${height} is ${needed} megapixels, the cap is ${cap}: --max-megapixels ${needed} lets it in`;
}

function decodeFault(error: unknown): SkipReason {
  const message = firstLine(error);
  if (/unsupported image format/i.test(message)) return "not-an-image";
  if (/file is missing/i.test(message) || errorCode(error) === "ENOENT") return "vanished";
  return "damaged";
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0]?.trim() ?? "";
}

async function isUnchanged({ file }: IdentifiedPhoto): Promise<boolean> {
  const { size, mtimeMs } = await stat(file.path);
  return size === file.bytes && mtimeMs === file.modifiedMs;
}

/** Of the library that decodes, and of the codecs in it that photos need. */
export function decoderVersions(): Readonly<Record<string, string>> {
  const {
    sharp: own,
    vips: libvips,
    mozjpeg,
    jpeg,
    png,
    webp,
    heif,
    aom,
    tiff,
    lcms,
  } = sharp.versions as Record<string, string | undefined>;
  const versions = Object.entries({ sharp: own, libvips, mozjpeg, jpeg, png, webp, heif, aom, tiff, lcms });
  return Object.fromEntries(versions.flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])));
}
