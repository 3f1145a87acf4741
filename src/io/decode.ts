/**
 * Decodes a photo once, to the pixels its encoder asks for: upright, sRGB, alpha on white, shrunk while it is loaded and
 * then resized with antialiasing.
 */
import { stat } from "node:fs/promises";
import sharp, { type Metadata, type Sharp } from "sharp";
import { inputSize, type Resize } from "../core/encoder.ts";
import type { IdentifiedPhoto, PictureFacts, PictureFormat, RgbPixels, SkippedPhoto, SkipReason } from "../core/photo.ts";
import type { Decode } from "../core/ports.ts";
import { readExif } from "./exif.ts";
import type { HeicPixels, HeicRequest } from "./heic-worker.ts";
import { attachProfile } from "./icc.ts";
import { errorCode } from "./system-errors.ts";
import { WorkerPool } from "./worker-pool.ts";

// One image per thread of the pool: photos, not their rows, are what runs side by side.
sharp.concurrency(1);
sharp.cache(false);

/** Raised when files that could not be decoded before may be now: `scan` then tries them again. */
const DECODER_VERSION = 1;
/** A HEIC decoder holds a picture of 12 megapixels in about 200 MB. */
const HEIC_WORKERS_AT_MOST = 4;
/** From this shape on, only the middle of a picture is resized for a centre crop: a 1 × 20,000 strip would become enormous. */
const LONGEST_SHAPE = 4;

export interface DecoderOptions {
  readonly resize: Resize;
  readonly maxMegapixels: number;
  readonly threads: number;
}

type PictureSize = Pick<PictureFacts, "width" | "height">;

export interface Decoder {
  readonly decode: Decode;
  /** Changes when a file that was skipped may be decodable now. */
  readonly attempt: string;
  close(): Promise<void>;
}

export function createDecoder(options: DecoderOptions): Decoder {
  const heicWorkers = new WorkerPool<HeicRequest, HeicPixels>(
    new URL("./heic-worker.js", import.meta.url),
    Math.min(options.threads, HEIC_WORKERS_AT_MOST),
    null,
  );
  return {
    decode: (photo) => decodePhoto(photo, options, heicWorkers),
    attempt: `${DECODER_VERSION}/${options.maxMegapixels}`,
    close: () => heicWorkers.close(),
  };
}

async function decodePhoto(
  photo: IdentifiedPhoto,
  { resize, maxMegapixels }: DecoderOptions,
  heicWorkers: WorkerPool<HeicRequest, HeicPixels>,
): ReturnType<Decode> {
  const { path } = photo.file;
  const skipped = (reason: SkipReason, detail: string): { ok: false; skipped: SkippedPhoto } => ({
    ok: false,
    skipped: { path, reason, detail },
  });
  try {
    const metadata = await sharp(path, { limitInputPixels: false }).metadata();
    const format = pictureFormat(metadata);
    if (format === null) return skipped("unsupported-format", `${metadata.format} images are not decoded`);
    const facts = factsOf(metadata, format);
    const megapixels = (facts.width * facts.height) / 1e6;
    if (megapixels > maxMegapixels) return skipped("too-large", tooLarge(facts, megapixels, maxMegapixels));
    const pixels = format === "heic" ? await decodeHeic(path, metadata, resize, heicWorkers) : await decodeDirectly(path, facts, resize);
    return (await isUnchanged(photo)) ? { ok: true, value: { facts, pixels } } : skipped("changed-while-read", "");
  } catch (error) {
    return skipped(decodeFault(error), firstLine(error));
  }
}

/** The encoder's input for a file that is held in memory, the same way; HEIC is left out. */
export async function decodeBytes(file: Uint8Array, resize: Resize): Promise<RgbPixels> {
  const { autoOrient } = await sharp(file).metadata();
  return decodeDirectly(file, autoOrient, resize);
}

async function decodeDirectly(file: string | Uint8Array, size: PictureSize, resize: Resize): Promise<RgbPixels> {
  // "error" refuses cut-off files and lets through the harmless warnings that many cameras' files raise.
  const image = sharp(file, { failOn: "error", limitInputPixels: false, sequentialRead: true }).autoOrient();
  return toEncoderInput(image, size, resize);
}

/** The shrunken picture goes through a PNG in memory that carries the source's profile: raw pixels cannot. */
async function decodeHeic(
  path: string,
  metadata: Metadata,
  resize: Resize,
  workers: WorkerPool<HeicRequest, HeicPixels>,
): Promise<RgbPixels> {
  const { data, width, height } = await workers.run({ path });
  const raw = sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  if (metadata.icc === undefined) return toEncoderInput(raw, { width, height }, resize);
  const shrunk = await shrink(raw, { width, height }, resize).png({ compressionLevel: 0 }).toBuffer();
  const edge = inputSize(resize);
  return toEncoderInput(
    sharp(attachProfile(shrunk, metadata.icc)),
    { width: edge, height: edge },
    { ...resize, fit: "squash", size: edge },
  );
}

async function toEncoderInput(image: Sharp, size: PictureSize, resize: Resize): Promise<RgbPixels> {
  const { data, info } = await shrink(image, size, resize)
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`Expected 3 channels of sRGB, got ${info.channels}`);
  return { data: new Uint8Array(data), width: info.width, height: info.height };
}

/** Resizes with libvips' antialiased kernels; its cubic is Catmull-Rom, the one of the reference preprocessing. */
function shrink(image: Sharp, { width, height }: PictureSize, resize: Resize): Sharp {
  const { size } = resize;
  // Shrinking on load stops at twice the size, so that the kernel decides how a picture looks and not its file's size.
  const how = { fit: "fill", kernel: resize.kernel, fastShrinkOnLoad: false } as const;
  if (resize.fit === "squash") return image.resize(size, size, how);
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
