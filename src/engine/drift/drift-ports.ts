/**
 * Wires the canaries of an encoder to the decoder, the encoder and the library.
 */
import { inputSize } from "../../core/encoders/encoder.ts";
import type { Library } from "../../core/library-port.ts";
import type { Run } from "../../core/run.ts";
import { makeCanaryFiles, traceCanary } from "../../io/drift/canary-files.ts";
import { readVersions } from "../../io/drift/versions.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { type DriftPorts, watchDrift } from "../../pipeline/drift/check-drift.ts";
import type { Workbench } from "../workbench.ts";

/** @param bench on the way that photos take */
export function driftPorts(library: Library, encoder: InstalledEncoder, bench: Pick<Workbench, "decodeBytes" | "encoder">): DriftPorts {
  const { resize } = encoder.spec.image;
  return {
    store: library.canariesOf(encoder),
    versions: readVersions(),
    now: () => new Date().toISOString(),
    makeFiles: () => makeCanaryFiles(resize),
    trace: (file) => traceCanary(file, inputSize(resize), bench.decodeBytes, bench.encoder),
  };
}

/** Before vectors are added: tells when they would not be those that the library's own were. */
export async function warnOfDrift(
  library: Library,
  encoder: InstalledEncoder,
  bench: Pick<Workbench, "decodeBytes" | "encoder">,
  { onNotice }: Pick<Run, "onNotice">,
): Promise<void> {
  const report = await watchDrift(driftPorts(library, encoder, bench));
  if (report.check.verdict === "drift") onNotice({ kind: "drift", report });
}
