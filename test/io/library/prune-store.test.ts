import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AbsentPhoto, KnownPhoto, PrunePlan } from "../../../src/core/library/prune-plan.ts";
import { encoderKey } from "../../../src/core/units.ts";
import { Database } from "../../../src/io/library/better-sqlite3.ts";
import { SqliteLibrary } from "../../../src/io/library/sqlite-library.ts";
import { planPruning } from "../../../src/pipeline/library/plan-pruning.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const ROOT = { path: "/photos", exclude: [], followLinks: false };

/** Contents 1, 2 and 3, where 1 is held by two photos and 3 by none, all compared; and the root with a file that was skipped. */
async function library() {
  const path = join(temporaryFolder(), "library.db");
  await SqliteLibrary.open(path).close();
  const tables = new Database(path);
  tables.exec(`
    INSERT INTO encoder (id, key, model, dimensions) VALUES (1, '${encoderKey("0".repeat(64))}', 'one', 1);
    INSERT INTO root (path) VALUES ('/photos');
    INSERT INTO skipped (path, reason, detail, attempt, scan) VALUES ('/photos/odd.jpg', 'damaged', '', '', 1);
  `);
  const content = tables.prepare(
    "INSERT INTO content (id, hash, bytes, width, height, format, exif_fields) VALUES (?, ?, 1, 1, 1, 'jpeg', 0)",
  );
  const embedding = tables.prepare("INSERT INTO embedding (encoder_id, content_id, detail, vector) VALUES (1, ?, 1, x'0000803f')");
  for (const id of [1, 2, 3]) {
    content.run(id, String(id).repeat(64));
    embedding.run(id);
  }
  tables.exec("INSERT INTO pair (encoder_id, similarity, a, b) VALUES (1, 0.9, 1, 2), (1, 0.8, 1, 3), (1, 0.7, 2, 3)");
  const photo = tables.prepare("INSERT INTO photo (path, content_id, modified_ms, file_id, scan) VALUES (?, ?, 1, ?, 1)");
  for (const [name, id] of [
    ["a", 1],
    ["b", 1],
    ["c", 2],
  ] as const)
    photo.run(`/photos/${name}.jpg`, id, `1:${name}`);
  const opened = SqliteLibrary.openExisting(path);
  onTestFinished(async () => {
    await opened.close();
    tables.close();
  });
  const all = () =>
    Object.fromEntries(
      ["root", "skipped", "photo", "content", "embedding", "pair"].map((table) => [table, tables.prepare(`SELECT * FROM ${table}`).all()]),
    );
  const plan = async (...names: readonly string[]): Promise<PrunePlan> =>
    planPruning(
      {
        roots: await opened.roots(),
        store: opened.pruning(),
        survey: async ({ path: root }, photos) => {
          const absent: AbsentPhoto[] = [];
          for await (const known of photos)
            if (names.some((name) => known.path.endsWith(`/${name}.jpg`))) absent.push({ ...known, why: "gone" });
          return { root, knownCount: 3, absent, state: names.includes("root") ? "gone" : "here" };
        },
      },
      { force: names.includes("root") },
    );
  return {
    store: opened.pruning(),
    tables,
    all,
    plan,
    rows: (table: string) => tables.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  };
}

test("a plan names the photos that are gone and every content that no photo holds then, and touches nothing", async () => {
  const { plan, all } = await library();
  const before = all();
  expect(await plan("a")).toMatchObject({ photos: [{ path: "/photos/a.jpg", content: 1, fileId: "1:a", why: "gone" }], contents: [3] });
  expect((await plan("a", "b")).contents).toEqual([1, 3]);
  expect((await plan()).contents).toEqual([3]);
  expect(all()).toEqual(before);
});

test("forgetting takes what the plan names, with vectors and pairs, and nothing else", async () => {
  const { plan, store, tables, rows } = await library();
  expect(await store.forget(await plan("a", "b"))).toBe(true);
  expect(tables.prepare("SELECT path FROM photo").pluck().all()).toEqual(["/photos/c.jpg"]);
  expect(tables.prepare("SELECT id FROM content").pluck().all()).toEqual([2]);
  expect(tables.prepare("SELECT content_id FROM embedding").pluck().all()).toEqual([2]);
  expect([rows("pair"), rows("root"), rows("skipped")]).toEqual([0, 1, 1]);
});

test("forgetting a root takes what was not compared below it", async () => {
  const { plan, store, rows } = await library();
  expect(await store.forget(await plan("a", "b", "c", "root"))).toBe(true);
  expect(["photo", "content", "embedding", "pair", "root", "skipped"].map(rows)).toEqual([0, 0, 0, 0, 0, 0]);
});

test.each<readonly [string, string]>([
  ["a photo is another file by now", "UPDATE photo SET file_id = '9:9' WHERE path = '/photos/a.jpg'"],
  ["a photo holds something else by now", "UPDATE photo SET content_id = 2 WHERE path = '/photos/a.jpg'"],
  ["a photo was forgotten meanwhile", "DELETE FROM photo WHERE path = '/photos/b.jpg'"],
  ["a content has a photo again", "UPDATE photo SET content_id = 3 WHERE path = '/photos/c.jpg'"],
  ["a content is gone", "DELETE FROM pair; DELETE FROM embedding; DELETE FROM content WHERE id = 3"],
  ["a root is gone", "DELETE FROM root"],
])("nothing is forgotten where %s", async (_, change) => {
  const { plan, store, tables, all } = await library();
  const planned = { ...(await plan("a", "b")), roots: [ROOT.path], folders: [ROOT.path] };
  tables.exec(change);
  const before = all();
  expect(await store.forget(planned)).toBe(false);
  expect(all()).toEqual(before);
});

test("photos come in pages, each once and none of another folder", async () => {
  const { store, tables } = await library();
  const add = tables.prepare("INSERT INTO photo (path, content_id, modified_ms, file_id, scan) VALUES (?, 1, 1, '1:1', 1)");
  tables.transaction(() => {
    for (let i = 0; i < 2500; i++) add.run(`/photos/many/${String(i).padStart(4, "0")}.jpg`);
    add.run("/photos/many.jpg");
    add.run("/photos/manyfold/1.jpg");
  })();
  const found: KnownPhoto[] = [];
  let pages = 0;
  for await (const page of store.photosBelow("/photos/many")) {
    found.push(...page);
    pages++;
  }
  expect([pages > 1, found.length, new Set(found.map(({ path }) => path)).size]).toEqual([true, 2500, 2500]);
});
