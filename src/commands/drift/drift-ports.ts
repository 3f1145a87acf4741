/**
 * Wires the canaries of an encoder to the decoder, the encoder and the library.
 */
import { inputSize } from "../../core/encoders/encoder.ts";
import type { Encoder } from "../../core/encoders/ports.ts";
import type { Library } from "../../core/library-port.ts";
import type { DecodeBytes } from "../../core/photos/ports.ts";
import { makeCanaryFiles, traceCanary } from "../../io/drift/canary-files.ts";
import { readVersions } from "../../io/drift/versions.ts";
import type { InstalledEncoder } from "../../io/encoders/model-store.ts";
import { type DriftPorts, watchDrift } from "../../pipeline/drift/check-drift.ts";
import { renderDriftWarning } from "../../render/drift/drift.ts";
import type { Host } from "../host.ts";

/** What follows a picture on the way that photos take. */
export interface CanaryTools {
  readonly decode: DecodeBytes;
  readonly session: Encoder;
}

export function driftPorts(library: Library, encoder: InstalledEncoder, tools: CanaryTools, host: Host): DriftPorts {
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
export async function warnOfDrift(library: Library, encoder: InstalledEncoder, tools: CanaryTools, host: Host): Promise<void> {
  const report = await watchDrift(driftPorts(library, encoder, tools, host));
  if (report.check.verdict === "drift") host.writeError(renderDriftWarning(report));
}
