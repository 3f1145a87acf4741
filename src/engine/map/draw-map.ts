/**
 * The library as a map on which photos that resemble each other stand together, and small pictures of them for a page.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import { DEFAULT_RULES } from "../../core/duplicates/keeper.ts";
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { UserError } from "../../core/errors.ts";
import type { Library } from "../../core/library-port.ts";
import type { LibraryMap } from "../../core/map/library-map.ts";
import { type SpriteSheets, tileEdge } from "../../core/map/sprite-sheet.ts";
import type { Run } from "../../core/run.ts";
import type { PhotoPath } from "../../core/units.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createTileMaker, encodeSheet } from "../../io/pages/sprite-sheet.ts";
import { stampAt } from "../../io/photos/stamp-at.ts";
import { createNearestSearch } from "../../io/vectors/nearest-neighbours.ts";
import { createLayOut } from "../../io/vectors/umap.ts";
import { findDuplicates } from "../../pipeline/duplicates/find-duplicates.ts";
import { mapLibrary } from "../../pipeline/map/map-library.ts";
import { packThumbnails } from "../../pipeline/map/pack-thumbnails.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { decidedOf } from "../duplicates/decided-of.ts";
import { finishComparison } from "../library/finish-comparison.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { noMoreLooks } from "../look/looking.ts";
import { type Locations, withLibrary } from "../open-library.ts";

export interface MapChoice extends Locations {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the encoder's own. */
  readonly threshold: number | null;
  /** The same seed and vectors give the same map. */
  readonly seed: number;
  readonly threads: number;
}

export interface MapAnswer {
  /** Null when it was stopped. */
  readonly map: LibraryMap | null;
  /** Whether all photos were read. */
  readonly isWhole: boolean;
}

/** @throws {UserError} `nothing-scanned` where there is nothing to draw */
export function drawMap(choice: MapChoice, run: Run): Promise<MapAnswer> {
  const store = new ModelStore(choice.models);
  return withLibrary(choice.library, async (library) => {
    const encoder = await chooseForReading(library, store, choice.model, run);
    const map = await draw(library, encoder, choice, run);
    return { map, isWhole: await noteUnfinished(library, encoder, [], run) };
  });
}

async function draw(library: Library, encoder: ChosenEncoder, choice: MapChoice, run: Run): Promise<LibraryMap | null> {
  const asked = { threshold: choice.threshold, precision: null };
  const threshold = chooseThreshold(encoder.spec, asked, await library.calibrationOf(encoder).saved());
  const uncompared = await finishComparison(library, encoder, choice, run);
  const report = await findDuplicates(
    { store: library.reportOf(encoder), looks: library.looks(), lookMore: noMoreLooks, stop: run.signal, stampAt, leftOut: library },
    encoder,
    uncompared,
    {
      threshold,
      folders: [],
      touching: [],
      bursts: true,
      linkage: "star",
      rules: DEFAULT_RULES,
      protectedFolders: [],
      acrossRoots: null,
      decided: await decidedOf(library, choice.library),
      looking: true,
    },
  );
  if (report.photoCount === 0)
    throw new UserError({ code: "nothing-scanned", model: null }, `No photo has been scanned with ${encoder.spec.id} yet`);
  const { onProgress, signal } = run;
  const ports = {
    store: library.mapOf(encoder),
    searchNearest: createNearestSearch(choice.threads),
    layOut: createLayOut(onProgress, signal),
    onProgress,
    stop: signal,
  };
  return mapLibrary(ports, await library.pairsOf(encoder).loadVectors(), report, choice.seed);
}

/** @param bytes that all pictures may take together, as they are */
export async function drawThumbnails(map: LibraryMap, bytes: number, threads: number, { onProgress, signal }: Run): Promise<SpriteSheets> {
  const edge = tileEdge(map.points.length, bytes);
  const maker = createTileMaker(edge);
  try {
    const paths = map.points.map(({ photos }) => photos[0] as PhotoPath);
    return await packThumbnails(
      paths,
      { edge, bytes },
      { makeTile: maker.makeTile, encode: encodeSheet, onProgress, parallel: threads * 2, stop: signal },
    );
  } finally {
    await maker.close();
  }
}
