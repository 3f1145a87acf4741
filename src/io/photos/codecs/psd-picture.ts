/**
 * The picture that Photoshop keeps for other programs behind the layers: one plane for each channel, plain or in runs (PackBits).
 */
import { CUT_OFF } from "./bitmap.ts";
import { labToRgb } from "./lab-colours.ts";
import { PSD_MODES, type PsdLayout } from "./psd-layout.ts";
import { planesTiff, type TiffPlanes } from "./tiff-planes.ts";

const [PLAIN, RUNS] = [0, 1];
const { bitmap, grey, palette, rgb, cmyk, duotone, lab } = PSD_MODES;
/** Without those of selections and transparency: the colours stand on white where they are transparent. */
const COLOUR_CHANNELS: ReadonlyMap<number, number> = new Map([
  [bitmap, 1],
  [grey, 1],
  [palette, 1],
  [rgb, 3],
  [cmyk, 4],
  [duotone, 1],
  [lab, 3],
]);

/** @returns what of it is not decoded, as in "… are not decoded"; null where all is */
export function unsupportedInPsd({ mode, bits, channels, hasPicture }: PsdLayout): string | null {
  const colours = COLOUR_CHANNELS.get(mode);
  if (colours === undefined || channels < colours) return "Photoshop images of many channels";
  if (!(mode === bitmap ? [1] : mode === palette ? [8] : [8, 16]).includes(bits)) return "Photoshop images of unusual depth";
  return hasPicture ? null : "Photoshop images that were saved without a picture for other programs";
}

export function colourChannels({ mode }: PsdLayout): number {
  return COLOUR_CHANNELS.get(mode) ?? 1;
}

/**
 * @param coded the file from where its picture begins
 * @returns a TIFF
 * @throws {Error} in one line, for what is damaged or cut off
 */
export function psdPicture(layout: PsdLayout, coded: Buffer): Uint8Array<ArrayBuffer> {
  const { width, height, bits, mode, icc } = layout;
  const planes = readPlanes(layout, coded);
  const own = { width, height, bits, planes, icc };
  return planesTiff(toTiffColours(mode, own, layout.palette));
}

/** As TIFF has them: inks count up from none, and Lab and palettes become what every reader knows. */
function toTiffColours(mode: number, own: Omit<TiffPlanes, "colours">, table: Buffer): TiffPlanes {
  if (mode === bitmap) return { ...own, colours: "white-is-zero" };
  if (mode === rgb) return { ...own, colours: "rgb" };
  if (mode === cmyk) return { ...own, planes: own.planes.map((plane) => plane.map((byte) => ~byte)), colours: "cmyk" };
  if (mode === lab) return { ...own, bits: 8, planes: labToRgb(own.planes, own.bits / 8), icc: undefined, colours: "rgb" };
  if (mode !== palette) return { ...own, colours: "grey" };
  const indices = own.planes[0] as Uint8Array;
  return { ...own, planes: [0, 256, 512].map((from) => indices.map((index) => table[from + index] ?? 0)), colours: "rgb" };
}

function readPlanes(layout: PsdLayout, coded: Buffer): readonly Uint8Array[] {
  const { width, height, bits, channels, isLarge } = layout;
  const rowBytes = Math.ceil((width * bits) / 8);
  const planes = Array.from({ length: colourChannels(layout) }, () => new Uint8Array(rowBytes * height));
  if (coded.length < 2) throw new Error(CUT_OFF);
  const compression = coded.readUInt16BE(0);
  if (compression === PLAIN) {
    for (const [i, plane] of planes.entries()) plane.set(piece(coded, 2 + i * plane.length, plane.length));
    return planes;
  }
  if (compression !== RUNS) throw new Error("its picture is compressed in an unknown way");
  const countBytes = isLarge ? 4 : 2;
  const counts = piece(coded, 2, channels * height * countBytes);
  let at = 2 + counts.length;
  for (const [i, plane] of planes.entries()) {
    for (let row = 0; row < height; row++) {
      const length = counts.readUIntBE((i * height + row) * countBytes, countBytes);
      unpack(piece(coded, at, length), plane.subarray(row * rowBytes, (row + 1) * rowBytes));
      at += length;
    }
  }
  return planes;
}

function piece(coded: Buffer, from: number, length: number): Buffer {
  if (from + length > coded.length) throw new Error(CUT_OFF);
  return coded.subarray(from, from + length);
}

/** A byte says how many follow, or how often the next one stands there; 128 says nothing. */
function unpack(packed: Buffer, row: Uint8Array): void {
  let to = 0;
  for (let at = 0; at < packed.length && to < row.length; ) {
    const count = packed[at++] as number;
    if (count === 128) continue;
    if (count < 128) {
      row.set(packed.subarray(at, Math.min(at + count + 1, at + row.length - to)), to);
      at += count + 1;
      to += count + 1;
    } else {
      row.fill(packed[at++] ?? 0, to, to + 257 - count);
      to += 257 - count;
    }
  }
  if (to < row.length) throw new Error("a row of its picture is too short");
}
