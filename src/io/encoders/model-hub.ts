/**
 * Where pinned files are published: the address that Transformers.js loads models from, unless the user names a mirror.
 */
import { readFileSync } from "node:fs";
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import type { ModelSource } from "../../core/encoders/model-lock.ts";
import { packageFile } from "../package-files.ts";

/** Written by `scripts/write-model-hub.mjs` when dupfind is built. */
const HUB = "dist/model-hub.json";

/** Address of one file at its pinned revision. */
export function fileUrl(endpoint: string | null, source: Extract<ModelSource, { kind: "download" }>, file: PinnedFile): string {
  const host = (endpoint ?? publishedAt()).replace(/\/+$/, "");
  const repository = file.repository ?? source.repository;
  const revision = file.revision ?? source.revision;
  return `${host}/${repository}/resolve/${revision}/${file.path}`;
}

function publishedAt(): string {
  return (JSON.parse(readFileSync(packageFile(HUB), "utf8")) as { readonly address: string }).address;
}
