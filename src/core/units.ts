/**
 * Branded types for the values that must never be mixed up, each made in one parse function.
 * A function that takes a `ContentHash` cannot be handed an `EncoderKey`, though both are hex text.
 */

declare const unit: unique symbol;
export type Unit<Base, Name extends string> = Base & { readonly [unit]: Name };

/** Absolute path of one file, as the file system spells it. */
export type PhotoPath = Unit<string, "PhotoPath">;
/** SHA-256 of a file's bytes, 64 lower-case hex digits. */
export type ContentHash = Unit<string, "ContentHash">;
/** Equal only for pictures that decode to equal pixels, 64 lower-case hex digits. */
export type PixelsHash = Unit<string, "PixelsHash">;
/** SHA-256 over everything that changes an encoder's vectors, 64 lower-case hex digits. */
export type EncoderKey = Unit<string, "EncoderKey">;
/** Number of a content in its library; names a content within one run. */
export type ContentId = Unit<number, "ContentId">;
/** Cosine of two unit vectors, in [-1, 1]. */
export type Similarity = Unit<number, "Similarity">;

const SHA256_HEX = /^[0-9a-f]{64}$/;
const ABSOLUTE_PATH = /^(\/|[A-Za-z]:[\\/]|\\\\)/;

/** @throws {TypeError} when the path is relative: the caller has to resolve it first. */
export function photoPath(path: string): PhotoPath {
  if (!ABSOLUTE_PATH.test(path)) throw new TypeError(`Expected an absolute path, got ${JSON.stringify(path)}`);
  return path as PhotoPath;
}

/** @throws {TypeError} when the text is not 64 lower-case hex digits. */
export function contentHash(hex: string): ContentHash {
  return sha256Hex(hex) as ContentHash;
}

/** @throws {TypeError} when the text is not 64 lower-case hex digits. */
export function pixelsHash(hex: string): PixelsHash {
  return sha256Hex(hex) as PixelsHash;
}

/** @throws {TypeError} when the text is not 64 lower-case hex digits. */
export function encoderKey(hex: string): EncoderKey {
  return sha256Hex(hex) as EncoderKey;
}

/**
 * Clamps to [-1, 1]: the dot product of two unit vectors leaves that range by rounding alone.
 * @throws {RangeError} when the value is not a number or leaves the range by more than rounding.
 */
export function similarity(value: number): Similarity {
  if (!(Math.abs(value) <= 1 + 1e-3)) throw new RangeError(`Expected a cosine in [-1, 1], got ${value}`);
  return Math.min(1, Math.max(-1, value)) as Similarity;
}

function sha256Hex(hex: string): string {
  if (!SHA256_HEX.test(hex)) throw new TypeError(`Expected 64 hex digits of SHA-256, got ${JSON.stringify(hex)}`);
  return hex;
}
