/** What tests in TypeScript see of `build.mjs`; `truth.mjs` says what it means. */

export interface Companion {
  readonly path: string;
  readonly holds: string;
  readonly repeated: boolean;
}

export interface FileTruth {
  readonly path: string;
  readonly relation: string;
  readonly companions: readonly Companion[];
}

export interface PictureTruth {
  readonly id: string;
  readonly origin: string;
  readonly taken: string | null;
  readonly camera: string | null;
  readonly source: string;
  readonly files: readonly FileTruth[];
  readonly keepers: readonly string[];
  readonly keeperRule: string;
}

export interface Truth {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly folders: readonly string[];
  readonly protectedFolders: readonly string[];
  readonly pictures: readonly PictureTruth[];
  readonly series: readonly { readonly kind: "burst" | "alike" | "screens"; readonly told: string; readonly pictures: readonly string[] }[];
  readonly damaged: readonly { readonly path: string; readonly what: string }[];
  readonly passedOver: readonly { readonly path: string; readonly what: string }[];
}

export const EXAMPLE_PHOTOS: string;

export function buildLibrary(
  folder: string,
  options?: { readonly groups?: number; readonly seed?: number; readonly edge?: number; readonly photos?: string },
): Promise<Truth>;
