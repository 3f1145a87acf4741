/**
 * `dupfind adapt --pairs labeled.csv`: a linear map on top of an encoder, learned from labels and kept as an encoder of its own
 * where it is better than none.
 */
import { setImmediate } from "node:timers/promises";
import { nameEncoder } from "../../core/encoders/encoder.ts";
import { EXIT, type ExitCode, UserError } from "../../core/errors.ts";
import { type InstalledEncoder, ModelStore } from "../../io/encoders/model-store.ts";
import type { LibraryDatabase } from "../../io/library/sqlite-library.ts";
import { type Adaptation, adaptEncoder } from "../../pipeline/adaptation/adapt-encoder.ts";
import { type AdaptationAnswer, renderAdaptationJson, renderAdaptationText } from "../../render/adaptation/adaptation.ts";
import { withLabelledPairs } from "../calibration/score-labelled-pairs.ts";
import { ownModel } from "../choose-encoder.ts";
import type { Host } from "../host.ts";
import { withLibraryUnlessDry } from "../open-library.ts";
import { stopCode } from "../stop-code.ts";
import { saveAdapted } from "./save-adapted.ts";
import type { AdaptSettings } from "./settings.ts";

export async function runAdapt(settings: AdaptSettings, host: Host): Promise<ExitCode> {
  const store = new ModelStore(settings.models);
  const answer = await withLibraryUnlessDry(settings, host, async (library): Promise<AdaptationAnswer | null> => {
    const base = await store.open(settings.model ?? ownModel(library));
    requirePlain(store, base);
    const id = settings.dryRun ? null : store.requireFree(settings.name ?? `${base.spec.id}-adapted`);
    const adaptation = await adapt(settings, base, library, host);
    if (adaptation === null) return null;
    const { findings, map } = adaptation;
    const saved = map === null || id === null ? null : await saveAdapted({ id, base, ...adaptation, map }, store, settings, library, host);
    return { encoder: nameEncoder(base), findings, saved, dryRun: settings.dryRun };
  });
  if (answer === null) return stopCode(host.stop);
  if (settings.json) host.write(renderAdaptationJson(answer));
  else if (!settings.quiet) host.write(renderAdaptationText(answer));
  if (host.stop.aborted) return stopCode(host.stop);
  return answer.findings.better ? EXIT.ok : EXIT.notBetter;
}

/** @throws {UserError} for an encoder that is adapted itself */
function requirePlain(store: ModelStore, { spec }: InstalledEncoder): void {
  const { source } = store.find(spec.id);
  if (source.kind !== "adapted") return;
  throw new UserError(`${spec.id} is already adapted`, `Adapt its base encoder: dupfind adapt --model ${source.base}`);
}

function adapt(settings: AdaptSettings, base: InstalledEncoder, library: LibraryDatabase, host: Host): Promise<Adaptation | null> {
  return withLabelledPairs(settings.pairs, settings, base, library.calibrationOf(base), host, (labels, named, ports) =>
    adaptEncoder(labels, named, settings.precision, { ...ports, pause: () => setImmediate() }),
  );
}
