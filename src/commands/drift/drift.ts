/**
 * `dupfind drift`: whether photos still come to the vectors that the library holds, and are still like those that the
 * encoder was calibrated on.
 */
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { createEncoderPool } from "../../io/encoders/encoder-pool.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { createDecoder } from "../../io/photos/decode.ts";
import { checkDrift } from "../../pipeline/drift/check-drift.ts";
import { compareNewPhotos } from "../../pipeline/drift/compare-new-photos.ts";
import { renderDriftJson, renderDriftText } from "../../render/drift/drift.ts";
import { ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { withLockedExistingLibrary } from "../open-library.ts";
import { driftPorts } from "./drift-ports.ts";
import type { DriftSettings } from "./settings.ts";

/** No canary has as many. */
const CANARY_MEGAPIXELS = 1;

export async function runDrift(settings: DriftSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const { report, shift } = await withLockedExistingLibrary(settings, host, async (library) => {
    const encoder = await store.open(settings.model ?? ownModel(library));
    return { report: await checkCanaries(library, encoder, host), shift: compareNewPhotos(library.calibrationOf(encoder)) };
  });
  host.write(settings.json ? renderDriftJson(report, shift) : renderDriftText(report, shift));
  return settings.failOnDrift && report.check.verdict === "drift" ? EXIT.driftFound : EXIT.ok;
}

async function checkCanaries(library: LibraryDatabase, encoder: InstalledEncoder, host: Host) {
  const { image } = encoder.spec;
  const pool = createEncoderPool(encoder, 1);
  const decoder = createDecoder({ resize: image.resize, maxMegapixels: CANARY_MEGAPIXELS, threads: 1 });
  const ports = driftPorts(library, encoder, { decode: decoder.decodeBytes, session: pool }, host);
  if (ports.store.checks().length === 0)
    throw new UserError(
      `The library has no canaries for ${encoder.spec.id} yet`,
      "The next dupfind scan <folder> or reindex with it creates them",
    );
  try {
    return await checkDrift(ports);
  } finally {
    await Promise.all([decoder.close(), pool.close()]);
  }
}
