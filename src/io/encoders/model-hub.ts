/**
 * Where pinned files are published: the address that Transformers.js itself loads models from, unless the user names a mirror.
 */
import type { PinnedFile } from "../../core/encoders/encoder.ts";
import type { ModelSource } from "../../core/encoders/model-lock.ts";
import { env } from "./transformers.ts";

/** Address of one file at its pinned revision. */
export function fileUrl(endpoint: string | null, source: Extract<ModelSource, { kind: "download" }>, file: PinnedFile): string {
  const host = (endpoint ?? env.remoteHost).replace(/\/+$/, "");
  const repository = file.repository ?? source.repository;
  const revision = file.revision ?? source.revision;
  return `${host}/${repository}/resolve/${revision}/${file.path}`;
}
