/**
 * What every command was asked to do: complete and checked once, at the edge, and read-only from there on.
 */
import type { ModelSettings } from "../core/encoders/ports.ts";
import type { LibraryPlace } from "../core/library/library-place.ts";

export interface CommonSettings {
  readonly library: LibraryPlace;
  readonly models: ModelSettings;
  readonly quiet: boolean;
  readonly json: boolean;
  /** Exit with 3 when some photos were not compared. */
  readonly strict: boolean;
}
