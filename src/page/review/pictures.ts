/**
 * Pictures of the review, kept a while: those of the next set are asked for while this one is looked at.
 */
import { element } from "../elements.ts";

export type PictureSizeName = "screen" | "full";

/** Of a few sets, in two sizes. */
const PICTURES_HELD = 60;
const held = new Map<string, HTMLImageElement>();

/** The one element of that picture: it stands in one place at a time. */
export function pictureOf(set: number, member: number, size: PictureSizeName, alt: string): HTMLImageElement {
  const name = `${set}/${member}/${size}`;
  const image = held.get(name) ?? anotherPictureOf(set, member, size, alt);
  held.delete(name);
  held.set(name, image); // those used last stand last
  const [oldest] = held.keys();
  if (held.size > PICTURES_HELD && oldest !== undefined) held.delete(oldest);
  return image;
}

/** For a second place. */
export function anotherPictureOf(set: number, member: number, size: PictureSizeName, alt: string): HTMLImageElement {
  const image = element("img", "");
  image.alt = alt === "" ? "" : `${alt} cannot be shown`;
  image.draggable = false;
  image.src = `picture/${set}/${member}/${size}`;
  return image;
}
