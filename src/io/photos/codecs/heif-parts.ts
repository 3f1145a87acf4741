/**
 * What the pixels of a HEIC or AVIF are decoded from.
 */
import { type HeifItems, readHeifItems } from "./heif-items.ts";
import { ofWholeFile } from "./pixel-parts.ts";

/** To the pieces of a grid, and from a mask to what it masks. */
const [PIECES, AUXILIARY] = ["dimg", "auxl"];
/** A picture that is made of itself has no end. */
const ITEMS_AT_MOST = 10_000;

/** The primary picture, the pictures it is made of, and its auxiliaries, of which transparency is one. */
export const heifParts = ofWholeFile((file, add) => {
  const found = readHeifItems(file);
  if (found === null) return false;
  let items = 0;
  const addItem = (id: number): boolean => {
    const item = found.items.get(id);
    if (item === undefined || item.extents === null || ++items > ITEMS_AT_MOST) return false;
    add(`item ${item.type}`, NOTHING);
    for (const range of item.properties) add("property", file.subarray(...range));
    for (const [from, to] of item.extents) {
      if (!(to <= file.length)) return false;
      add("data", file.subarray(from, to));
    }
    for (const { type, to } of found.references.filter(({ from }) => from === id)) add(`reference ${type} ${to.length}`, NOTHING);
    const below = partsOf(id, found);
    add(`parts ${below.length}`, NOTHING);
    return below.every(addItem);
  };
  return addItem(found.primary);
});

const NOTHING = new Uint8Array(0);

function partsOf(id: number, { references }: HeifItems): readonly number[] {
  const pieces = references.filter(({ type, from }) => type === PIECES && from === id).flatMap(({ to }) => to);
  const auxiliaries = references.filter(({ type, to }) => type === AUXILIARY && to.includes(id)).map(({ from }) => from);
  return [...pieces, ...auxiliaries];
}
