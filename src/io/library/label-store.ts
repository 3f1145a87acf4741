/**
 * What the asking reads of a library: pairs around a similarity, by each encoder, and the photos they are of.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { LabelStore } from "../../core/labels/question.ts";
import type { ContentId, LibraryContent, Pair } from "../../core/library/contents.ts";
import type { PhotoPath } from "../../core/units.ts";
import { found } from "./found.ts";
import { type ReportDatabase, vectorsOf } from "./report-store.ts";
import type { Sqlite } from "./sqlite.ts";

export class LabelDatabase implements LabelStore {
  readonly encoders: LabelStore["encoders"];
  readonly #db: Sqlite;
  readonly #report: ReportDatabase;

  /** @param report of the first encoder */
  constructor(db: Sqlite, report: ReportDatabase, encoders: LabelStore["encoders"]) {
    this.#db = db;
    this.#report = report;
    this.encoders = encoders;
  }

  async pairsNear({ key }: ChosenEncoder, similarity: number, limit: number): Promise<readonly Pair[]> {
    const side = (comparison: string, order: string) =>
      this.#db
        .prepare<[string, number, number], Pair>(
          `SELECT a, b, similarity FROM pair WHERE encoder_id = (SELECT id FROM encoder WHERE key = ?) AND similarity ${comparison} ?
           ORDER BY similarity ${order} LIMIT ?`,
        )
        .all(key, similarity, limit);
    return [...side(">=", "ASC"), ...side("<", "DESC")];
  }

  async vectors({ key }: ChosenEncoder, contents: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, Float32Array>> {
    const id = this.#db.prepare<[string], number>("SELECT id FROM encoder WHERE key = ?").pluck().get(key);
    return id === undefined ? new Map() : vectorsOf(this.#db, id, contents);
  }

  contents(ids: Iterable<ContentId>): Promise<ReadonlyMap<ContentId, LibraryContent>> {
    return this.#report.contents(ids);
  }

  async contentsAt(paths: readonly PhotoPath[]): Promise<ReadonlyMap<PhotoPath, ContentId>> {
    const find = this.#db.prepare<[string], ContentId>("SELECT content_id FROM photo WHERE path = ?").pluck();
    return found(paths, (path) => find.get(path));
  }
}
