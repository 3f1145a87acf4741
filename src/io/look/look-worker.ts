/**
 * Worker thread that looks at pictures: reads them, and keeps what it made of the last few, since a keeper is looked at with every extra.
 */
import { keepingFirst, lookAtPages, type Pages } from "../../core/look/look-at-pages.ts";
import type { Look } from "../../core/look/verdict.ts";
import type { IdentifiedPhoto } from "../../core/photos/photo.ts";
import { serve } from "../workers/worker-service.ts";
import { PictureReader } from "./picture-reader.ts";

export interface LookRequest {
  readonly one: IdentifiedPhoto;
  readonly others: readonly IdentifiedPhoto[];
}
export type LookReply = readonly (Look | null)[];

/** About 4 MB each. */
const KEPT_FILES = 12;

const reader = new PictureReader();
const files = new Map<string, Pages>();

serve(async ({ one, others }: LookRequest) => {
  const looks: (Look | null)[] = [];
  for (const other of others) looks.push(await look(one, other));
  return { response: looks satisfies LookReply, transfer: [] };
});

/** A file that cannot be read says nothing of the pictures: the pair is looked at again when it can. */
async function look(one: IdentifiedPhoto, other: IdentifiedPhoto): Promise<Look | null> {
  try {
    return await lookAtPages(await fileOf(one), await fileOf(other));
  } catch {
    return null;
  }
}

async function fileOf(photo: IdentifiedPhoto): Promise<Pages> {
  const known = files.get(photo.hash);
  files.delete(photo.hash);
  const file = known ?? keepingFirst(await reader.open(photo));
  files.set(photo.hash, file);
  for (const hash of files.keys()) {
    if (files.size <= KEPT_FILES) break;
    files.delete(hash);
  }
  return file;
}
