/**
 * What was drawn, for the terminal and for programs.
 */
import type { LibraryMap } from "../../core/map/library-map.ts";
import type { SpriteSheets } from "../../core/map/sprite-sheet.ts";
import { renderJsonAnswer } from "../json-answer.ts";
import { thresholdFields } from "../threshold-fields.ts";
import { byteSize, counted, grouped, printablePath } from "../words.ts";
import { mapFacts } from "./map-html.ts";

export interface MapSummary {
  readonly map: LibraryMap;
  /** Null for a page without. */
  readonly thumbnails: SpriteSheets | null;
  readonly output: string;
  /** Of the page. */
  readonly bytes: number;
}

export function renderMapText({ map, thumbnails, output, bytes }: MapSummary): string {
  const shown = tileCount(thumbnails);
  const lines = [
    `${printablePath(output)}, ${byteSize(bytes)}: ${mapFacts(map).join(", ")}.`,
    thumbnails === null ? "" : `${counted(shown, "thumbnail")}${shortOf(map.points.length - shown, thumbnails.droppedCount)}.`,
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}

function shortOf(missing: number, dropped: number): string {
  const unread = missing - dropped;
  return [
    dropped > 0 ? `; ${grouped(dropped)} left out to limit the size, evenly across the library` : "",
    unread > 0 ? `; ${counted(unread, "photo")} could no longer be read` : "",
  ].join("");
}

export function renderMapJson({ map, thumbnails, output, bytes }: MapSummary): string {
  const { encoder, threshold, points, sets } = map;
  const photos = points.reduce((sum, point) => sum + point.photos.length, 0);
  const counts = { photos, points: points.length, sets: sets.length, thumbnails: tileCount(thumbnails) };
  return renderJsonAnswer("map", { encoder, ...thresholdFields(threshold), output, bytes, ...counts });
}

function tileCount(thumbnails: SpriteSheets | null): number {
  return thumbnails?.sheets.reduce((sum, { tiles }) => sum + tiles.length, 0) ?? 0;
}
