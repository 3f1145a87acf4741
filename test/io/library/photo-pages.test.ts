import { expect, test } from "vitest";
import type { ChosenEncoder } from "../../../src/core/encoders/ports.ts";
import { encoderKey } from "../../../src/core/units.ts";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { DerivedDatabase } from "../../../src/io/library/derived-vectors-store.ts";
import { PairDatabase } from "../../../src/io/library/pair-store.ts";
import { photoPages } from "../../../src/io/library/photo-pages.ts";
import { SCHEMA_STEPS } from "../../../src/io/library/schema.ts";
import { SearchDatabase } from "../../../src/io/library/search-store.ts";
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

test("vectors are read off in the order they were made, page by page or all, and not sorted out of all of them", async () => {
  const { db, statements } = watched();
  const encoder = { key: encoderKey("1".repeat(64)), spec: { image: { dimensions: 4 } } } as unknown as ChosenEncoder;
  for await (const _ of new SearchDatabase(db, 1, encoder).vectors()) expect.unreachable();
  for await (const _ of new DerivedDatabase(db, 1, 2).pages()) expect.unreachable();
  await new PairDatabase(db, 1, 4, async function* () {}).loadVectors();
  const ordered = statements.filter((statement) => statement.includes("ORDER BY seq"));
  expect(ordered).toHaveLength(3);
  for (const statement of ordered) {
    const values = Array.from(statement.matchAll(/\?/g), () => 1);
    const plan = db.prepare<number[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${statement}`).all(...values);
    expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/);
  }
});
