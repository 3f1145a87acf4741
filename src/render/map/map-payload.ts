/**
 * Packs a map into the data that its page carries.
 */
import { groupByFolder } from "../../core/map/folder-groups.ts";
import type { LibraryMap, MapColor } from "../../core/map/library-map.ts";
import type { MapPayload, ThumbnailPayload } from "../../core/map/map-payload.ts";
import { type SpriteSheets, sheetColumns } from "../../core/map/sprite-sheet.ts";
import { folderPrefix } from "../../core/paths.ts";
import { numbersToBase64, toBase64 } from "../../core/text/base64.ts";
import { frontCode } from "../../core/text/front-coding.ts";

/** Folders with a colour of their own: as many as the page has colours. */
const FOLDERS = 12;

export function packMap({ points, sets }: LibraryMap, thumbnails: SpriteSheets | null, color: MapColor): MapPayload {
  const { folders, groupOf } = groupByFolder(
    points.map(({ photos }) => photos[0] as string),
    FOLDERS,
  );
  return {
    places: numbersToBase64(Float32Array.from(points.flatMap(({ x, y }) => [x, y]))),
    photoCounts: numbersToBase64(Uint32Array.from(points, ({ photos }) => photos.length)),
    paths: frontCode(points.flatMap(({ photos }) => photos)),
    folders: { names: shortNames(folders), groupOf: numbersToBase64(Uint8Array.from(groupOf)) },
    years: numbersToBase64(Uint16Array.from(points, ({ year }) => year ?? 0)),
    outlierScores: numbersToBase64(Float32Array.from(points, ({ outlierScore }) => outlierScore)),
    sets,
    thumbnails: thumbnails === null ? null : encodeThumbnails(thumbnails),
    color,
  };
}

function encodeThumbnails({ edge, sheets }: SpriteSheets): ThumbnailPayload {
  return {
    edge,
    columns: sheetColumns(edge),
    sheets: sheets.map(({ jpeg, tiles }) => ({
      image: toBase64(jpeg),
      points: numbersToBase64(Uint32Array.from(tiles, ({ index }) => index)),
      sizes: numbersToBase64(Uint8Array.from(tiles.flatMap(({ width, height }) => [width, height]))),
    })),
  };
}

/** Without the folders that all have above them; the last name is always left. */
function shortNames(folders: readonly string[]): readonly string[] {
  const parts = folders.map((folder) => folder.split(/[\\/]/));
  const shortest = Math.min(...parts.map(({ length }) => length));
  let shared = 0;
  while (shared < shortest - 1 && parts.every((names) => names[shared] === parts[0]?.[shared])) shared++;
  return folders.map((folder, i) => (parts[i] as string[]).slice(shared).join(folderPrefix(folder).at(-1)) || folder);
}
