/**
 * Canaries as files: drawn, encoded once, and followed through decoder and encoder.
 */
import { createHash } from "node:crypto";
import { deflateSync, inflateSync } from "node:zlib";
import { type CanaryFile, type CanaryTrace, samplePixels } from "../../core/drift/canary.ts";
import { drawCanaries, drawEncoderInput } from "../../core/drift/canary-pictures.ts";
import { inputSize, type Resize } from "../../core/encoders/encoder.ts";
import type { Encoder } from "../../core/encoders/ports.ts";
import { handOver, type RgbPixels } from "../../core/photos/photo.ts";
import type { DecodeBytes } from "../../core/photos/ports.ts";
import { canWrite, encodePicture } from "../photos/encode-picture.ts";

/** One for each drawing in a format that can be written here, and the encoder's input itself. */
export async function makeCanaryFiles(resize: Resize): Promise<readonly CanaryFile[]> {
  const input: CanaryFile = { name: "blocks", format: "pixels", bytes: deflateSync(drawEncoderInput(inputSize(resize)).data) };
  const drawings = drawCanaries().filter(({ format }) => canWrite(format));
  const files = drawings.map(async ({ name, format, pixels }) => ({ name, format, bytes: await encodePicture(pixels, format) }));
  return [input, ...(await Promise.all(files))];
}

/**
 * @param edge of the encoder's input, in pixels
 * @returns null where the file cannot be decoded (any more)
 */
export async function traceCanary(
  { format, bytes }: CanaryFile,
  edge: number,
  decode: DecodeBytes,
  encoder: Encoder,
): Promise<CanaryTrace | null> {
  const pixels = format === "pixels" ? inflatePixels(bytes, edge) : await decode(bytes).catch(() => null);
  if (pixels === null) return null;
  const input = { pixelsHash: createHash("sha256").update(pixels.data).digest("hex"), sample: samplePixels(pixels) };
  return { ...input, vector: await encoder.encode(handOver(pixels)) };
}

/** Null for what is damaged, and for what would be more than the encoder's input: a library may come from elsewhere. */
function inflatePixels(bytes: Uint8Array, edge: number): RgbPixels | null {
  const length = edge * edge * 3;
  try {
    const data = new Uint8Array(inflateSync(bytes, { maxOutputLength: length }));
    return data.length === length ? { data, width: edge, height: edge } : null;
  } catch {
    return null;
  }
}
