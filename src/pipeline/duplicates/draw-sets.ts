/**
 * Small pictures for the sets of a report, a few sets at a time, as many as have room: whoever writes them down holds no more than these.
 */
import { type DrawnSet, type DrawPicture, photosToDraw, type SmallPicture } from "../../core/duplicates/drawn-set.ts";
import type { DuplicateSet } from "../../core/duplicates/duplicate-sets.ts";
import type { ContentId } from "../../core/library/contents.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";

export interface DrawPorts {
  readonly draw: DrawPicture;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  readonly stop: AbortSignal;
}

const SETS_AT_ONCE = 16;

/**
 * In the order given, and the first ones have pictures: the same sets give the same pictures. Ends early when it is stopped.
 * @param room bytes that all pictures may take together
 */
export async function* drawSets(sets: readonly DuplicateSet[], room: number, ports: DrawPorts): AsyncGenerator<DrawnSet> {
  let left = room;
  for (let from = 0; from < sets.length && !ports.stop.aborted; from += SETS_AT_ONCE) {
    const some = sets.slice(from, from + SETS_AT_ONCE);
    const drawn = left > 0 ? await drawSome(some, ports) : null;
    for (const set of some) {
      const pictures = new Map([...photosToDraw(set).keys()].flatMap((id) => entryOf(id, drawn)));
      // Once one set has no room none has, so that a reader knows from where on.
      left = left > 0 ? left - [...pictures.values()].reduce((sum, { jpeg }) => sum + jpeg.length, 0) : left;
      yield { set, pictures: left > 0 ? pictures : null };
    }
    ports.onProgress({ step: "thumbnails", done: from + some.length, total: sets.length });
  }
}

function entryOf(id: ContentId, drawn: ReadonlyMap<ContentId, SmallPicture> | null): readonly (readonly [ContentId, SmallPicture])[] {
  const picture = drawn?.get(id);
  return picture === undefined ? [] : [[id, picture]];
}

async function drawSome(sets: readonly DuplicateSet[], { draw, parallel }: DrawPorts): Promise<ReadonlyMap<ContentId, SmallPicture>> {
  const photos = new Map(sets.flatMap((set) => [...photosToDraw(set)]));
  const drawn = new Map<ContentId, SmallPicture>();
  const drawOne = async ([id, path]: readonly [ContentId, PhotoPath]) => [id, await draw(path)] as const;
  for await (const [id, picture] of inParallel(photos, parallel, drawOne)) if (picture !== null) drawn.set(id, picture);
  return drawn;
}
