/**
 * What a map reads beside the vectors: the photos and when they were taken.
 */
import type { ContentId } from "../../core/library/contents.ts";
import type { MapPhoto, MapStore } from "../../core/map/ports.ts";
import { readCaptureTime } from "../../core/photos/exposure.ts";
import type { PhotoPath } from "../../core/units.ts";
import type { EncoderId } from "./encoder-row.ts";
import { photoPages } from "./photo-pages.ts";
import type { Server } from "./server.ts";

interface PhotoRow {
  readonly content: ContentId;
  readonly path: PhotoPath;
  readonly taken_at: string | null;
}

export class ServerMapStore implements MapStore {
  readonly #server: Server;
  readonly #encoderId: EncoderId;

  constructor(server: Server, encoderId: EncoderId) {
    this.#server = server;
    this.#encoderId = encoderId;
  }

  async *photos(): AsyncGenerator<readonly MapPhoto[]> {
    const pages = photoPages<PhotoRow>(this.#server, this.#encoderId, "photo.content_id AS content, path, taken_at");
    for await (const page of pages)
      yield page.map(({ content, path, taken_at }) => ({ content, path, takenAt: taken_at === null ? null : readCaptureTime(taken_at) }));
  }
}
