/**
 * What the pipeline of a map needs from outside, as types.
 */
import type { ContentId } from "../library/contents.ts";
import type { CaptureTime } from "../photos/exposure.ts";
import type { RgbPixels } from "../photos/photo.ts";
import type { NeighbourTable } from "../search/neighbour-table.ts";
import type { PhotoPath } from "../units.ts";
import type { Plane } from "./principal-plane.ts";

/** A present photo that has an embedding. */
export interface MapPhoto {
  readonly content: ContentId;
  readonly path: PhotoPath;
  /** When the picture was taken, as far as its EXIF says. */
  readonly takenAt: CaptureTime | null;
}

/** The library as a map with one encoder sees it. */
export interface MapStore {
  /** In pages, in path order. */
  photos(): AsyncIterable<readonly MapPhoto[]>;
}

/**
 * Lays contents out so that near ones lie together. The same neighbours, start and seed give the same places.
 * @param start where each content stands at first
 * @returns null when it was stopped
 */
export type LayOut = (neighbours: NeighbourTable, start: Plane, seed: number) => Promise<Plane | null>;

/** A small picture of the photo; null where it cannot be read any more. */
export type MakeTile = (path: PhotoPath) => Promise<RgbPixels | null>;

/** Makes a JPEG file. */
export type EncodeJpeg = (pixels: RgbPixels) => Promise<Uint8Array>;
