/**
 * Reads what is not compared although it may be a picture.
 */
import type { LeftOutStore } from "../../core/library/left-out.ts";
import { NEARLY_EMPTY_BELOW } from "../../core/photos/detail.ts";
import type { PassedBy } from "../../core/photos/passed-by.ts";
import type { ContentId, EncoderKey, PhotoPath } from "../../core/units.ts";
import { knownEncoderId } from "./encoder-row.ts";
import { pagesBehind } from "./pages.ts";
import type { Server } from "./server.ts";

const PAGE = 1_000;
/** What one root leaves out and another was asked for is there, or a folder that is walked by itself. */
const WHERE_ELSE = ["pending", "skipped", "side_file", "root"];

interface ShownRow {
  readonly content: ContentId;
  readonly detail: number;
}

interface HeldRow extends ShownRow {
  readonly paths: readonly PhotoPath[];
}

export class ServerLeftOutStore implements LeftOutStore {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async *heldBack(encoder: EncoderKey): AsyncGenerator<readonly PhotoPath[]> {
    const id = await knownEncoderId(this.#server, { key: encoder });
    const read = ({ detail, content }: ShownRow) =>
      this.#server.rows<HeldRow>(
        `SELECT content_id AS content, detail,
           ARRAY(SELECT path FROM photo WHERE photo.content_id = embedding.content_id AND NOT missing ORDER BY path) AS paths
         FROM embedding WHERE encoder_id = $1 AND detail < $2 AND (detail, content_id) > ($3, $4) ORDER BY detail, content_id LIMIT $5`,
        [id, NEARLY_EMPTY_BELOW, detail, content, PAGE],
      );
    for await (const rows of pagesBehind<HeldRow, ShownRow>({ content: 0 as ContentId, detail: -1 }, read, (row) => row)) {
      const paths = rows.flatMap((row) => row.paths);
      if (paths.length > 0) yield paths;
    }
  }

  passedBy(): AsyncIterable<readonly PassedBy[]> {
    const read = (after: string) =>
      this.#server.rows<PassedBy>(
        `SELECT path, reason FROM left_out WHERE path > $1
         AND NOT EXISTS (SELECT 1 FROM photo WHERE photo.path = left_out.path AND NOT missing)
         ${WHERE_ELSE.map((table) => `AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${table}.path = left_out.path)`).join(" ")}
         ORDER BY path LIMIT $2`,
        [after, PAGE],
      );
    return pagesBehind("", read, ({ path }) => path as string);
  }
}
