/**
 * Gives raw pixels their colour profile back, so that the decoder's own colour management can convert them.
 */
import { deflateSync } from "node:zlib";

/** Where the first chunk behind a PNG's signature and IHDR begins. */
const AFTER_IHDR = 33;

/**
 * Inserts an iCCP chunk (PNG specification, 11.3.2.3) into a PNG without one.
 * @param profile the ICC profile as it stood in the source image
 */
export function attachProfile(png: Buffer, profile: Buffer): Buffer {
  const name = Buffer.from("ICC profile\0\0", "latin1"); // name, terminator, compression method 0
  const body = Buffer.concat([Buffer.from("iCCP", "latin1"), name, deflateSync(profile)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, AFTER_IHDR), length, body, check, png.subarray(AFTER_IHDR)]);
}

/** CRC-32 of ISO 3309, bit by bit: a profile has a few hundred bytes, a table would not pay. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
