/**
 * The data that a map's page carries with it: written by the renderer, read by the page's script. Numbers stand in base64.
 */
import type { FrontCoded } from "../text/front-coding.ts";
import type { MapColor, MapSet } from "./library-map.ts";

export interface MapPayload {
  /** Float32, x and y of each point in turn. */
  readonly places: string;
  /** Photos of each point, Uint32. */
  readonly photoCounts: string;
  /** The photos of all points, point by point. */
  readonly paths: FrontCoded;
  readonly folders: {
    /** Below the folder that holds all. */
    readonly names: readonly string[];
    /** Index of each point's folder, Uint8; `names.length` for the others. */
    readonly groupOf: string;
  };
  /** Uint16; 0 where no photo says. */
  readonly years: string;
  /** Float32. */
  readonly outlierScores: string;
  readonly sets: readonly MapSet[];
  readonly thumbnails: ThumbnailPayload | null;
  readonly color: MapColor;
}

export interface ThumbnailPayload {
  readonly edge: number;
  readonly columns: number;
  readonly sheets: readonly SheetPayload[];
}

export interface SheetPayload {
  /** JPEG. */
  readonly image: string;
  /** Point of each tile, Uint32. */
  readonly points: string;
  /** Width and height of each tile's picture in turn, Uint8. */
  readonly sizes: string;
}
