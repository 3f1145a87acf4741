/**
 * Sets with small pictures of their photos, for a page that carries them with it.
 */
import type { ContentId } from "../library/contents.ts";
import type { PhotoPath } from "../units.ts";
import type { DuplicateSet } from "./duplicate-sets.ts";
import type { Candidate } from "./merits.ts";

export interface SmallPicture {
  readonly jpeg: Uint8Array;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export interface DrawnSet {
  readonly set: DuplicateSet;
  /** Without those that cannot be shown; null where the page has no more room. */
  readonly pictures: ReadonlyMap<ContentId, SmallPicture> | null;
}

/** Null where the photo is gone or cannot be decoded any more. */
export type DrawPicture = (path: PhotoPath) => Promise<SmallPicture | null>;

/** One photo of each content: what has the same bytes looks the same. */
export function photosToDraw({ keeper, extras, outside }: DuplicateSet): ReadonlyMap<ContentId, PhotoPath> {
  const all: readonly Candidate[] = [keeper, ...extras, ...outside];
  const photos = new Map<ContentId, PhotoPath>();
  for (const { content, photo } of all) if (!photos.has(content.id)) photos.set(content.id, photo.path);
  return photos;
}

/** Of a picture's square, in pixels; the largest as wide as a page shows it on a fine screen. */
const EDGES = [480, 384, 320, 256, 192, 160, 128, 96] as const;
/** Measured on the example photos: 0.09 at 480 pixels, 0.18 at 96, and never more than this. */
const BYTES_PER_PIXEL = 0.25;

/** The largest edge at which all pictures of the sets are likely to have room, or the smallest there is. */
export function pictureEdge(sets: readonly DuplicateSet[], roomBytes: number): number {
  const count = sets.reduce((sum, set) => sum + photosToDraw(set).size, 0);
  return EDGES.find((edge) => count * edge * edge * BYTES_PER_PIXEL <= roomBytes) ?? (EDGES.at(-1) as number);
}
