/**
 * Photos that resemble nothing, and the folders with the most near-duplicates.
 */
import { chooseThreshold } from "../../core/calibration/threshold-choice.ts";
import type { Run } from "../../core/run.ts";
import type { NeighbourReport } from "../../core/search/neighbour-report.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { createNearestSearch } from "../../io/vectors/nearest-neighbours.ts";
import { findNeighbours, type NeighbourChoice } from "../../pipeline/search/find-neighbours.ts";
import { chooseForReading } from "../choose-encoder.ts";
import { knownFolders } from "../known-folders.ts";
import { finishComparison } from "../library/finish-comparison.ts";
import { noteUnfinished } from "../library/note-unfinished.ts";
import { keptLooks } from "../look/kept-looks.ts";
import { type Locations, withLibrary } from "../open-library.ts";

export interface NeighboursChoice extends Locations, Omit<NeighbourChoice, "threshold"> {
  /** Null for the library's own. */
  readonly model: string | null;
  /** Null for the encoder's own. */
  readonly threshold: number | null;
  readonly threads: number;
}

export interface NeighboursAnswer {
  /** Null when it was stopped. */
  readonly report: NeighbourReport | null;
  /** Whether all photos that it is about were read. */
  readonly isWhole: boolean;
}

export function reportNeighbours(
  { library: place, models, model, threshold: asked, threads, folders: named, count }: NeighboursChoice,
  run: Run,
): Promise<NeighboursAnswer> {
  const store = new ModelStore(models);
  return withLibrary(place, async (library) => {
    const encoder = await chooseForReading(library, store, model, run);
    const folders = await knownFolders(library, named);
    const saved = await library.calibrationOf(encoder).saved();
    const threshold = chooseThreshold(encoder.spec, { threshold: asked, precision: null }, saved);
    const uncompared = await finishComparison(library, encoder, { library: place, threads }, run);
    const ports = {
      pairs: library.reportOf(encoder),
      store: library.searchOf(encoder),
      looks: await keptLooks(library.looks()),
      searchNearest: createNearestSearch(threads),
      onProgress: run.onProgress,
      stop: run.signal,
    };
    const report = await findNeighbours(ports, encoder, uncompared, { threshold, folders, count });
    return { report, isWhole: await noteUnfinished(library, encoder, folders, run) };
  });
}
