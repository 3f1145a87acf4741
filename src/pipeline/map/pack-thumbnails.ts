/**
 * Thumbnails for a page, sheet by sheet, as many as have room.
 */
import type { EncodeJpeg, MakeTile } from "../../core/map/ports.ts";
import { evenOrder, joinTiles, type Sheet, type SpriteSheets, sheetColumns, type Tile } from "../../core/map/sprite-sheet.ts";
import type { RgbPixels } from "../../core/photos/photo.ts";
import type { OnProgress } from "../../core/progress.ts";
import type { PhotoPath } from "../../core/units.ts";
import { inParallel } from "../in-parallel.ts";

export interface ThumbnailPorts {
  readonly makeTile: MakeTile;
  readonly encode: EncodeJpeg;
  readonly onProgress: OnProgress;
  /** Photos under way at once. */
  readonly parallel: number;
  readonly stop: AbortSignal;
}

export interface ThumbnailRoom {
  /** Of each tile's square, in pixels. */
  readonly edge: number;
  /** For all sheets together. */
  readonly bytes: number;
}

/**
 * @param paths a photo that cannot be read any more gets no tile
 */
export async function packThumbnails(
  paths: readonly PhotoPath[],
  { edge, bytes }: ThumbnailRoom,
  ports: ThumbnailPorts,
): Promise<SpriteSheets> {
  const perSheet = sheetColumns(edge) ** 2;
  const order = evenOrder(paths.length);
  const sheets: Sheet[] = [];
  let room = bytes;
  for (let from = 0; from < order.length && !ports.stop.aborted; from += perSheet) {
    const sheet = await makeSheet(
      order.slice(from, from + perSheet),
      paths,
      edge,
      (done) => ports.onProgress({ step: "thumbnails", done: from + done, total: order.length }),
      ports,
    );
    if (sheet === null) continue;
    room -= sheet.jpeg.length;
    if (room < 0) return { edge, sheets, droppedCount: order.length - from };
    sheets.push(sheet);
  }
  return { edge, sheets, droppedCount: 0 };
}

async function makeSheet(
  indices: readonly number[],
  paths: readonly PhotoPath[],
  edge: number,
  tellDone: (done: number) => void,
  { makeTile, encode, parallel }: ThumbnailPorts,
): Promise<Sheet | null> {
  const made = new Map<number, RgbPixels>();
  let done = 0;
  const makeOne = async (index: number) => [index, await makeTile(paths[index] as PhotoPath)] as const;
  for await (const [index, pixels] of inParallel(indices, parallel, makeOne)) {
    if (pixels !== null) made.set(index, pixels);
    tellDone(++done);
  }
  if (made.size === 0) return null;
  // In the order asked for, not in the one they were done in: the same library gives the same page.
  const inOrder = indices.flatMap((index) => {
    const pixels = made.get(index);
    return pixels === undefined ? [] : [{ index, pixels }];
  });
  const tiles: readonly Tile[] = inOrder.map(({ index, pixels: { width, height } }) => ({ index, width, height }));
  return {
    jpeg: await encode(
      joinTiles(
        inOrder.map(({ pixels }) => pixels),
        edge,
      ),
    ),
    tiles,
  };
}
