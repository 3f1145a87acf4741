/**
 * Draws pictures of any format, with the codecs that the formats met so far ask for.
 */
import type { PictureFormat } from "../../../core/photos/photo.ts";
import type { Codecs, Drawing, Drawn, InspectedPicture, OpenCodec, PictureSource } from "./codec.ts";

export class OpenCodecs {
  readonly #codecs: Codecs;
  readonly #threads: number;
  readonly #open = new Map<PictureFormat, Promise<OpenCodec>>();

  /** @param threads that each codec may start */
  constructor(codecs: Codecs, threads: number) {
    this.#codecs = codecs;
    this.#threads = threads;
  }

  /** As `OpenCodec.draw`. */
  async draw<Result>(source: PictureSource, picture: InspectedPicture, drawing: Drawing<Result>): Promise<Drawn<Result>> {
    const codec = await this.#codecOf(picture.shape.format);
    return codec.draw(source, picture, drawing);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(async (opening) => (await opening).close()));
  }

  #codecOf(format: PictureFormat): Promise<OpenCodec> {
    const opening = this.#open.get(format) ?? this.#codecs[format].open(this.#threads);
    this.#open.set(format, opening);
    return opening;
  }
}
