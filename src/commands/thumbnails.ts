/**
 * Small pictures of photos, ready to stand in a page.
 */
import { thumbnailsApart } from "../io/photos/apart/thumbnails-apart.ts";
import { inParallel } from "../pipeline/in-parallel.ts";

const EDGE = 320;
const AT_ONCE = 4;

/** @returns a data URI for each path, or null where the photo cannot be shown */
export async function thumbnailsOf(paths: Iterable<string>, maxMegapixels: number): Promise<ReadonlyMap<string, string | null>> {
  const thumbnails = thumbnailsApart(EDGE, maxMegapixels);
  const made = new Map<string, string | null>();
  try {
    const make = async (path: string) => {
      const jpeg = await thumbnails.make(path);
      made.set(path, jpeg === null ? null : `data:image/jpeg;base64,${Buffer.from(jpeg).toString("base64")}`);
    };
    for await (const _ of inParallel(new Set(paths), AT_ONCE, make));
    return made;
  } finally {
    await thumbnails.close();
  }
}
