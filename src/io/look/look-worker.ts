/**
 * The process that looks at pictures: reads them, and keeps what it made of the last few, since a keeper is looked at with every extra.
 */
import type { Pages } from "../../core/look/look-at-pages.ts";
import type { Look } from "../../core/look/verdict.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import type { ContentHash } from "../../core/units.ts";
import { type Handle, type OnStep, serveSteps } from "../workers/process-service.ts";

export interface LookRequest {
  readonly one: IdentifiedPhoto;
  readonly others: readonly IdentifiedPhoto[];
  /** That an empty photo may take; see `time-limit.ts`. */
  readonly maxSeconds: number;
}

export type LookStep =
  | { readonly kind: "opening" | "drawing" | "comparing"; readonly hash: ContentHash }
  /** The next of the others; null where a photo could not be read. */
  | { readonly kind: "seen"; readonly look: Look | null };

/** About 4 MB each, and 1 MB more where it was looked at beside a much smaller one. */
const KEPT_FILES = 12;

serveSteps(load);

/** All that looks is loaded here: a part of it may be missing. */
async function load(): Promise<Handle<LookRequest, LookStep, null>> {
  const { keepingFirst, lookAtPages } = await import("../../core/look/look-at-pages.ts");
  const { PictureReader } = await import("./picture-reader.ts");
  const reader = new PictureReader();
  const files = new Map<string, Pages>();
  let onStep: OnStep<LookStep> = () => {};

  const fileOf = async (photo: IdentifiedPhoto, maxSeconds: number): Promise<Pages> => {
    const { hash } = photo;
    const known = files.get(hash);
    files.delete(hash);
    const file = known ?? keepingFirst(await reader.open(photo, maxSeconds, (kind, limitMs) => onStep({ kind, hash }, limitMs)));
    files.set(hash, file);
    for (const oldest of files.keys()) {
      if (files.size <= KEPT_FILES) break;
      files.delete(oldest);
    }
    return file;
  };
  return async ({ one, others, maxSeconds }, tell) => {
    const limitMs = maxSeconds * 1000;
    onStep = tell;
    // A file that cannot be read says nothing of the pictures: the pair is looked at again when it can.
    const look = async (other: IdentifiedPhoto) => lookAtPages(await fileOf(one, maxSeconds), await fileOf(other, maxSeconds));
    for (const other of others) {
      tell({ kind: "comparing", hash: other.hash }, limitMs);
      tell({ kind: "seen", look: await look(other).catch(() => null) }, limitMs);
    }
    return null;
  };
}
