/**
 * An encoder as the pipeline uses it, and which one was chosen.
 */
import type { HandedOverPixels } from "../photos/photo.ts";
import type { EncoderKey } from "../units.ts";
import type { EncoderSpec } from "./encoder.ts";

export interface Encoder {
  /**
   * Takes the pixels: their buffer moves to another thread, and `pixels.data` is empty from then on. What is to be measured on
   * them is measured before they are handed over.
   * @returns the unit vector; the same bit for bit for the same pixels, whatever runs beside it
   */
  encode(pixels: HandedOverPixels): Promise<Float32Array>;
}

/** Which encoder a library is read or written with. */
export interface ChosenEncoder {
  readonly spec: EncoderSpec;
  readonly key: EncoderKey;
}

/** Where models are pinned and kept. */
export interface ModelSettings {
  /** Folder of models that were pulled or imported. */
  readonly folder: string;
  /** A lock with encoders of the user's own beside the package's; null for none. */
  readonly lock: string | null;
}
