/**
 * Thumbnails out of the sheets, and which of them the map has room for.
 */
import type { ThumbnailPayload } from "../../core/map/map-payload.ts";
import { fromBase64 } from "../../core/text/base64.ts";

/** Where a thumbnail lies. */
interface Tile {
  readonly sheet: HTMLImageElement;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export class Pictures {
  readonly #tiles = new Map<number, Tile>();
  readonly #opened: Promise<unknown>;

  constructor(payload: ThumbnailPayload | null) {
    const opened: Promise<void>[] = [];
    for (const { image, points, sizes } of payload?.sheets ?? []) {
      const sheet = new Image();
      sheet.src = `data:image/jpeg;base64,${image}`;
      opened.push(sheet.decode());
      this.#addTiles(sheet, new Uint32Array(fromBase64(points).buffer), fromBase64(sizes), payload as ThumbnailPayload);
    }
    this.#opened = Promise.all(opened);
  }

  #addTiles(sheet: HTMLImageElement, points: Uint32Array, sizes: Uint8Array, { edge, columns }: ThumbnailPayload): void {
    for (const [place, point] of points.entries()) {
      this.#tiles.set(point, {
        sheet,
        left: (place % columns) * edge,
        top: Math.floor(place / columns) * edge,
        width: sizes[2 * place] as number,
        height: sizes[2 * place + 1] as number,
      });
    }
  }

  /** Resolves when every sheet can be drawn. */
  opened(): Promise<unknown> {
    return this.#opened;
  }

  /** Those that have a picture; of every beginning of the list the points are spread over all. */
  points(): readonly number[] {
    return [...this.#tiles.keys()];
  }

  /** Draws the picture around a place, its longer edge `size` long. @returns what it covers */
  draw(context: CanvasRenderingContext2D, point: number, centerX: number, centerY: number, size: number): Frame | null {
    const tile = this.#tiles.get(point);
    if (tile === undefined) return null;
    const scale = size / Math.max(tile.width, tile.height);
    const [width, height] = [Math.round(tile.width * scale), Math.round(tile.height * scale)];
    const frame = { left: Math.round(centerX - width / 2), top: Math.round(centerY - height / 2), width, height };
    context.drawImage(tile.sheet, tile.left, tile.top, tile.width, tile.height, frame.left, frame.top, width, height);
    return frame;
  }

  /** A canvas with the picture as large as its tile; null where there is none. */
  asElement(point: number, longest = Number.POSITIVE_INFINITY): HTMLCanvasElement | null {
    const tile = this.#tiles.get(point);
    if (tile === undefined) return null;
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, longest / Math.max(tile.width, tile.height));
    canvas.width = Math.round(tile.width * scale);
    canvas.height = Math.round(tile.height * scale);
    const context = canvas.getContext("2d");
    context?.drawImage(tile.sheet, tile.left, tile.top, tile.width, tile.height, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
}

/** What a picture covers, in CSS pixels of the screen. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
