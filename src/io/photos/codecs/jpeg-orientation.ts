/**
 * Tells a JPEG in memory how it is to be turned, as EXIF does.
 */

const [EXIF_SEGMENT, SCAN] = [0xe1, 0xda];
const EXIF_MARK = "Exif\0\0";

/**
 * @param jpeg from its first marker on
 * @param orientation as EXIF numbers it from 1 to 8
 * @returns the same picture with that as all of its EXIF
 */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
  const body = Buffer.concat([Buffer.from(EXIF_MARK, "latin1"), tiff]);
  const segment = Buffer.concat([Buffer.from([0xff, EXIF_SEGMENT, 0, body.length + 2]), body]);
  return Buffer.concat([jpeg.subarray(0, 2), segment, ...withoutExif(jpeg)]);
}

/** What stands behind the first marker, in pieces. */
function withoutExif(jpeg: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== SCAN) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    const isExif = jpeg[at + 1] === EXIF_SEGMENT && jpeg.toString("latin1", at + 4, at + 10) === EXIF_MARK;
    if (!isExif) pieces.push(jpeg.subarray(at, end));
    at = end;
  }
  return [...pieces, jpeg.subarray(at)];
}
