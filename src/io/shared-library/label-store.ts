/**
 * What the asking reads of a library: pairs around a similarity, by each encoder, and the photos they are of.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LabelStore } from "../../core/labels/question.ts";
import type { ContentId, LibraryContent, Pair } from "../../core/library/contents.ts";
import type { PhotoPath } from "../../core/units.ts";
import { knownEncoderId } from "./encoder-row.ts";
import { storable } from "./given-rows.ts";
import { type ServerReportStore, vectorsOf } from "./report-store.ts";
import type { Server } from "./server.ts";

export class ServerLabelStore implements LabelStore {
  readonly encoders: LabelStore["encoders"];
  readonly #server: Server;
  readonly #report: ServerReportStore;

  /** @param report of the first encoder */
  constructor(server: Server, report: ServerReportStore, encoders: LabelStore["encoders"]) {
    this.#server = server;
    this.#report = report;
    this.encoders = encoders;
  }

  async pairsNear(encoder: ChosenEncoder, similarity: number, limit: number): Promise<readonly Pair[]> {
    const id = await knownEncoderId(this.#server, encoder);
    const side = (comparison: string, order: string) =>
      this.#server.rows<Pair>(
        `SELECT a, b, similarity FROM pair WHERE encoder_id = $1 AND similarity ${comparison} $2 ORDER BY similarity ${order} LIMIT $3`,
        [id, similarity, limit],
      );
    return [...(await side(">=", "ASC")), ...(await side("<", "DESC"))];
  }

  async vectors(encoder: ChosenEncoder, contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>> {
    return vectorsOf(this.#server, await knownEncoderId(this.#server, encoder), contents);
  }

  contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return this.#report.contents(ids);
  }

  async contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>> {
    const rows = await this.#server.rows<{ readonly path: PhotoPath; readonly content_id: ContentId }>(
      "SELECT path, content_id FROM photo WHERE path = ANY($1::text[])",
      [paths.map(storable)],
    );
    return new Map(rows.map(({ path, content_id }) => [path, content_id]));
  }
}
