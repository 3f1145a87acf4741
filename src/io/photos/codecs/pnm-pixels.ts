/**
 * Netpbm's portable bitmap, graymap and pixmap, as text and as bytes.
 */
import { type Bitmap, type BitmapReader, CUT_OFF, piece } from "./bitmap.ts";

interface PnmHead {
  /** 1 to 6: bitmap, graymap, pixmap as text, then the same as bytes. */
  readonly kind: number;
  readonly width: number;
  readonly height: number;
  readonly most: number;
  /** Where the pixels begin. */
  readonly end: number;
}

export const pnmReader: BitmapReader = {
  head: (head) => {
    const pnm = readHead(head);
    return pnm === null ? null : { width: pnm.width, height: pnm.height, unsupported: null };
  },
  pixels: (file) => {
    const pnm = readHead(file);
    if (pnm === null) throw new Error("its header cannot be read");
    return readPixels(file, pnm);
  },
};

const TOKEN = /(?:\s|#[^\n\r]*[\n\r])+(\d+)/y;

function readHead(file: Buffer): PnmHead | null {
  const text = file.toString("latin1", 0, 4096);
  const kind = Number(/^P([1-6])[\s#]/.exec(text)?.[1] ?? 0);
  if (kind === 0) return null;
  const isBitmap = kind === 1 || kind === 4;
  const numbers: number[] = [];
  let end = 0;
  TOKEN.lastIndex = 2;
  while (numbers.length < (isBitmap ? 2 : 3)) {
    const found = TOKEN.exec(text);
    if (found === null) return null;
    numbers.push(Number(found[1]));
    end = TOKEN.lastIndex + 1; // one blank behind the last number
  }
  const [width = 0, height = 0, most = 1] = numbers;
  return width > 0 && height > 0 && most > 0 && most < 65536 ? { kind, width, height, most, end } : null;
}

function readPixels(file: Buffer, { kind, width, height, most, end }: PnmHead): Bitmap {
  const channels = kind === 3 || kind === 6 ? 3 : 1;
  const count = width * height * channels;
  const data = new Uint8Array(count);
  if (kind === 4) {
    const rowBytes = Math.ceil(width / 8);
    const stored = piece(file, end, rowBytes * height);
    for (let i = 0; i < count; i++) {
      const x = i % width;
      const byte = stored[Math.floor(i / width) * rowBytes + (x >> 3)] as number;
      data[i] = (byte >> (7 - (x & 7))) & 1 ? 0 : 255; // one is ink
    }
  } else if (kind > 4) {
    const bytes = most > 255 ? 2 : 1;
    const stored = piece(file, end, count * bytes);
    for (let i = 0; i < count; i++) {
      const value = bytes === 1 ? (stored[i] as number) : stored.readUInt16BE(2 * i);
      data[i] = most === 255 ? value : (Math.min(value, most) * 255) / most + 0.5;
    }
  } else fillFromText(file.toString("latin1", end - 1), kind === 1, most, data);
  return { data, width, height, channels };
}

/** Digits of a bitmap need no blanks between them. */
function fillFromText(text: string, isBitmap: boolean, most: number, data: Uint8Array): void {
  let i = 0;
  for (const [number] of text.matchAll(isBitmap ? /[01]/g : /\d+/g)) {
    if (i === data.length) return;
    data[i++] = isBitmap ? (number === "1" ? 0 : 255) : (Math.min(Number(number), most) * 255) / most + 0.5;
  }
  if (i < data.length) throw new Error(CUT_OFF);
}
