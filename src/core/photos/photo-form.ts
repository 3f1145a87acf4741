/**
 * How a photo is named in files that people and programs write: by its path and by its content.
 */
import { matching, type Read, textOf } from "../text/json-form.ts";
import type { ContentHash, PhotoPath } from "../units.ts";

const LONGEST_PATH = 32_767;
/** "/photos/a.jpg", "C:\\photos\\a.jpg", "\\\\server\\share\\a.jpg". */
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\[^\\/])/;

/** No part of it leads back up, or says nothing. */
export const plainPath: Read<PhotoPath> = textOf((text): text is PhotoPath => isPlainPath(text), "an absolute path without . and ..");

export const sha256: Read<ContentHash> = matching(/^[0-9a-f]{64}$/, "64 lower-case hex digits") as Read<ContentHash>;

function isPlainPath(text: string): boolean {
  if (!ABSOLUTE.test(text) || text.length > LONGEST_PATH || text.includes("\0") || /\p{Cs}/u.test(text)) return false;
  const parts = text.replace(/^(?:[A-Za-z]:[\\/]|\\\\|\/)/, "").split(text.startsWith("/") ? "/" : /[\\/]/);
  return parts.every((part) => part !== "" && part !== "." && part !== "..");
}
