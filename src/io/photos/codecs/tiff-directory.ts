/**
 * The fields of a TIFF directory (TIFF 6.0; BigTIFF), read without the pixels.
 */
import type { FileHandle } from "node:fs/promises";
import { readAt } from "../read-at.ts";

export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** `count` values in the file's byte order. */
  readonly value: Buffer;
}

/** A field with where in the file its values stand. */
export interface PlacedField extends TiffField {
  readonly place: number;
}

export interface TiffDirectory {
  readonly isLittleEndian: boolean;
  readonly fields: readonly PlacedField[];
  /** Where the next one of the chain stands; 0 behind the last. */
  readonly next: number;
}

const BIG = 43;
/** Of one value, by the number of its type. */
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const FIELDS_AT_MOST = 4096;
/** Where a million strips lie takes eight. */
const VALUE_BYTES_AT_MOST = 16 * 1024 * 1024;

/**
 * @param pointer tag of the field in the first directory that says where the wanted one is; null for the first itself
 * @returns null where there is no such directory, or none that can be read
 */
export async function readTiffDirectory(file: FileHandle, pointer: number | null = null): Promise<TiffDirectory | null> {
  const header = await readAt(file, 0, 16);
  const mark = header.toString("latin1", 0, 2);
  if (header.length < 8 || (mark !== "II" && mark !== "MM")) return null;
  const numbers = new TiffNumbers(mark === "II");
  const isBig = numbers.read(header, 2, 2) === BIG;
  if (isBig && header.length < 16) return null;
  const first = isBig ? numbers.read(header, 8, 8) : numbers.read(header, 4, 4);
  const directory = await readFields(file, first, numbers, isBig);
  if (directory === null || pointer === null) return directory;
  const [place] = numbersOf(directory, pointer);
  return place === undefined ? null : readFields(file, place, numbers, isBig);
}

/**
 * A directory of classic TIFF somewhere in a file.
 * @param base what the places in it are counted from
 */
export function readDirectoryAt(file: FileHandle, at: number, isLittleEndian: boolean, base = 0): Promise<TiffDirectory | null> {
  return readFields(file, at, new TiffNumbers(isLittleEndian), false, base);
}

/** @returns the values of a field of whole numbers; none where it is missing */
export function numbersOf({ isLittleEndian, fields }: TiffDirectory, tag: number): readonly number[] {
  const field = fields.find((one) => one.tag === tag);
  if (field === undefined) return [];
  const numbers = new TiffNumbers(isLittleEndian);
  const bytes = TYPE_BYTES[field.type] as number;
  return Array.from({ length: field.count }, (_, i) => numbers.read(field.value, i * bytes, bytes));
}

async function readFields(file: FileHandle, at: number, numbers: TiffNumbers, isBig: boolean, base = 0): Promise<TiffDirectory | null> {
  const [countBytes, fieldBytes, wordBytes] = isBig ? [8, 20, 8] : [2, 12, 4];
  const start = await readAt(file, at, countBytes);
  if (start.length < countBytes) return null;
  const count = numbers.read(start, 0, countBytes);
  if (count > FIELDS_AT_MOST) return null;
  const tableBytes = count * fieldBytes;
  const table = await readAt(file, at + countBytes, tableBytes + wordBytes);
  if (table.length < tableBytes) return null;
  const fields: PlacedField[] = [];
  for (let row = 0; row < tableBytes; row += fieldBytes) {
    const type = numbers.read(table, row + 2, 2);
    const values = numbers.read(table, row + 4, wordBytes);
    const bytes = values * (TYPE_BYTES[type] ?? 0);
    if (bytes > VALUE_BYTES_AT_MOST) return null;
    const inPlace = row + 4 + wordBytes;
    const isInPlace = bytes <= wordBytes;
    const place = isInPlace ? at + countBytes + inPlace : base + numbers.read(table, inPlace, wordBytes);
    const value = isInPlace ? table.subarray(inPlace, inPlace + bytes) : await readAt(file, place, bytes);
    if (value.length < bytes) return null;
    fields.push({ tag: numbers.read(table, row, 2), type, count: bytes === 0 ? 0 : values, value, place });
  }
  const next = table.length < tableBytes + wordBytes ? 0 : numbers.read(table, tableBytes, wordBytes);
  return { isLittleEndian: numbers.isLittleEndian, fields, next };
}

class TiffNumbers {
  readonly isLittleEndian: boolean;

  constructor(isLittleEndian: boolean) {
    this.isLittleEndian = isLittleEndian;
  }

  /** @param bytes 1, 2, 4 or 8 */
  read(buffer: Buffer, at: number, bytes: number): number {
    if (bytes === 8) return Number(this.isLittleEndian ? buffer.readBigUInt64LE(at) : buffer.readBigUInt64BE(at));
    return this.isLittleEndian ? buffer.readUIntLE(at, bytes) : buffer.readUIntBE(at, bytes);
  }
}
