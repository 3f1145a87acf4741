/**
 * What the pixels of a JPEG (ITU-T T.81) are decoded from.
 */
import { ofWholeFile } from "./pixel-parts.ts";

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const [APP0, APP2, APP14, APP15, COMMENT] = [0xe0, 0xe2, 0xee, 0xef, 0xfe];
const PROFILE = "ICC_PROFILE\0";

/** What says how the components of a pixel are to be read as colours, where a decoder asks for it. */
interface ColourMarks {
  isJfif: boolean;
  /** Of Adobe's segment; null where there is none. */
  transform: number | null;
  /** Of the components, one byte each. */
  ids: string;
}

/** Tables, frame, scans and colour profile. What follows the first picture of a file is not decoded. */
export const jpegParts = ofWholeFile((file, add) => {
  const colour: ColourMarks = { isJfif: false, transform: null, ids: "" };
  const end = walkJpeg(file, (marker, segment, scan) => {
    if (isOfPixels(marker, segment)) add(marker.toString(16), segment);
    note(colour, marker, segment);
    if (scan !== null) add("scan", scan);
  });
  if (end === "unknown") return false;
  add("colour", Buffer.from(colourOf(colour)));
  return true;
});

/** @param scan the coded data behind the segment; null for a segment that is followed by none */
type OnSegment = (marker: number, segment: Buffer, scan: Buffer | null) => void;

/**
 * Goes through the first picture of a file.
 * @returns whether its last marker is there, which decoders do without; "unknown" for what is not understood
 */
export function walkJpeg(file: Buffer, onSegment: OnSegment): "whole" | "endless" | "unknown" {
  if (file.length < 2 || file.readUInt16BE(0) !== 0xff00 + START) return "unknown";
  let at = 2;
  for (let scans = 0; ; ) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at++; // markers may be padded
    const isEnd = file[at] === 0xff && file[at + 1] === END;
    if (isEnd || at >= file.length - 1) return scans === 0 ? "unknown" : isEnd ? "whole" : "endless";
    if (file[at] !== 0xff || at + 4 > file.length) return "unknown";
    const marker = file[at + 1] as number;
    const end = at + 2 + file.readUInt16BE(at + 2);
    if (end > file.length) return "unknown";
    const segment = file.subarray(at + 4, end);
    const isScan = marker === SCAN;
    at = isScan ? endOfScan(file, end) : end;
    onSegment(marker, segment, isScan ? file.subarray(end, at) : null);
    if (isScan) scans++;
  }
}

function isOfPixels(marker: number, segment: Buffer): boolean {
  if (marker === APP2) return segment.toString("latin1", 0, PROFILE.length) === PROFILE;
  return (marker < APP0 || marker > APP15) && marker !== COMMENT;
}

function note(colour: ColourMarks, marker: number, segment: Buffer): void {
  if (marker === APP0 && segment.toString("latin1", 0, 5) === "JFIF\0") colour.isJfif = true;
  if (marker === APP14 && segment.length >= 12 && segment.toString("latin1", 0, 5) === "Adobe") colour.transform = segment[11] as number;
  const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
  if (isFrame) colour.ids = Buffer.from(segment.subarray(6).filter((_, i) => i % 3 === 0)).toString("latin1");
}

/** As libjpeg decides it: writers add and drop these segments together with the EXIF. */
function colourOf({ isJfif, transform, ids }: ColourMarks): string {
  if (ids.length === 1) return "grey";
  if (ids.length !== 3) return `Adobe ${transform}`;
  if (isJfif || transform === 1 || (transform === null && ids === "\x01\x02\x03")) return "YCbCr";
  return transform === 0 ? "RGB" : `components ${transform} ${ids}`;
}

/** Where the first marker behind coded data stands that is not part of it: not a coded 0xff, a restart or padding. */
function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1] as number;
    const isData = next === 0 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
  }
  return file.length;
}
