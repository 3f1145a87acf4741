/**
 * A library of a later dupfind is left alone. How those of earlier ones go on serving is held by `test/contracts/library-file.test.ts`,
 * on files that they wrote: tables made here from today's steps would change together with what they are held against.
 */
import { join } from "node:path";
import { expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { SCHEMA_STEPS } from "../../../src/io/library/schema.ts";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

test("tables of a later version are refused, and nothing in them is changed", () => {
  const path = join(temporaryFolder(), "library.db");
  const later = SCHEMA_STEPS.length + 1;
  const db = new Database(path);
  for (const step of SCHEMA_STEPS) db.exec(step);
  db.pragma(`user_version = ${later}`);
  db.close();
  expect(() => SqliteLibrary.openExisting(path)).toThrow("was written by a newer dupfind");
  const after = new Database(path);
  expect(after.pragma("user_version", { simple: true })).toBe(later);
  after.close();
});
