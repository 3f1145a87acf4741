/**
 * Vectors as both engines keep them: little-endian float32, one behind the other.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { VectorBlock } from "../../core/library/vectors.ts";

const VALUE_BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Small enough to stay in the processor's cache between reading and comparing. */
const BLOCK_BYTES = 1 << 20;

/** A copy: a database's buffers need not lie where an array of floats can. */
export function vectorOf(blob: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer);
}

export function blobOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Rows that fill a block. */
export function rowsPerBlock(dimensions: number): number {
  return Math.max(1, Math.floor(BLOCK_BYTES / (dimensions * VALUE_BYTES)));
}

/** @throws {RangeError} for a vector of other dimensions */
export function requireLength(blob: Uint8Array, dimensions: number): void {
  const bytes = dimensions * VALUE_BYTES;
  if (blob.length !== bytes) throw new RangeError(`Expected a vector of ${bytes} bytes, got ${blob.length}`);
}

export interface BlockRow {
  readonly content: ContentId;
  readonly vector: Uint8Array;
}

/** @returns fills one block after the other with up to `rowsPerBlock` rows; each overwrites the one before */
export function blockFiller(dimensions: number): (page: readonly BlockRow[]) => VectorBlock {
  const atOnce = rowsPerBlock(dimensions);
  const contentIds = new Float64Array(atOnce);
  const values = new Float32Array(atOnce * dimensions);
  const bytes = new Uint8Array(values.buffer);
  return (page) => {
    page.forEach(({ content, vector }, row) => {
      requireLength(vector, dimensions);
      contentIds[row] = content;
      bytes.set(vector, row * dimensions * VALUE_BYTES);
    });
    return { contentIds: contentIds.subarray(0, page.length), values: values.subarray(0, page.length * dimensions) };
  };
}
