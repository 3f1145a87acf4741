/**
 * The items of a HEIC or AVIF file (ISO/IEC 23008-12): which is the picture, what it is made of and where in the file that lies.
 */

/** Where bytes lie: from, and up to but not with. */
type Range = readonly [from: number, to: number];

interface HeifItem {
  readonly type: string;
  /** Null where the bytes lie in another file or in another item. */
  readonly extents: readonly Range[] | null;
  /** Whole boxes, in the order they apply: decoder settings, size, crop, rotation, colour. */
  readonly properties: readonly Range[];
}

interface Reference {
  readonly type: string;
  readonly from: number;
  readonly to: readonly number[];
}

export interface HeifItems {
  readonly primary: number;
  readonly items: ReadonlyMap<number, HeifItem>;
  readonly references: readonly Reference[];
}

interface Box {
  readonly type: string;
  /** With its header. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** A box that starts with a version and flags has its content behind them. */
const VERSION_BYTES = 4;
const IN_FILE = 0;
const IN_META = 1;

/** @returns null for a file that has no such items, or is too damaged to tell them */
export function readHeifItems(file: Buffer): HeifItems | null {
  try {
    const meta = [...boxes(file, 0, file.length)].find(({ type }) => type === "meta");
    return meta === undefined ? null : readMeta(file, meta);
  } catch (error) {
    if (error instanceof RangeError) return null; // a number that lies outside the file
    throw error;
  }
}

/** Whether an item's bytes should lie behind the end of the file: it was cut off. What else stands behind the last box says nothing. */
export function isCutOff(file: Buffer): boolean {
  const found = readHeifItems(file);
  return found !== null && [...found.items.values()].some(({ extents }) => extents?.some(([, to]) => to > file.length));
}

function readMeta(file: Buffer, meta: Box): HeifItems | null {
  const parts = [...boxes(file, meta.content + VERSION_BYTES, meta.end)];
  const part = (type: string) => parts.find((box) => box.type === type);
  const [primary, locations, infos, properties] = [part("pitm"), part("iloc"), part("iinf"), part("iprp")];
  if (primary === undefined || locations === undefined || infos === undefined || properties === undefined) return null;
  const extents = readLocations(file, locations, part("idat"));
  const ofItem = readProperties(file, properties);
  const items = readTypes(file, infos).map(([id, type]): [number, HeifItem] => [
    id,
    { type, extents: extents.get(id) ?? null, properties: ofItem.get(id) ?? [] },
  ]);
  const references = part("iref");
  return {
    primary: file.readUInt8(primary.content) === 0 ? file.readUInt16BE(primary.content + 4) : file.readUInt32BE(primary.content + 4),
    items: new Map(items),
    references: references === undefined ? [] : readReferences(file, references),
  };
}

/** Ends at the first that is not whole. */
function* boxes(file: Buffer, from: number, to: number): Generator<Box> {
  for (let start = from; start + 8 <= to; ) {
    const short = file.readUInt32BE(start);
    const header = short === 1 ? 16 : 8;
    if (start + header > to) return;
    const size = short === 1 ? Number(file.readBigUInt64BE(start + 8)) : short === 0 ? to - start : short;
    if (size < header || start + size > to) return;
    yield { type: file.toString("latin1", start + 4, start + 8), start, content: start + header, end: start + size };
    start += size;
  }
}

/** Reads numbers one behind the other. */
class Cursor {
  readonly #file: Buffer;
  #at: number;

  constructor(file: Buffer, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** @param bytes 0 to 8 */
  number(bytes: number): number {
    this.#at += bytes;
    if (bytes === 0) return 0;
    if (bytes === 8) return Number(this.#file.readBigUInt64BE(this.#at - 8));
    return this.#file.readUIntBE(this.#at - bytes, bytes);
  }
}

function readLocations(file: Buffer, box: Box, inMeta: Box | undefined): ReadonlyMap<number, readonly Range[] | null> {
  const version = file.readUInt8(box.content);
  const cursor = new Cursor(file, box.content + VERSION_BYTES);
  const sizes = cursor.number(2);
  const [offset, length, base, index] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version === 0 ? 0 : sizes & 15];
  const idBytes = version < 2 ? 2 : 4;
  const found = new Map<number, readonly Range[] | null>();
  for (let left = cursor.number(idBytes); left > 0; left--) {
    const id = cursor.number(idBytes);
    const construction = version === 0 ? IN_FILE : cursor.number(2) & 15;
    const otherFile = cursor.number(2) !== 0;
    const start = cursor.number(base) + (construction === IN_META ? (inMeta?.content ?? Number.NaN) : 0);
    const extents: Range[] = [];
    for (let more = cursor.number(2); more > 0; more--) {
      cursor.number(index);
      const from = start + cursor.number(offset);
      const bytes = cursor.number(length);
      extents.push([from, bytes === 0 ? file.length : from + bytes]);
    }
    const isHere = !otherFile && (construction === IN_FILE || (construction === IN_META && inMeta !== undefined));
    found.set(id, isHere ? extents : null);
  }
  return found;
}

function readTypes(file: Buffer, box: Box): readonly (readonly [id: number, type: string])[] {
  const countBytes = file.readUInt8(box.content) === 0 ? 2 : 4;
  return [...boxes(file, box.content + VERSION_BYTES + countBytes, box.end)].map(({ content }) => {
    const idBytes = file.readUInt8(content) < 3 ? 2 : 4;
    const at = content + VERSION_BYTES;
    return [file.readUIntBE(at, idBytes), file.toString("latin1", at + idBytes + 2, at + idBytes + 6)] as const;
  });
}

function readProperties(file: Buffer, box: Box): ReadonlyMap<number, readonly Range[]> {
  const parts = [...boxes(file, box.content, box.end)];
  const all = parts.filter(({ type }) => type === "ipco").flatMap(({ content, end }) => [...boxes(file, content, end)]);
  const found = new Map<number, readonly Range[]>();
  for (const { content } of parts.filter(({ type }) => type === "ipma")) {
    const cursor = new Cursor(file, content);
    const idBytes = cursor.number(1) === 0 ? 2 : 4;
    const wide = (cursor.number(3) & 1) === 1;
    for (let left = cursor.number(4); left > 0; left--) {
      const id = cursor.number(idBytes);
      const numbers = Array.from({ length: cursor.number(1) }, () => (wide ? cursor.number(2) & 0x7fff : cursor.number(1) & 0x7f));
      found.set(
        id,
        numbers.flatMap((number) => all.slice(number - 1, number)).map(({ start, end }) => [start, end]),
      );
    }
  }
  return found;
}

function readReferences(file: Buffer, box: Box): readonly Reference[] {
  const idBytes = file.readUInt8(box.content) === 0 ? 2 : 4;
  return [...boxes(file, box.content + VERSION_BYTES, box.end)].map(({ type, content }) => {
    const cursor = new Cursor(file, content);
    const from = cursor.number(idBytes);
    return { type, from, to: Array.from({ length: cursor.number(2) }, () => cursor.number(idBytes)) };
  });
}
