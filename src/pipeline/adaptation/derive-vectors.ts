/**
 * The story of vectors that come from those of another encoder: mapped as they lie in the library, no photo being opened.
 */
import type { DerivedStore } from "../../core/adaptation/derived-vectors-store.ts";
import type { Canary } from "../../core/drift/canary.ts";
import type { DriftStore } from "../../core/drift/drift.ts";
import { applyMap, type LinearMap } from "../../core/encoders/linear-map.ts";
import type { OnProgress } from "../../core/progress.ts";

export interface DerivePorts {
  readonly store: DerivedStore;
  readonly canaries: { readonly plain: DriftStore; readonly adapted: DriftStore };
  readonly onProgress: OnProgress;
  readonly pause: () => Promise<void>;
  readonly stop: AbortSignal;
}

/** @returns contents that the adapted encoder has vectors of now */
export async function deriveVectors(map: LinearMap, { store, canaries, onProgress, pause, stop }: DerivePorts): Promise<number> {
  await deriveCanaries(map, canaries);
  const total = await store.total();
  let done = 0;
  for await (const page of store.pages()) {
    if (stop.aborted) break;
    await store.keep(page.map((kept) => ({ ...kept, vector: applyMap(map, kept.vector) })));
    done += page.length;
    onProgress({ step: "learn", done, total });
    await pause();
  }
  return done;
}

/**
 * Those of the plain encoder and not new ones: they tell of the decoder that made its vectors, and so these. None where it has
 * none; the next scan makes them.
 */
async function deriveCanaries(map: LinearMap, { plain, adapted }: DerivePorts["canaries"]): Promise<void> {
  const [made] = await plain.checks();
  if (made === undefined || (await adapted.checks()).length > 0) return;
  const mapped = ({ trace, ...file }: Canary): Canary => ({ ...file, trace: { ...trace, vector: applyMap(map, trace.vector) } });
  await adapted.recordMade((await plain.canaries()).map(mapped), made);
}
