/**
 * What `--db` names is looked at before it is touched: a file that is no library stays as it is, with nothing beside it, and a
 * library that may not be written to is read all the same.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Database, type Sqlite } from "../../../src/io/library/better-sqlite3.ts";
import { APPLICATION_ID } from "../../../src/io/library/library-file.ts";
import { PROGRAM } from "../../built-program.ts";
import { PHOTOS } from "../../photos.ts";
import { dupfind } from "../../program.ts";
import { lastingFolder, temporaryFolder } from "../../temporary-folder.ts";

const COMMANDS = [
  ["status"],
  ["report"],
  ["search", "beach", "--model", "clip-vit-base-patch32"],
  ["neighbours"],
  ["map", "-o", "map.html"],
  ["label"],
  ["prune"],
  ["drift"],
  ["calibrate", "--synthetic"],
  ["scan", "."],
  ["forget", "."],
  ["reindex", "--model", "dupfind-lite"],
  ["adapt", "--pairs", "labels.csv"],
  ["models", "compare", "--synthetic"],
] as const;

/** Makes a file with these contents in a folder of its own. */
function fileOf(bytes: Uint8Array | string): string {
  const path = join(temporaryFolder(), "some.db");
  writeFileSync(path, bytes);
  return path;
}

function anotherProgramsDatabase(settle: (db: Sqlite) => void): string {
  const path = join(temporaryFolder(), "some.db");
  const db = new Database(path);
  settle(db);
  db.close();
  return path;
}

const OTHERS: Readonly<Record<string, () => string>> = {
  "a photo": () => fileOf(readFileSync(PHOTOS.flower)),
  "a text": () => fileOf("a,b,same\n"),
  "another program's database": () =>
    anotherProgramsDatabase((db) => db.exec("CREATE TABLE message (text TEXT); INSERT INTO message VALUES ('hello')")),
  "another program's database in write-ahead mode": () =>
    anotherProgramsDatabase((db) => {
      db.pragma("journal_mode = WAL");
      db.exec("CREATE TABLE photo (path TEXT)");
    }),
  "a database with an application id of its own": () => anotherProgramsDatabase((db) => db.pragma("application_id = 12345")),
  "a database of a format of its own": () =>
    anotherProgramsDatabase((db) => db.exec("PRAGMA user_version = 2; CREATE TABLE photo (path TEXT)")),
};

describe("a file that is no library", () => {
  describe.each(Object.entries(OTHERS))("(%s)", (_, make) => {
    test.each(COMMANDS.map((command) => [command[0], command] as const))(
      "is refused by %s, and nothing is changed or made beside it",
      async (_name, command) => {
        const path = make();
        const before = readFileSync(path);
        const { code, stdout, stderr } = await dupfind([...command, "--db", path], { workingFolder: dirname(path) });
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toContain(path);
        expect(readFileSync(path).equals(before)).toBe(true);
        expect(readdirSync(dirname(path))).toEqual(["some.db"]);
      },
    );
  });

  test("may be a folder: that is said", async () => {
    const { code, stderr } = await dupfind(["status", "--db", temporaryFolder()]);
    expect({ code, said: /is a folder, not a library/.test(stderr) }).toEqual({ code: 2, said: true });
  });

  test("may be an empty photo: no library is made in its place", async () => {
    const path = join(temporaryFolder(), "photo.jpg");
    writeFileSync(path, "");
    const { code, stderr } = await dupfind(["scan", dirname(PHOTOS.flower), "--db", path]);
    expect({ code, said: stderr.includes("photo.jpg is a photo by its name") }).toEqual({ code: 2, said: true });
    expect([readFileSync(path).length, readdirSync(dirname(path))]).toEqual([0, ["photo.jpg"]]);
  });

  test("may be empty: a reading command asks for a scan, a scan makes the library there", async () => {
    const path = fileOf("");
    expect((await dupfind(["status", "--db", path])).code).toBe(2);
    expect(readFileSync(path).length).toBe(0);
    expect((await dupfind(["scan", dirname(PHOTOS.flower), "--db", path, "-q"])).code).toBe(0);
    expect(readFileSync(path).readUInt32BE(68)).toBe(APPLICATION_ID);
  });
});

describe("a library", () => {
  const home = lastingFolder();
  const original = join(home, "library.db");
  beforeAll(async () => {
    mkdirSync(join(home, "photos"));
    copyFileSync(PHOTOS.flower, join(home, "photos/one.jpg"));
    copyFileSync(PHOTOS.flower, join(home, "photos/two.jpg"));
    expect((await dupfind(["scan", join(home, "photos"), "--db", original])).code).toBe(0);
  });

  const copy = () => {
    const path = join(temporaryFolder(), "library.db");
    copyFileSync(original, path);
    return path;
  };

  test("made before libraries carried a mark is known by its tables, read as it is, and marked by the first command that writes", async () => {
    const path = copy();
    const db = new Database(path);
    db.pragma("application_id = 0");
    db.close();
    expect((await dupfind(["report", "--db", path])).stdout).toContain("one.jpg");
    expect(readFileSync(path).readUInt32BE(68)).toBe(0);
    await dupfind(["scan", join(home, "photos"), "--db", path]);
    expect(readFileSync(path).readUInt32BE(68)).toBe(APPLICATION_ID);
  });

  test("is not written to by what only reads, and nothing is left beside it", async () => {
    const path = copy();
    const before = readFileSync(path);
    for (const command of [["status"], ["report"], ["search", PHOTOS.flower], ["neighbours"]]) {
      expect((await dupfind([...command, "--db", path])).code).toBe(0);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(["library.db"]);
  });

  test("with damaged pages takes nothing more in: that is told with what to do, and never taken for a fault of dupfind", async () => {
    const path = copy();
    const bytes = readFileSync(path);
    for (let at = 16_384 + 100; at < bytes.length; at += 16_384) bytes.fill(0xa5, at, at + 600);
    writeFileSync(path, bytes);
    for (const command of [["scan", join(home, "photos")], ["prune"], ["reindex", "--model", "dupfind-lite"], ["drift"]]) {
      const { code, stderr } = await dupfind([...command, "--db", path]);
      expect({ command, code, said: /damaged/.test(stderr) }).toEqual({ command, code: 2, said: true });
    }
    for (const command of [["status"], ["report"], ["search", PHOTOS.flower], ["neighbours"]]) {
      const { code, stderr } = await dupfind([...command, "--db", path]);
      expect({ command, is: code === 0 || (code === 2 && /damaged/.test(stderr)) }).toEqual({ command, is: true });
    }
  });

  test("cut short is told so", async () => {
    const path = copy();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length >> 1));
    const { code, stderr } = await dupfind(["report", "--db", path]);
    expect({ code, said: /damaged/.test(stderr) }).toEqual({ code: 2, said: true });
  });

  const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;
  test.skipIf(!canMount && process.env["CI"] === undefined)(
    "on a disk that may not be written to is read, as a killed scan left it too",
    () => {
      const folder = dirname(copy());
      const path = join(folder, "library.db");
      const db = new Database(path);
      db.pragma("journal_mode = WAL");
      const shell = (commands: string) => {
        const script = `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder} && ${commands}`;
        return spawnSync("unshare", ["-m", "sh", "-c", script], { encoding: "utf8" });
      };
      const run = (command: string) => `${process.execPath} ${PROGRAM} ${command} --db ${path}`;
      const closed = shell(`${run("status")} && ${run("report")} && ${run(`search ${PHOTOS.flower}`)}`);
      expect({ code: closed.status, stderr: closed.stderr }).toEqual({ code: 0, stderr: "" });
      expect(closed.stdout).toContain("one.jpg");
      // What was written last is in the write-ahead file alone, as after a kill.
      db.exec("UPDATE photo SET missing = 1 WHERE path LIKE '%two.jpg'");
      copyFileSync(path, join(folder, "kept"));
      copyFileSync(`${path}-wal`, join(folder, "kept-wal"));
      db.close();
      copyFileSync(join(folder, "kept"), path);
      copyFileSync(join(folder, "kept-wal"), `${path}-wal`);
      const killed = shell(run("report --json"));
      expect(killed.status).toBe(0);
      expect(JSON.parse(killed.stdout).sets).toEqual([]);
      const writing = shell(run(`scan ${home}/photos`));
      expect({ code: writing.status, said: /may not be written/.test(writing.stderr) }).toEqual({ code: 2, said: true });
    },
  );

  test("that another process is writing to is read as it was committed last", async () => {
    const path = copy();
    const writer = new Database(path);
    writer.pragma("journal_mode = WAL");
    writer.exec("BEGIN IMMEDIATE; UPDATE photo SET missing = 1");
    expect((await dupfind(["report", "--db", path])).stdout).toContain("one.jpg");
    writer.exec("ROLLBACK");
    writer.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});
