import { expect, test } from "vitest";
import { allOf } from "../../../src/core/library/pages.ts";
import type { ContentId } from "../../../src/core/units.ts";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { ReportDatabase } from "../../../src/io/library/report-store.ts";
import { SCHEMA_STEPS } from "../../../src/io/library/schema.ts";
import type { Sqlite } from "../../../src/io/library/sqlite.ts";

const CONTENTS = 500;

/** Each content in one file, and embedded by the first encoder; the second one has none of them. */
function libraryOfMany(): Sqlite {
  const db = new Database(":memory:") as Sqlite;
  for (const step of SCHEMA_STEPS) db.exec(step);
  for (const key of ["one", "two"]) db.prepare("INSERT INTO encoder (key, model, dimensions) VALUES (?, 'any', 1)").run(key);
  const content = db.prepare("INSERT INTO content (id, hash, bytes, width, height, format, exif_fields) VALUES (?, ?, 1, 1, 1, 'jpeg', 0)");
  const vector = db.prepare("INSERT INTO embedding (encoder_id, content_id, detail, vector) VALUES (1, ?, ?, x'00000000')");
  const photo = db.prepare("INSERT INTO photo (path, content_id, modified_ms, file_id, scan) VALUES (?, ?, 0, ?, 1)");
  for (let id = 1; id <= CONTENTS; id++) {
    content.run(id, String(id));
    vector.run(id, id / CONTENTS);
    photo.run(`/photos/${id}`, id, String(id));
  }
  return db;
}

test("a few contents have the details that they have among many", async () => {
  const store = new ReportDatabase(libraryOfMany(), 1);
  const ids = Array.from({ length: CONTENTS }, (_, i) => (i + 1) as ContentId);
  const all = await store.contents([...ids, (CONTENTS + 1) as ContentId]);
  expect([...all].map(([id, { detail }]) => [id, detail])).toEqual(ids.map((id) => [id, id / CONTENTS]));
  for (const id of ids) expect(await store.contents([id])).toEqual(new Map([[id, all.get(id)]]));
});

test("contents that the encoder has not embedded are none, be they few or many", async () => {
  const store = new ReportDatabase(libraryOfMany(), 2);
  expect(await store.contents([1 as ContentId])).toEqual(new Map());
  expect(await store.contents(Array.from({ length: CONTENTS }, (_, i) => (i + 1) as ContentId))).toEqual(new Map());
});

test("photos are compared where their content is embedded, and unread where it is not, whether one is left or none", async () => {
  const db = libraryOfMany();
  const store = new ReportDatabase(db, 1);
  const compared = async () => new Set(await allOf(store.comparedPhotos()));
  expect((await compared()).size).toBe(CONTENTS);
  expect((await store.unfinished()).unread).toEqual([]);
  db.prepare("DELETE FROM embedding WHERE content_id = 7").run();
  expect((await compared()).size).toBe(CONTENTS - 1);
  expect(await compared()).not.toContain("/photos/7");
  expect((await store.unfinished()).unread).toEqual(["/photos/7"]);
});

test("of two files that hold one content each has to be there for it to be repeated", async () => {
  const db = libraryOfMany();
  const add = db.prepare("INSERT INTO photo (path, content_id, modified_ms, file_id, missing, scan) VALUES (?, ?, 0, '', ?, 1)");
  add.run("/photos/again/3", 3, 0);
  add.run("/photos/again/5", 5, 1);
  expect(await new ReportDatabase(db, 1).repeatedContents()).toEqual([3]);
});
