/**
 * TGA, as Truevision's specification (2.0) has it: by a palette, true colour or grey, plain or in runs.
 *
 * Its files begin with no mark, so that only those that are named as one and begin as nothing else are taken for it.
 */

import { extension } from "../../../core/paths.ts";
import { contentKind } from "../../../core/photos/content-kind.ts";
import { PICTURE_FORMATS } from "../../../core/photos/picture-formats.ts";
import { type Bitmap, type BitmapHead, type BitmapReader, CUT_OFF, piece, withAlpha } from "./bitmap.ts";

const HEAD_BYTES = 18;
/** Added to the kind of a picture that is stored in runs. */
const RUNS = 8;
const [PALETTE, COLOUR, GREY] = [1, 2, 3];
/** Of `descriptor`: how many bits of a pixel are its transparency. */
const ALPHA_BITS = 0x0f;
/** Pixels stand from right to left, rows from the top down. */
const [FROM_RIGHT, FROM_TOP] = [0x10, 0x20];

interface TgaHead extends BitmapHead {
  readonly kind: number;
  readonly isInRuns: boolean;
  readonly bytes: number;
  readonly descriptor: number;
  readonly palette: { readonly at: number; readonly first: number; readonly count: number; readonly bytes: number };
  readonly pixelsAt: number;
}

export const tgaReader: BitmapReader = {
  head: (head, name) => (isNamedTga(name) && contentKind(head) === null ? readHead(head) : null),
  pixels: (file) => {
    const tga = readHead(file);
    if (tga === null) throw new Error("its header cannot be read");
    return readPixels(file, tga);
  },
};

function isNamedTga(name: string | null): boolean {
  return name !== null && PICTURE_FORMATS.tga.extensions.includes(extension(name));
}

/** @returns null for what contradicts itself */
function readHead(head: Buffer): TgaHead | null {
  if (head.length < HEAD_BYTES) return null;
  const byte = (at: number) => head[at] as number;
  const [idBytes, hasPalette, stored] = [byte(0), byte(1), byte(2)];
  const [width, height, bits, descriptor] = [head.readUInt16LE(12), head.readUInt16LE(14), byte(16), byte(17)];
  const kind = stored & ~RUNS;
  const paletteBits = byte(7);
  const isColour = [15, 16, 24, 32].includes(bits);
  const fits = { [PALETTE]: hasPalette === 1 && bits === 8, [COLOUR]: isColour, [GREY]: bits === 8 || bits === 16 }[kind] ?? false;
  const paletteFits = kind !== PALETTE || [15, 16, 24, 32].includes(paletteBits);
  if (!fits || !paletteFits || hasPalette > 1 || width === 0 || height === 0) return null;
  const at = HEAD_BYTES + idBytes;
  const palette = { at, first: head.readUInt16LE(3), count: head.readUInt16LE(5), bytes: Math.ceil(paletteBits / 8) };
  const pixelsAt = at + (hasPalette === 1 ? palette.count * palette.bytes : 0);
  const bytes = Math.ceil(bits / 8);
  return { width, height, unsupported: null, kind, isInRuns: (stored & RUNS) !== 0, bytes, descriptor, palette, pixelsAt };
}

function readPixels(file: Buffer, head: TgaHead): Bitmap {
  const { width, height, kind, bytes, descriptor } = head;
  const stored = head.isInRuns ? unpackRuns(file, head) : piece(file, head.pixelsAt, width * height * bytes);
  const channels = kind === GREY ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  const alpha = new Uint8Array(width * height);
  const paint = painter(file, head);
  const alphaOf = (descriptor & ALPHA_BITS) === 0 || kind === PALETTE ? null : alphaReader(head);
  for (let row = 0; row < height; row++) {
    const y = descriptor & FROM_TOP ? row : height - 1 - row;
    for (let column = 0; column < width; column++) {
      const x = descriptor & FROM_RIGHT ? width - 1 - column : column;
      const [from, to] = [(row * width + column) * bytes, y * width + x];
      paint(stored, from, data, to * channels);
      if (alphaOf !== null) alpha[to] = alphaOf(stored, from);
    }
  }
  return withAlpha({ data, width, height, channels }, alpha);
}

/** A byte says how many pixels follow, or how often the one that follows stands there. */
function unpackRuns(file: Buffer, { width, height, bytes, pixelsAt }: TgaHead): Buffer {
  const unpacked = Buffer.alloc(width * height * bytes);
  for (let at = pixelsAt, to = 0; to < unpacked.length; ) {
    if (at >= file.length) throw new Error(CUT_OFF);
    const packet = file[at] as number;
    const length = Math.min(((packet & 0x7f) + 1) * bytes, unpacked.length - to);
    if (packet & 0x80) {
      unpacked.fill(piece(file, at + 1, bytes), to, to + length);
      at += 1 + bytes;
    } else {
      piece(file, at + 1, length).copy(unpacked, to);
      at += 1 + length;
    }
    to += length;
  }
  return unpacked;
}

type Paint = (stored: Buffer, from: number, data: Uint8Array, to: number) => void;

function painter(file: Buffer, { kind, bytes, palette }: TgaHead): Paint {
  if (kind === GREY)
    return (stored, from, data, to) => {
      data[to] = stored[from] as number;
    };
  if (kind === COLOUR) return colour(bytes);
  const table = piece(file, palette.at, palette.count * palette.bytes);
  const paint = colour(palette.bytes);
  return (stored, from, data, to) => {
    const entry = (stored[from] as number) - palette.first;
    if (entry >= 0 && entry < palette.count) paint(table, entry * palette.bytes, data, to);
  };
}

/** The last byte of a pixel. The one bit in two bytes of colour means opaque to some programs, and transparent to others. */
function alphaReader({ kind, bytes }: TgaHead): (stored: Buffer, from: number) => number {
  if (bytes === 4 || (kind === GREY && bytes === 2)) return (stored, from) => stored[from + bytes - 1] as number;
  return () => 255;
}

/** Blue first; of two bytes five bits each. */
function colour(bytes: number): Paint {
  if (bytes > 2)
    return (stored, from, data, to) => {
      for (let channel = 0; channel < 3; channel++) data[to + channel] = stored[from + 2 - channel] as number;
    };
  return (stored, from, data, to) => {
    const pixel = stored.readUInt16LE(from);
    for (let channel = 0; channel < 3; channel++) data[to + channel] = Math.round((((pixel >> (10 - 5 * channel)) & 31) * 255) / 31);
  };
}
