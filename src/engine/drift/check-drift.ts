/**
 * Whether photos still come to the vectors that the library holds, and are still like those that the encoder was calibrated on.
 */
import type { DriftReport } from "../../core/drift/drift.ts";
import type { ScoreShift } from "../../core/drift/score-shift.ts";
import { UserError } from "../../core/errors.ts";
import { DEFAULT_MAX_SECONDS } from "../../core/photos/time-limit.ts";
import type { Run } from "../../core/run.ts";
import { ModelStore } from "../../io/encoders/model-store.ts";
import { checkDrift } from "../../pipeline/drift/check-drift.ts";
import { compareNewPhotos } from "../../pipeline/drift/compare-new-photos.ts";
import { ownModel } from "../choose-encoder.ts";
import { type Locations, withLockedExistingLibrary } from "../open-library.ts";
import { withWorkbench } from "../workbench.ts";
import { driftPorts } from "./drift-ports.ts";

/** No canary has as many megapixels. */
const FOR_CANARIES = { threads: 1, maxMegapixels: 1, maxSeconds: DEFAULT_MAX_SECONDS };

export interface DriftChoice extends Locations {
  /** Null for the library's own. */
  readonly model: string | null;
}

/** @throws {UserError} `no-canary` where the encoder has embedded nothing of the library yet */
export async function checkLibrary(
  { library: place, models, model }: DriftChoice,
  run: Run,
): Promise<{ readonly report: DriftReport; readonly shift: ScoreShift }> {
  const store = new ModelStore(models);
  return withLockedExistingLibrary({ library: place }, run, async (library) => {
    const encoder = await store.open(model ?? (await ownModel(library)));
    if ((await library.canariesOf(encoder).checks()).length === 0)
      throw new UserError("no-canary", `The library has no canaries for ${encoder.spec.id} yet`);
    const report = await withWorkbench(encoder, FOR_CANARIES, (bench) => checkDrift(driftPorts(library, encoder, bench)));
    return { report, shift: await compareNewPhotos(library.calibrationOf(encoder)) };
  });
}
