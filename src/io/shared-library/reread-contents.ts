/**
 * Contents whose photos were read again for what an earlier version did not look for.
 */
import type { ReadAgain } from "../../core/library/scan-store.ts";
import { factColumns } from "../library/fact-columns.ts";
import { FACT_TYPES, SET_GIVEN_FACTS } from "./fact-types.ts";
import { givenRows, lastOf, rowsParameter } from "./given-rows.ts";
import { forgetLooks } from "./look-store.ts";
import type { ScanOf } from "./scan-of.ts";
import type { Changes } from "./server.ts";

/** As `ScanStore.recordFacts`. */
export async function rereadContents(changes: Changes, { scan }: ScanOf, read: readonly ReadAgain[]): Promise<void> {
  const rows = read.map(({ content, facts }) => ({ ...factColumns(facts), content }));
  await changes.change(
    `UPDATE content SET ${SET_GIVEN_FACTS} FROM ${givenRows(`content bigint, ${FACT_TYPES}`)} WHERE content.id = given.content`,
    [rowsParameter(lastOf(rows, ({ content }) => content))],
  );
  const others = read.filter(({ isSamePicture }) => !isSamePicture).map(({ content }) => content);
  if (others.length === 0) return;
  for (const side of ["a", "b"]) await changes.change(`DELETE FROM pair WHERE ${side} = ANY($1::bigint[])`, [others]);
  await changes.change("DELETE FROM embedding WHERE content_id = ANY($1::bigint[])", [others]);
  await forgetLooks(changes, others);
  await changes.change(
    `INSERT INTO pending (path, bytes, modified_ms, changed_ms, file_id, scan)
     SELECT path, bytes, modified_ms, changed_ms, file_id, scan FROM photo JOIN content ON content.id = content_id
     WHERE content_id = ANY($1::bigint[]) AND scan = $2 AND NOT missing
     ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms, changed_ms = excluded.changed_ms,
       file_id = excluded.file_id, scan = excluded.scan`,
    [others, scan],
  );
}
