/**
 * What runs here: the versions of everything that can move a vector.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, cpus, release, type } from "node:os";
import { versions } from "node:process";
import type { Versions } from "../../core/drift/drift.ts";
import { packageVersion } from "../package-info.ts";
import { decoderVersions } from "../photos/sharp.ts";

export function readVersions(): Versions {
  return {
    dupfind: packageVersion(),
    node: versions.node,
    ...decoderVersions(),
    onnxruntime: runtimeVersion(),
    processor: cpus()[0]?.model.trim() || "unknown",
    architecture: arch(),
    system: `${type()} ${release()}`,
  };
}

/** From its manifest: opening the runtime itself would load its native library. */
function runtimeVersion(): string {
  const manifest = readFileSync(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
