/**
 * What the asking reads of a library: pairs around a similarity, by each encoder, and the photos they are of.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import { cosine } from "../../core/encoders/similarity.ts";
import type { LabelStore } from "../../core/labels/question.ts";
import type { ContentId, LibraryContent, Pair } from "../../core/library/contents.ts";
import type { PhotoPath, Similarity } from "../../core/units.ts";
import type { ReportDatabase } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";

export class LabelDatabase implements LabelStore {
  readonly encoders: LabelStore["encoders"];
  readonly #db: Sqlite;
  readonly #report: ReportDatabase;
  readonly #vectors = new Map<string, Float32Array | null>();

  /** @param report of the first encoder */
  constructor(db: Sqlite, report: ReportDatabase, encoders: LabelStore["encoders"]) {
    this.#db = db;
    this.#report = report;
    this.encoders = encoders;
  }

  pairsNear({ key }: ChosenEncoder, similarity: number, limit: number): readonly Pair[] {
    const side = (comparison: string, order: string) =>
      this.#db
        .prepare<[string, number, number], Pair>(
          `SELECT a, b, similarity FROM pair WHERE encoder_id = (SELECT id FROM encoder WHERE key = ?) AND similarity ${comparison} ?
           ORDER BY similarity ${order} LIMIT ?`,
        )
        .all(key, similarity, limit);
    return [...side(">=", "ASC"), ...side("<", "DESC")];
  }

  similarityBy(encoder: ChosenEncoder, a: ContentId, b: ContentId): Similarity | null {
    const [one, other] = [this.#vector(encoder, a), this.#vector(encoder, b)];
    return one === null || other === null ? null : cosine(one, other);
  }

  contentsFor(pairs: readonly Pair[]): ReadonlyMap<ContentId, LibraryContent> {
    return this.#report.contentsFor(pairs);
  }

  contentAt(path: PhotoPath): ContentId | null {
    return this.#db.prepare<[string], ContentId>("SELECT content_id FROM photo WHERE path = ?").pluck().get(path) ?? null;
  }

  #vector({ key }: ChosenEncoder, content: ContentId): Float32Array | null {
    const name = `${key} ${content}`;
    const known = this.#vectors.get(name);
    if (known !== undefined) return known;
    const blob = this.#db
      .prepare<[string, ContentId], Buffer>(
        "SELECT vector FROM embedding JOIN encoder ON encoder.id = encoder_id WHERE key = ? AND content_id = ?",
      )
      .pluck()
      .get(key, content);
    const vector = blob === undefined ? null : new Float32Array(new Uint8Array(blob).buffer);
    this.#vectors.set(name, vector);
    return vector;
  }
}
