/**
 * Pictures of the review, kept a while: those of the next set are asked for while this one is looked at.
 */
export type PictureSizeName = "small" | "screen" | "full";

/** Of a few sets, in two sizes. */
const PICTURES_HELD = 60;
const held = new Map<string, HTMLImageElement>();

/** The one element of that picture: it stands in one place at a time. */
export function pictureOf(set: number, member: number, size: PictureSizeName, alt: string): HTMLImageElement {
  const name = `picture/${set}/${member}/${size}`;
  const known = held.get(name);
  const image = known ?? new Image();
  held.delete(name);
  held.set(name, image); // those used last stand last
  if (known === undefined) {
    image.alt = `${alt} cannot be shown`;
    image.draggable = false;
    image.src = name;
  }
  const [oldest] = held.keys();
  if (held.size > PICTURES_HELD && oldest !== undefined) held.delete(oldest);
  return image;
}
