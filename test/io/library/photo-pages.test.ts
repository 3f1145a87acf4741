import { expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { photoPages } from "../../../src/io/library/photo-pages.ts";
import { SCHEMA_STEPS } from "../../../src/io/library/schema.ts";
import type { Sqlite } from "../../../src/io/library/sqlite.ts";

/** A library's tables, and what its statements were. */
function watched(): { readonly db: Sqlite; readonly statements: readonly string[] } {
  const db = new Database(":memory:") as Sqlite;
  for (const step of SCHEMA_STEPS) db.exec(step);
  const statements: string[] = [];
  const prepare = db.prepare.bind(db);
  db.prepare = ((query: string) => {
    statements.push(query);
    return prepare(query);
  }) as typeof db.prepare;
  return { db, statements };
}

test("a page of photos is read off in path order, and not sorted out of all of them", async () => {
  const { db, statements } = watched();
  for await (const _ of photoPages(db, 1, "path")) expect.unreachable();
  const plan = db.prepare<[number, string, number], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${statements[0]}`).all(1, "", 10);
  expect(plan.map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/^SEARCH photo USING PRIMARY KEY/),
    expect.stringMatching(/^SEARCH embedding USING/),
  ]);
});
