/**
 * Labelled pairs of a file, and what scoring them takes. Photos the library does not know are embedded on the spot and not added to it.
 */
import { dirname, resolve } from "node:path";
import { readLabels } from "../../core/labels/label-rows.ts";
import type { LabelledPair } from "../../core/pairs/labelled-pair.ts";
import type { Run } from "../../core/run.ts";
import { photoPath } from "../../core/units.ts";
import { readCsv } from "../../io/csv.ts";
import { identifyPath } from "../../io/photos/identify.ts";
import type { ScorePorts } from "../../pipeline/calibration/score-labels.ts";
import type { Workbench } from "../workbench.ts";

export interface LabelSource {
  /** Absolute path of a CSV file. Its paths are read from its own folder on. */
  readonly file: string;
  /** For messages. */
  readonly named: string;
}

/** @throws {UserError} that names the rows which cannot be used */
export function readLabelledPairs({ file, named }: LabelSource): readonly LabelledPair[] {
  return readLabels(readCsv(file), named, (path) => photoPath(resolve(dirname(file), path)));
}

export function scorePorts(bench: Workbench, store: ScorePorts["store"], { onProgress, signal }: Run): ScorePorts {
  const { decode, encoder, parallel } = bench;
  return { store, identify: identifyPath, decode, encoder, onProgress, parallel, stop: signal };
}
