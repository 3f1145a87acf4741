/**
 * A look at two files of one or several pictures: page by page, as far as is needed.
 */
import { lookAtPictures } from "./look.ts";
import type { PreparedPicture } from "./prepared-picture.ts";
import type { Look } from "./verdict.ts";

export interface Pages {
  /** Pages or frames. */
  readonly count: number;
  page(index: number): Promise<PreparedPicture>;
}

/** Frames of an animation are many and alike: so many of them, the first and the last among them, stand for all. */
const MOST_PAGES = 24;

const DIFFERENT: Look = { verdict: "different", agreement: 0, laying: null, regions: [] };

/** Another number of pages is never the same picture. The first pages' look, or that of the first two that are not the same. */
export async function lookAtPages(one: Pages, other: Pages): Promise<Look> {
  if (one.count !== other.count) return DIFFERENT;
  const first = lookAtPictures(await one.page(0), await other.page(0));
  for (const page of pagesToCompare(one.count).slice(1)) {
    if (first.verdict !== "same") break;
    const look = lookAtPictures(await one.page(page), await other.page(page));
    // A page that is blank in both files tells nothing against them.
    if (look.verdict !== "same" && look.verdict !== "undecided") return { ...look, laying: null };
  }
  return first;
}

function pagesToCompare(count: number): readonly number[] {
  const compared = Math.min(count, MOST_PAGES);
  return Array.from({ length: compared }, (_, i) => (compared === 1 ? 0 : Math.round((i * (count - 1)) / (compared - 1))));
}

/** With its first page kept, which every look begins with. */
export function keepingFirst(pages: Pages): Pages {
  let first: Promise<PreparedPicture> | null = null;
  return {
    count: pages.count,
    page: (index) => {
      if (index > 0) return pages.page(index);
      first ??= pages.page(0);
      return first;
    },
  };
}
