/**
 * A path on a page: in full, since a page that is mailed knows no working folder, and broken behind its separators.
 */
import { html, type Markup } from "../html/page.ts";
import { printablePath } from "../words.ts";

export function pathMarkup(path: string): Markup {
  const pieces = shownInFull(path).split(/(?<=[/\\])/);
  return html`${pieces.map((piece, i) => (i === 0 ? html`${piece}` : html`<wbr>${piece}`))}`;
}

/** The root of all is the only folder without a name. */
export function shownInFull(path: string): string {
  return path === "" ? "/" : printablePath(path);
}
