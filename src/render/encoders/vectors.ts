/**
 * Vectors for other programs: one JSON object a line, or a NumPy array.
 */
import { nameEncoder } from "../../core/encoders/encoder.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { renderJsonAnswer } from "../json-answer.ts";

export interface EmbeddedFile {
  readonly photo: IdentifiedPhoto;
  readonly vector: Float32Array;
}

export function renderJsonLine({ photo, vector }: EmbeddedFile, encoder: ChosenEncoder): string {
  return renderJsonAnswer("embed", {
    path: photo.file.path,
    sha256: photo.hash,
    encoder: nameEncoder(encoder),
    vector: Array.from(vector),
  });
}

const MAGIC = [0x93, ...Array.from("NUMPY", (letter) => letter.charCodeAt(0)), 1, 0];
const ALIGNMENT = 64;

/**
 * NumPy's .npy format, version 1.0 (numpy.lib.format): little-endian float32 [vectors.length, dimensions], row-major.
 */
export function renderNpy(vectors: readonly Float32Array[], dimensions: number): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${vectors.length}, ${dimensions}), }`;
  const unpadded = MAGIC.length + 2 + description.length + 1;
  const header = `${description}${" ".repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT)}\n`;
  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + vectors.length * dimensions * 4);
  bytes.set(MAGIC);
  bytes.set([header.length & 255, header.length >> 8], MAGIC.length);
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 2);
  for (const [row, vector] of vectors.entries()) {
    bytes.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), start + row * dimensions * 4);
  }
  return bytes;
}
