/**
 * Wires the canaries of an encoder to the decoder, the encoder and the library.
 */
import { inputSize } from "../core/encoder.ts";
import type { DecodeBytes, Encoder } from "../core/ports.ts";
import type { Host } from "../core/settings.ts";
import { makeCanaryFiles, traceCanary } from "../io/canary-files.ts";
import type { LibraryDatabase } from "../io/library-database.ts";
import type { InstalledEncoder } from "../io/model-store.ts";
import { readVersions } from "../io/versions.ts";
import { type DriftPorts, watchDrift } from "../pipeline/check-drift.ts";
import { renderDriftWarning } from "../render/drift.ts";

/** What follows a picture on the way that photos take. */
export interface CanaryTools {
  readonly decode: DecodeBytes;
  readonly session: Encoder;
}

export function driftPorts(library: LibraryDatabase, encoder: InstalledEncoder, tools: CanaryTools, host: Host): DriftPorts {
  const { resize } = encoder.spec.image;
  return {
    store: library.canariesOf(encoder),
    versions: readVersions(host.nodeVersion),
    now: () => new Date().toISOString(),
    makeFiles: () => makeCanaryFiles(resize),
    trace: (file) => traceCanary(file, inputSize(resize), tools.decode, tools.session),
  };
}

/** Before vectors are added: tells when they would not be those that the library's own were. */
export async function warnOfDrift(library: LibraryDatabase, encoder: InstalledEncoder, tools: CanaryTools, host: Host): Promise<void> {
  const report = await watchDrift(driftPorts(library, encoder, tools, host));
  if (report.check.verdict === "drift") host.writeError(renderDriftWarning(report));
}
