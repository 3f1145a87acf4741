/**
 * A look at two files of one or several pictures: page by page, as far as is needed.
 */
import { ENLARGED_FROM, isMerelyEnlarged } from "./detail.ts";
import type { GreyPicture } from "./grey-picture.ts";
import { lookAtPictures } from "./look.ts";
import type { PreparedPicture } from "./prepared-picture.ts";
import { type Shape, scaleOf } from "./quads.ts";
import type { Look } from "./verdict.ts";

export interface Pages {
  /** Pages or frames. */
  readonly count: number;
  /** Of the first, in pixels. */
  readonly size: Shape;
  page(index: number): Promise<PreparedPicture>;
  /** The middle of the first, as it is stored, at most `PART_EDGE` each way. */
  middle(): Promise<GreyPicture>;
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
  return withDetail(first, one, other);
}

/** A picture of many more pixels than the other is looked at once more: it may show nothing that the other does not. */
async function withDetail(look: Look, one: Pages, other: Pages): Promise<Look> {
  if (look.laying === null) return look;
  const scale = scaleOf(look.laying.otherOnOne, other.size, one.size);
  const larger = scale >= 1 ? one : other;
  const times = Math.max(scale, 1 / scale);
  if (times < ENLARGED_FROM || !isMerelyEnlarged(await larger.middle(), times)) return look;
  return { ...look, laying: { ...look.laying, isEnlarged: { one: larger === one, other: larger === other } } };
}

function pagesToCompare(count: number): readonly number[] {
  const compared = Math.min(count, MOST_PAGES);
  return Array.from({ length: compared }, (_, i) => (compared === 1 ? 0 : Math.round((i * (count - 1)) / (compared - 1))));
}

/** With its first page kept, which every look begins with, and its middle, for which the whole picture is decoded. */
export function keepingFirst(pages: Pages): Pages {
  let first: Promise<PreparedPicture> | null = null;
  let middle: Promise<GreyPicture> | null = null;
  return {
    ...pages,
    page: (index) => {
      if (index > 0) return pages.page(index);
      first ??= pages.page(0);
      return first;
    },
    middle: () => {
      middle ??= pages.middle();
      return middle;
    },
  };
}
