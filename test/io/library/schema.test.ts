/**
 * A library that an earlier dupfind wrote goes on serving; one of a later dupfind is left alone.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { SCHEMA_STEPS } from "../../../src/io/library/schema.ts";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

function writeLibrary(version: number, rows: string): string {
  const path = join(temporaryFolder(), "library.db");
  const db = new Database(path);
  for (const step of SCHEMA_STEPS.slice(0, version)) db.exec(step);
  db.exec(rows);
  db.pragma(`user_version = ${version}`);
  db.close();
  return path;
}

describe("the library's tables", () => {
  test("of the first version gain what is new, and keep what they hold", async () => {
    const path = writeLibrary(1, "INSERT INTO root (path) VALUES ('/photos'); INSERT INTO setting VALUES ('model', 'sscd');");
    for (let opening = 0; opening < 2; opening++) {
      const library = SqliteLibrary.openExisting(path);
      expect(await library.roots()).toEqual([{ path: "/photos", exclude: [], followLinks: false }]);
      expect(await library.defaultModel()).toBe("sscd");
      await library.close();
    }
  });

  test("of the second version keep what a broken-off scan had found, and count it", async () => {
    const pending = "INSERT INTO root (path) VALUES ('/photos'); INSERT INTO pending VALUES ('/photos/a.jpg', 1, 1, '1:1');";
    const library = SqliteLibrary.openExisting(writeLibrary(2, pending));
    expect(await library.status()).toMatchObject({ pending: 1, unwalked: [] });
    await library.close();
  });

  test("of a later version are refused, and nothing in them is changed", async () => {
    const path = writeLibrary(SCHEMA_STEPS.length + 1, "");
    expect(() => SqliteLibrary.openExisting(path)).toThrow("was written by a newer dupfind");
    const db = new Database(path);
    expect(db.pragma("user_version", { simple: true })).toBe(SCHEMA_STEPS.length + 1);
    db.close();
  });
});
