/**
 * What no answer is written over, whoever's it is: a picture or film that no scan has met yet, a database such as another library, and what
 * people did and decided in it.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { contentKind, HEAD_BYTES } from "../core/photos/content-kind.ts";
import type { FilePlace } from "./output-place.ts";

/** Of an SQLite file (https://www.sqlite.org/fileformat.html, 1.3). */
const DATABASE = "SQLite format 3\0";
const OWN_FILES = /\.(?:history|decisions|review|reported)\.jsonl$/;
/** What a report that is written anew may begin as. */
const REPLACEABLE: readonly string[] = ["web pages", "SVG images"];

/** @returns what stands there, as in "… is a picture"; null for what may be replaced */
export function unreplaceableAt({ path, now }: FilePlace): string | null {
  if (now === null) return null;
  if (OWN_FILES.test(path)) return "a file of a library";
  const head = headOf(path);
  if (head === null) return null;
  if (head.toString("latin1", 0, DATABASE.length) === DATABASE) return "a database";
  const kind = contentKind(head);
  if (kind === null || REPLACEABLE.includes(kind.name)) return null;
  return kind.is === "other" ? "no file of text" : "a picture";
}

/** Null for what cannot be read: what cannot be read is told when it is written. */
function headOf(path: string): Buffer | null {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
