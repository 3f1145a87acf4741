/**
 * A canary: a picture kept as the bytes of a file, with the pixels and the vector they came to when it was made. Decoded and
 * encoded again, it tells whether photos still come to the same vectors, and if not, whether the decoder or the runtime
 * makes the difference.
 */
import { cosine } from "../encoders/similarity.ts";
import type { RgbPixels } from "../photos/photo.ts";
import type { Similarity } from "../units.ts";
import type { CanaryFileFormat } from "./canary-pictures.ts";

/** `pixels` are the encoder's input itself, compressed without loss: no decoder of pictures has a part in them. */
export type CanaryFormat = CanaryFileFormat | "pixels";

/** A canary's file, before it is followed through decoder and encoder. */
export interface CanaryFile {
  readonly name: string;
  readonly format: CanaryFormat;
  readonly bytes: Uint8Array;
}

/** What a canary's file comes to. */
export interface CanaryTrace {
  /** SHA-256 of the encoder's input, hex. */
  readonly pixelsHash: string;
  /** See `samplePixels`. */
  readonly sample: Uint8Array;
  /** Unit length. */
  readonly vector: Float32Array;
}

export interface Canary extends CanaryFile {
  readonly trace: CanaryTrace;
}

export interface CanaryFinding {
  readonly name: string;
  readonly format: CanaryFormat;
  /** Null where the decoder gives the same pixels. */
  readonly pixels: PixelChange | null;
  /** Null where the vector is the same bit for bit, and where there is none because the file cannot be decoded any more. */
  readonly vector: VectorChange | null;
  readonly isDecodable: boolean;
}

/** Measured on the sample; all three are 0 where only pixels outside of it differ. */
export interface PixelChange {
  /** Of the sample's channel values, in [0, 1]. */
  readonly shareChanged: number;
  /** In 8-bit steps. */
  readonly largest: number;
  /** Mean absolute difference over all of the sample, in 8-bit steps. */
  readonly mean: number;
}

export interface VectorChange {
  /** Of one component. */
  readonly largest: number;
  /** Of the vector kept and the one made now. */
  readonly cosine: Similarity;
}

const SAMPLED_PIXELS = 2048;

/** Every n-th pixel, interleaved RGB, at most 2,048 of them: enough to say how much changed where the hash says that it did. */
export function samplePixels({ data, width, height }: RgbPixels): Uint8Array {
  const step = Math.ceil((width * height) / SAMPLED_PIXELS);
  const sample = new Uint8Array(Math.ceil((width * height) / step) * 3);
  for (let at = 0; at * 3 < sample.length; at++) sample.set(data.subarray(at * step * 3, at * step * 3 + 3), at * 3);
  return sample;
}

/** @param now null where the file cannot be decoded any more */
export function compareTraces({ name, format, trace }: Canary, now: CanaryTrace | null): CanaryFinding {
  if (now === null) return { name, format, pixels: null, vector: null, isDecodable: false };
  const pixels = trace.pixelsHash === now.pixelsHash ? null : comparePixels(trace.sample, now.sample);
  return { name, format, pixels, vector: compareVectors(trace.vector, now.vector), isDecodable: true };
}

function comparePixels(one: Uint8Array, other: Uint8Array): PixelChange {
  const differences = Array.from(one, (value, i) => Math.abs(value - (other[i] ?? 0)));
  return {
    shareChanged: differences.filter((difference) => difference > 0).length / differences.length,
    largest: Math.max(...differences),
    mean: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
  };
}

function compareVectors(one: Float32Array, other: Float32Array): VectorChange | null {
  const largest = one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] as number))), 0);
  return largest === 0 ? null : { largest, cosine: cosine(one, other) };
}
