/**
 * What is found in a camera's original before any of its pictures is read.
 */

/** The tag of a maker's own notes in an EXIF directory. */
export const MAKER_NOTE = 0x927c;

/** Where a JPEG should stand in the file. */
export interface Embedded {
  readonly start: number;
  readonly bytes: number;
}

/** @returns the furthest of their ends */
export function endOf(pieces: readonly Embedded[]): number {
  return pieces.reduce((end, { start, bytes }) => Math.max(end, start + bytes), 0);
}

export interface FoundOriginal {
  readonly embedded: readonly Embedded[];
  /** Where the last of its pieces ends that the directories name. */
  readonly end: number;
  /** Of the picture at its full size, in pixels, not yet turned upright; null where nothing tells. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** As EXIF numbers it from 1 to 8; null where only the embedded picture can tell. */
  readonly orientation: number | null;
  /** The EXIF block; null where only the embedded picture can tell. */
  readonly exif: Buffer | null;
}
