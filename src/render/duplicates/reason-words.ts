/**
 * Why a photo of a set is kept, in words.
 */
import type { ExifTelling, KeeperReason } from "../../core/duplicates/keeper.ts";
import type { Holding } from "../../core/duplicates/merits.ts";
import { printablePath } from "../words.ts";

const REASON_WORDS: Readonly<Record<Exclude<KeeperReason["rule"], "companions" | "exif" | "folder">, string>> = {
  format: "a format closer to the camera's",
  depth: "more bits per channel",
  name: "a name less like a copy's",
  untouched: "not saved by an editor",
  view: "the fuller picture",
  resolution: "more pixels",
  bytes: "more bytes",
  record: "the record beside it",
  age: "the older file",
  whole: "the other is damaged",
  "protected-folder": "in a protected folder",
  "shorter-path": "the shorter path",
  "path-order": "the first path in order",
};

const HOLDING_WORDS: Readonly<Record<Holding, string>> = {
  raw: "RAW",
  film: "film",
  edits: "edits",
  sound: "sound",
  "gain-map": "gain map",
};

const EXIF_WORDS: Readonly<Record<Exclude<ExifTelling, "camera">, string>> = { "capture-time": "capture time", place: "place" };

/** "a format closer to the camera's", "its RAW and film". */
export function reasonWords(reason: KeeperReason): string {
  switch (reason.rule) {
    case "folder":
      return `in the preferred folder ${printablePath(reason.folder)}`;
    case "companions":
      return `its ${enumerated(reason.holdings.map((holding) => HOLDING_WORDS[holding]))}`;
    case "exif": {
      const told = reason.tells.flatMap((telling) => (telling === "camera" ? [] : [EXIF_WORDS[telling]]));
      return told.length === 0 ? "the camera's EXIF" : `the ${enumerated(told)} in its EXIF`;
    }
    default:
      return REASON_WORDS[reason.rule];
  }
}

/** "RAW, film and edits". */
function enumerated(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" and ");
}
