/**
 * Zip archives as an enemy writes them: what the list says need not be what lies in the file.
 */
import { crc32, createDeflateRaw } from "node:zlib";

export interface Entry {
  readonly name: string;
  /** Deflated, as it lies in the file. */
  readonly data: Buffer;
  /** What the list says of the inflated size. */
  readonly claims: number;
  /** Lies where the first entry lies, instead of behind it. */
  readonly overFirst?: boolean;
}

/** @param count what the end of the archive says of the number of entries */
export function writeZip(entries: readonly Entry[], count = entries.length): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let end = 0;
  for (const { name, data, claims, overFirst } of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    common(header, 4, name, data, claims);
    if (overFirst !== true) parts.push(header, Buffer.from(name), data);
    const item = Buffer.alloc(46);
    item.writeUInt32LE(0x02014b50, 0);
    item.writeUInt16LE(20, 4);
    common(item, 6, name, data, claims);
    item.writeUInt32LE(overFirst === true ? 0 : end, 42);
    list.push(item, Buffer.from(name));
    if (overFirst !== true) end += header.length + name.length + data.length;
  }
  const directory = Buffer.concat(list);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(directory.length, 12);
  tail.writeUInt32LE(end, 16);
  return Buffer.concat([...parts, directory, tail]);
}

/** The fields that both headers have, from the version needed on. */
function common(header: Buffer, at: number, name: string, data: Buffer, claims: number): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(8, at + 4); // deflated
  header.writeUInt32LE(crc32(data), at + 10);
  header.writeUInt32LE(data.length, at + 14);
  header.writeUInt32LE(claims, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

/** So many megabytes of zeros, deflated to a thousandth. */
export async function deflatedZeros(megabytes: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 });
  const zeros = Buffer.alloc(1 << 20);
  const feed = async () => {
    for (let i = 0; i < megabytes; i++) if (!deflate.write(zeros)) await new Promise((ready) => deflate.once("drain", ready));
    deflate.end();
  };
  const pieces: Buffer[] = [];
  const fed = feed();
  for await (const piece of deflate) pieces.push(piece as Buffer);
  await fed;
  return Buffer.concat(pieces);
}
