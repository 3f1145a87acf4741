/**
 * Pages of old books: each made black and white by two methods, which is the same page, and beside the other pages of its book.
 */
import { basename, join } from "node:path";
import { vectorsOf } from "./nearest.mjs";
import { addScannedPages } from "./scanned-pages.mjs";
import { BOOKS, filesOf } from "./sources.mjs";

/** Of the pages, every so many-th has its other version compared. */
const EVERY = 4;

/**
 * @param {import("./gathering.mjs").Gathering} gathering
 * @param {{ clones: string | undefined, folder: string }} where
 * @returns {Promise<readonly string[]>} repositories that are missing
 */
export async function addBooks(gathering, where) {
  const [pages, otherwise] = BOOKS.map((set) => filesOf(set, where));
  if (pages.length === 0) return [BOOKS[0].repository];
  const paths = pages.map(({ path }) => path);
  const vectors = vectorsOf(paths, join(gathering.folder, "vectors-books.jsonl"));
  await addScannedPages(gathering, "books", vectors, { sourceOf, rescans: 30, mostPairs: 2000 });
  const others = new Map(otherwise.map(({ path, parts }) => [parts[1], path]));
  for (const { path, parts } of pages.filter((_, at) => at % EVERY === 0)) {
    const other = others.get(parts[1]);
    if (other !== undefined)
      gathering.add(
        "books: black and white by another method",
        { path, source: sourceOf(path) },
        { path: other, source: sourceOf(path) },
        "same",
      );
  }
  return [];
}

/** The page, whatever the method. */
function sourceOf(path) {
  return `book ${basename(path).replace(/^.*?(\w+)\.tiff$/, "$1")}`;
}
