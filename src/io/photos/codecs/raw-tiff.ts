/**
 * Camera originals that are built as TIFF: CR2, NEF, ARW, DNG, PEF, SRW and others, and with marks of their own ORF and RW2. Finds the
 * pictures that the camera put beside the sensor's data.
 */
import type { FileHandle } from "node:fs/promises";
import { readAt } from "../read-at.ts";
import { type Embedded, endOf, type FoundOriginal, MAKER_NOTE } from "./raw-original.ts";
import { numbersOf, readDirectoryAt, type TiffDirectory } from "./tiff-directory.ts";
import { tiffExifOf } from "./tiff-exif.ts";

const [WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, STRIPS, ORIENTATION, STRIP_BYTES] = [256, 257, 259, 262, 273, 274, 279];
const [SUB_DIRECTORIES, JPEG_START, JPEG_BYTES, EXIF, DNG_VERSION] = [330, 513, 514, 0x8769, 50706];
/** Panasonic's: the picture itself is the value. */
const PANASONIC_JPEG = 0x2e;
const JPEG_COMPRESSIONS: ReadonlySet<number> = new Set([6, 7]);
/** Colour filter array, linear raw. */
const SENSOR_COLOURS: ReadonlySet<number> = new Set([32803, 34892]);
/** Olympus: settings of the camera, and in them where the preview stands and how long it is. */
const [OLYMPUS_SETTINGS, OLYMPUS_START, OLYMPUS_BYTES] = [0x2020, 0x101, 0x102];
/** Of a value whose bytes are something of their own: here a directory. */
const UNDEFINED = 7;
/** Tags of where strips and tiles stand and how long they are. */
const PIECES = [
  [273, 279],
  [324, 325],
] as const;
/** Panasonic's for strips whose place another tag says. */
const NOWHERE = 0xffff_ffff;
const DIRECTORIES_AT_MOST = 32;

/** @returns null for a TIFF that is no camera's original */
export async function findInTiff(file: FileHandle, head: Buffer): Promise<FoundOriginal | null> {
  const { first, isLittleEndian } = beginningOf(head);
  const directories = await allDirectories(file, first, isLittleEndian);
  const main = directories[0];
  if (main === undefined || !(isMarked(head) || directories.some(holdsSensorData))) return null;
  const embedded = [...directories.flatMap(embeddedIn), ...(await inMakerNote(file, main))];
  return {
    embedded,
    end: endOf([...embedded, ...directories.flatMap(piecesOf)]),
    size: largestSize(directories),
    orientation: numbersOf(main, ORIENTATION)[0] ?? null,
    exif: (await tiffExifOf(file)) ?? null,
  };
}

/** Whether its first directory lies within the file, with all of its values. */
export async function hasDirectory(file: FileHandle, head: Buffer): Promise<boolean> {
  const { first, isLittleEndian } = beginningOf(head);
  return (await readDirectoryAt(file, first, isLittleEndian)) !== null;
}

function beginningOf(head: Buffer): { readonly first: number; readonly isLittleEndian: boolean } {
  const isLittleEndian = head[0] === 0x49;
  return { first: isLittleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4), isLittleEndian };
}

/** By its first bytes: Canon's CR2, Olympus, Panasonic. */
function isMarked(head: Buffer): boolean {
  const start = head.toString("latin1", 0, 10);
  return /^(?:II\*\0....CR|IIR[OS]|MMOR|IIU\0)/s.test(start);
}

function holdsSensorData(directory: TiffDirectory): boolean {
  return SENSOR_COLOURS.has(numbersOf(directory, PHOTOMETRIC)[0] ?? -1) || numbersOf(directory, DNG_VERSION).length > 0;
}

/** The chain and what hangs below each, the first of the chain first. */
async function allDirectories(file: FileHandle, first: number, isLittleEndian: boolean): Promise<readonly TiffDirectory[]> {
  const found: TiffDirectory[] = [];
  const seen = new Set<number>([0]);
  const places = [first];
  for (let place = places.shift(); place !== undefined && found.length < DIRECTORIES_AT_MOST; place = places.shift()) {
    if (seen.has(place)) continue;
    seen.add(place);
    const directory = await readDirectoryAt(file, place, isLittleEndian);
    if (directory === null) continue;
    found.push(directory);
    places.push(...numbersOf(directory, SUB_DIRECTORIES), directory.next);
  }
  return found;
}

/** What may be a JPEG in a directory: two habits of saying so, and Panasonic's. */
function embeddedIn(directory: TiffDirectory): readonly Embedded[] {
  const number = (tag: number) => numbersOf(directory, tag)[0];
  const pair = (start: number | undefined, bytes: number | undefined): readonly Embedded[] =>
    start !== undefined && bytes !== undefined && bytes > 0 ? [{ start, bytes }] : [];
  const isSensor = SENSOR_COLOURS.has(number(PHOTOMETRIC) ?? -1);
  const isOneStrip = numbersOf(directory, STRIPS).length === 1;
  const panasonic = directory.fields.find(({ tag }) => tag === PANASONIC_JPEG);
  return [
    ...pair(number(JPEG_START), number(JPEG_BYTES)),
    ...(JPEG_COMPRESSIONS.has(number(COMPRESSION) ?? 0) && isOneStrip && !isSensor ? pair(number(STRIPS), number(STRIP_BYTES)) : []),
    ...(panasonic === undefined ? [] : [{ start: panasonic.place, bytes: panasonic.value.length }]),
  ];
}

/** Strips and tiles: the sensor's data among them. */
function piecesOf(directory: TiffDirectory): readonly Embedded[] {
  return PIECES.flatMap(([places, lengths]) => {
    const bytes = numbersOf(directory, lengths);
    return numbersOf(directory, places).flatMap((start, i) => (start === NOWHERE ? [] : [{ start, bytes: bytes[i] ?? 0 }]));
  });
}

/** Of Olympus and OM System alone: all others name their previews in a directory. */
async function inMakerNote(file: FileHandle, main: TiffDirectory): Promise<readonly Embedded[]> {
  const [exifAt] = numbersOf(main, EXIF);
  const exif = exifAt === undefined ? null : await readDirectoryAt(file, exifAt, main.isLittleEndian);
  const note = exif?.fields.find(({ tag }) => tag === MAKER_NOTE);
  if (note === undefined) return [];
  const [headBytes, base] = makerNoteLayout((await readAt(file, note.place, 16)).toString("latin1"), note.place);
  if (headBytes === 0) return [];
  const own = await readDirectoryAt(file, note.place + headBytes, main.isLittleEndian, base);
  const pointer = own?.fields.find(({ tag }) => tag === OLYMPUS_SETTINGS);
  if (own === null || pointer === undefined) return [];
  const settingsAt = pointer.type === UNDEFINED ? pointer.place : base + (numbersOf(own, OLYMPUS_SETTINGS)[0] ?? 0);
  const settings = await readDirectoryAt(file, settingsAt, main.isLittleEndian, base);
  if (settings === null) return [];
  const [start, bytes] = [numbersOf(settings, OLYMPUS_START)[0], numbersOf(settings, OLYMPUS_BYTES)[0]];
  return start === undefined || bytes === undefined ? [] : [{ start: base + start, bytes }];
}

/** How many bytes stand before the note's directory, none for another maker's, and what its places are counted from. */
function makerNoteLayout(head: string, place: number): readonly [headBytes: number, base: number] {
  if (head.startsWith("OLYMPUS\0")) return [12, place];
  if (head.startsWith("OM SYSTEM\0")) return [16, place];
  return head.startsWith("OLYMP\0") ? [8, 0] : [0, 0];
}

/** Of what is stored, as it lies on the sensor; null where no directory tells. */
function largestSize(directories: readonly TiffDirectory[]): FoundOriginal["size"] {
  const sizes = directories.flatMap((directory) => {
    const [width, height] = [numbersOf(directory, WIDTH)[0], numbersOf(directory, HEIGHT)[0]];
    return width === undefined || height === undefined ? [] : [{ width, height }];
  });
  return sizes.sort((one, other) => other.width * other.height - one.width * one.height)[0] ?? null;
}
