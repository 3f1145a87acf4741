/**
 * Bytes as text and back, for pages that carry their data with them. Runs in Node and in browsers.
 */

/** Longer lists of arguments overflow the stack. */
const AT_ONCE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += AT_ONCE) pieces.push(String.fromCharCode(...bytes.subarray(from, from + AT_ONCE)));
  return btoa(pieces.join(""));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The numbers' bytes, least significant first, as every processor that Node and browsers run on keeps them. */
export function numbersToBase64(numbers: Float32Array | Uint32Array | Uint16Array | Uint8Array): string {
  return toBase64(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}
