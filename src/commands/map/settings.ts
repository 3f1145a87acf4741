/**
 * What `map` was asked to do: complete and checked once, at the edge.
 */
import type { MapColor } from "../../core/map/library-map.ts";
import type { CommonSettings } from "../settings.ts";

export interface MapSettings extends CommonSettings {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the encoder's own. */
  readonly threshold: number | null;
  /** Where the page is written. */
  readonly output: string;
  /** The same seed and vectors give the same map. */
  readonly seed: number;
  readonly thumbnails: boolean;
  readonly color: MapColor;
  readonly threads: number;
}
