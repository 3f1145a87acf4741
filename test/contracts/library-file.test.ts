/**
 * Libraries that earlier programs wrote, checked in as they were: today's program opens a copy and keeps all they hold.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Database, type Sqlite } from "../../src/io/library/better-sqlite3.ts";
import { dupfind } from "../program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** What `report --json` said when the second library was made, as far as a user acts on it. */
interface GoldenReport {
  readonly photos: number;
  readonly threshold: number;
  readonly sets: readonly {
    readonly kind: string;
    readonly lowestSimilarity: number;
    readonly keeper: string;
    readonly extras: readonly { readonly path: string; readonly similarity: number; readonly class: string }[];
  }[];
}

interface Answer extends Omit<GoldenReport, "sets"> {
  readonly thresholdOrigin: string;
  readonly sets: readonly (Omit<GoldenReport["sets"][number], "keeper"> & { readonly keeper: { readonly path: string } })[];
}

const contract = (name: string) => new URL(name, import.meta.url);

/** SHA-256 over each content's hash and vector, in order of the hash. */
const VECTORS = "3f84b3066848270a5a43b60f506c087e8db86afcbf3979bb04b45221a802fc68";

function copyOfSecond(): string {
  const path = join(temporaryFolder(), "library.db");
  writeFileSync(path, gunzipSync(readFileSync(contract("library-v2.db.gz"))));
  return path;
}

/** Where its photos stood, as files of their sizes that hold nothing: a report looks at them and opens none. */
function withPhotos(path: string): string {
  const folder = temporaryFolder();
  read(path, (db) => {
    const photos = db
      .prepare<[], { readonly path: string; readonly bytes: number }>(
        "SELECT path, bytes FROM photo JOIN content ON content.id = content_id",
      )
      .all();
    const put = db.prepare("UPDATE photo SET path = ?, modified_ms = ?, file_id = ? WHERE path = ?");
    for (const { path: before, bytes } of photos) {
      const now = join(folder, before);
      mkdirSync(dirname(now), { recursive: true });
      writeFileSync(now, "");
      truncateSync(now, bytes);
      const { mtimeMs, dev, ino } = statSync(now);
      put.run(now, mtimeMs, `${dev}:${ino}`, before);
    }
  });
  return folder;
}

function writeFirst(): string {
  const path = join(temporaryFolder(), "library.db");
  read(path, (db) => db.exec(readFileSync(contract("library-v1.sql"), "utf8")));
  return path;
}

function read<Result>(path: string, work: (db: Sqlite) => Result): Result {
  const db = new Database(path);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Every table with every column, but for the words of its definition. */
function columnsOf(db: Sqlite): readonly unknown[] {
  return db
    .prepare(
      `SELECT t.name AS "table", c.name, c.type, c."notnull", c.dflt_value, c.pk FROM pragma_table_list t, pragma_table_xinfo(t.name) c
       WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.name`,
    )
    .all();
}

async function json(path: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await dupfind([...args, "--json", "--db", path]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** A new library's columns, from a scan of nothing: its tables are made, and no photo is in them. */
async function columnsOfNew(): Promise<readonly unknown[]> {
  const folder = temporaryFolder();
  const path = join(folder, "library.db");
  await json(path, "scan", folder);
  return read(path, columnsOf);
}

/** Rows of the tables that hold what took time to make, or that nothing could make again. */
const KEPT = {
  vectors: "SELECT hash, vector FROM embedding JOIN content ON content.id = content_id ORDER BY hash",
  pairs:
    "SELECT one.hash AS a, other.hash AS b, similarity FROM pair JOIN content one ON one.id = a JOIN content other ON other.id = b ORDER BY 1, 2",
  canaries: "SELECT name, format, file, pixels_hash, sample, vector FROM canary ORDER BY name, format",
  checks: "SELECT checked_at, versions, verdict, findings FROM canary_check ORDER BY id",
  calibrations: "SELECT made_at, document FROM calibration",
  photos: "SELECT path, hash, modified_ms, file_id, missing FROM photo JOIN content ON content.id = content_id ORDER BY path",
  skipped: "SELECT path, reason, bytes, modified_ms FROM skipped ORDER BY path",
  settings: "SELECT name, value FROM setting ORDER BY name",
  roots: "SELECT path, exclude, follow_links FROM root ORDER BY path",
} as const;

function keptIn(path: string): Readonly<Record<keyof typeof KEPT, readonly unknown[]>> {
  return read(path, (db) => {
    const rows = Object.entries(KEPT).map(([name, query]) => [name, db.prepare(query).all()]);
    return Object.fromEntries(rows) as Record<keyof typeof KEPT, readonly unknown[]>;
  });
}

function vectorsHash(path: string): string {
  const hash = createHash("sha256");
  for (const row of keptIn(path).vectors as readonly { readonly hash: string; readonly vector: Buffer }[]) {
    hash.update(row.hash).update(row.vector);
  }
  return hash.digest("hex");
}

describe("a library of the second version", () => {
  test("keeps every vector, pair, canary, calibration and photo when today's program opens it", async () => {
    const path = copyOfSecond();
    const before = keptIn(path);
    await json(path, "status");
    expect(keptIn(path)).toEqual(before);
    expect(vectorsHash(path)).toBe(VECTORS);
    const counts = Object.fromEntries(Object.entries(before).map(([name, rows]) => [name, rows.length]));
    expect(counts).toEqual({
      vectors: 41,
      pairs: 32,
      canaries: 8,
      checks: 1,
      calibrations: 1,
      photos: 43,
      skipped: 1,
      settings: 0,
      roots: 1,
    });
  });

  test("gives the pairs that it gave when it was made: its photos are not there to be looked at", async () => {
    const golden = JSON.parse(readFileSync(contract("library-v2.report.json"), "utf8")) as GoldenReport;
    const library = copyOfSecond();
    const folder = withPhotos(library);
    const { photos, threshold, sets } = (await json(library, "report", "--no-look", "--threshold", "0.6")) as unknown as Answer;
    const told = sets.map(({ kind, lowestSimilarity, keeper, extras }) => ({
      kind,
      lowestSimilarity,
      keeper: keeper.path.slice(folder.length),
      extras: extras.map(({ path, similarity, class: name }) => ({ path: path.slice(folder.length), similarity, class: name })),
    }));
    expect({ photos, threshold, sets: told }).toEqual(golden);
  });

  test("serves with its calibration: the threshold that it holds for a precision, and the highest precision it holds one for", async () => {
    const path = copyOfSecond();
    expect(await json(path, "report", "--precision", "0.7")).toMatchObject({ threshold: 0.4, thresholdOrigin: "calibrated" });
    const { code, stderr } = await dupfind(["report", "--precision", "0.8", "--db", path]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("0.774") });
  });

  test("goes on with its canaries: the vectors that it holds are those that are made today", async () => {
    expect(await json(copyOfSecond(), "drift")).toMatchObject({ verdict: expect.stringMatching(/^(equal|rounding)$/) });
  });

  test("comes to the tables that a new library has", async () => {
    const path = copyOfSecond();
    await json(path, "status");
    expect(read(path, columnsOf)).toEqual(await columnsOfNew());
  });
});

describe.each([3, 4, 5, 6])("a library of version %i", (version) => {
  const copy = () => {
    const path = join(temporaryFolder(), "library.db");
    writeFileSync(path, gunzipSync(readFileSync(contract(`library-v${version}.db.gz`))));
    return path;
  };

  test("is read by today's program, comes to the tables that a new one has, and keeps what it holds", async () => {
    const path = copy();
    expect(read(path, (db) => db.pragma("user_version", { simple: true }))).toBe(version);
    const before = keptIn(path);
    expect(Object.values(before).map((rows) => rows.length)).toEqual([4, 1, 8, 1, 0, 5, 1, 0, 1]);
    expect(await json(path, "status")).toMatchObject({ photos: 5, contents: 4, pending: 0, roots: ["/photos"] });
    expect(keptIn(path)).toEqual(before);
    expect(read(path, columnsOf)).toEqual(await columnsOfNew());
  });

  test("gives the pairs that it gave", async () => {
    const path = copy();
    await json(path, "status");
    const folder = withPhotos(path);
    if (version > 5) read(path, (db) => db.exec("UPDATE photo SET changed_ms = NULL")); // of the files that stood there then
    // Its photos are not there to be looked at.
    const { sets } = (await json(path, "report", "--no-look", "--threshold", "0.6")) as unknown as Answer;
    expect(sets.map(({ keeper, extras }) => [keeper, ...extras].map((member) => member.path.slice(folder.length)))).toEqual([
      ["/photos/denali-grey.jpg", "/photos/denali-grey (1).jpg"],
      ["/photos/denali-grey.jpg", "/photos/denali-recompressed.jpg"],
    ]);
  });
});

describe("a library of the first version", () => {
  test("comes to the tables that a new library has, and keeps its rows", async () => {
    const path = writeFirst();
    await json(path, "status");
    expect(read(path, columnsOf)).toEqual(await columnsOfNew());
    const { vectors, pairs, photos, skipped, settings, roots } = keptIn(path);
    expect(vectors).toMatchObject([{ vector: Buffer.from("0000803f00000000", "hex") }, { vector: Buffer.from("9a99193fcdcc4c3f", "hex") }]);
    expect(pairs).toMatchObject([{ similarity: 0.6 }]);
    expect(photos).toMatchObject([{ path: "/photos/shop-small.jpg" }, { path: "/photos/shop.jpg" }]);
    expect(skipped).toMatchObject([{ path: "/photos/broken.jpg", reason: "damaged" }]);
    expect(settings).toEqual([{ name: "model", value: "sscd" }]);
    expect(roots).toEqual([{ path: "/photos", exclude: "[]", follow_links: 0 }]);
  });

  test("tells in its status what it held: the photo that a scan had found and not read, too", async () => {
    expect(await json(writeFirst(), "status")).toMatchObject({ photos: 2, contents: 2, pending: 1, roots: ["/photos"] });
  });
});
