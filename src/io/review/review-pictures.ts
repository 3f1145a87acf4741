/**
 * Pictures of a review: those of a screen's size are kept a while, since one is shown large, in a list and above another.
 */
import { DEFAULT_MAX_MEGAPIXELS } from "../../core/photos/decode-memory.ts";
import { thumbnailsApart } from "../photos/apart/thumbnails-apart.ts";
import type { Thumbnails } from "../photos/thumbnail.ts";
import type { PictureSize } from "./review-server.ts";

/** Edge of the square that a picture fits into, in pixels; none is enlarged. */
const EDGES: Readonly<Record<PictureSize, number>> = { screen: 1600, full: 12_000 };
/** Some 20 MB. */
const PICTURES_KEPT = 64;

export class ReviewPictures {
  readonly #thumbnails: Readonly<Record<PictureSize, Thumbnails>> = {
    screen: thumbnailsApart(EDGES.screen, DEFAULT_MAX_MEGAPIXELS),
    full: thumbnailsApart(EDGES.full, DEFAULT_MAX_MEGAPIXELS),
  };
  /** Those used last stand last. */
  readonly #kept = new Map<string, Promise<Uint8Array | null>>();

  /** @returns null for a photo that is gone or cannot be decoded */
  of(path: string, size: PictureSize): Promise<Uint8Array | null> {
    if (size === "full") return this.#thumbnails.full.make(path);
    const picture = this.#kept.get(path) ?? this.#thumbnails.screen.make(path);
    this.#kept.delete(path);
    this.#kept.set(path, picture);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > PICTURES_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return picture;
  }

  async close(): Promise<void> {
    await this.#thumbnails.screen.close();
    await this.#thumbnails.full.close();
  }
}
