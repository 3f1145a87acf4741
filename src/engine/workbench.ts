/**
 * What reading photos takes, opened and closed in one place: a decoder and an encoder, on so many threads.
 */
import type { Encoder } from "../core/encoders/ports.ts";
import type { InstalledEncoder } from "../io/encoders/model-store.ts";
import { readApart } from "../io/photos/apart/read-apart.ts";
import type { Decoder, Shrinking } from "../io/photos/decode.ts";

/** How much of the machine reading photos may take. */
export interface Effort {
  /** That decode, encode and compare. */
  readonly threads: number;
  /** A photo with more is skipped. */
  readonly maxMegapixels: number;
  /** An empty photo that takes longer is skipped; larger ones may take longer, see `time-limit.ts`. */
  readonly maxSeconds: number;
}

/** Enough that no encoder waits for a slow decode: on two cores 10 % faster than twice the threads, more gains nothing. */
const PHOTOS_UNDER_WAY_PER_THREAD = 4;

/** Decodes to the encoder's input, and encodes. */
export interface Workbench extends Pick<Decoder, "decode" | "decodeBytes" | "decoderVersion"> {
  readonly encoder: Encoder;
  /** Photos under way at once. */
  readonly parallel: number;
}

/** Loads the decoder here and not before; a thread starts when the first photo comes. To be closed whatever happens. */
export async function openWorkbench(encoder: InstalledEncoder, effort: Effort): Promise<Workbench & { close(): Promise<void> }> {
  const { createEncoderPool } = await import("../io/encoders/encoder-pool.ts");
  const decoder = await openDecoder(encoder.spec.image.resize, effort);
  const pool = createEncoderPool(encoder, effort.threads);
  return {
    decode: decoder.decode,
    decodeBytes: decoder.decodeBytes,
    decoderVersion: decoder.decoderVersion,
    encoder: pool,
    parallel: effort.threads * PHOTOS_UNDER_WAY_PER_THREAD,
    close: async () => {
      await Promise.all([decoder.close(), pool.close()]);
    },
  };
}

/** For work that ends where it began. */
export async function withWorkbench<Result>(
  encoder: InstalledEncoder,
  effort: Effort,
  work: (bench: Workbench) => Promise<Result>,
): Promise<Result> {
  const bench = await openWorkbench(encoder, effort);
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

/** For pictures of another size than an encoder's input. */
export async function withDecoder<Result>(resize: Shrinking, effort: Effort, work: (decoder: Decoder) => Promise<Result>): Promise<Result> {
  const decoder = await openDecoder(resize, effort);
  try {
    return await work(decoder);
  } finally {
    await decoder.close();
  }
}

async function openDecoder(resize: Shrinking, { threads, maxMegapixels, maxSeconds }: Effort): Promise<Decoder> {
  const { createDecoder } = await import("../io/photos/decode.ts");
  const settings = { resize, maxMegapixels, maxSeconds, threads };
  const decoder = createDecoder(settings);
  // Files may come from anywhere, on any drive; what dupfind made itself comes to an end.
  const apart = readApart(settings);
  return {
    ...decoder,
    decode: apart.decode,
    close: async () => {
      apart.close();
      await decoder.close();
    },
  };
}
