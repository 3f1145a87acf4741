/**
 * Commands on a library in a PostgreSQL database: what they answer is what they answer on a file.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { PROGRAM, shell } from "../../built-program.ts";
import { EXAMPLES, PHOTOS, writeSmallPhotos } from "../../photos.ts";
import { describeWithPostgres, placeOf } from "../../postgres.ts";
import { dupfind, dupfindJson, type ReportJson, type ScanJson } from "../../program.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** Several scans on a machine that has other work too. */
const SLOW_MS = 300_000;

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

async function ended(child: ChildProcess) {
  let [answer, said] = ["", ""];
  child.stdout?.on("data", (chunk) => {
    answer += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, "close");
  return { code: code as number | null, said, answer };
}

describeWithPostgres("a shared library", (postgres) => {
  /** Resolves once the library holds at least so many embeddings. */
  async function embedded(address: string, count: number): Promise<void> {
    const database = address.replace(/.*\//, "");
    for (;;) {
      await wait(30);
      const isThere = postgres.sql("SELECT to_regclass('dupfind.embedding') IS NOT NULL", database) === "t";
      if (isThere && Number(postgres.sql("SELECT count(*) FROM dupfind.embedding", database)) >= count) return;
    }
  }

  test(
    "gives the answers that a file gives on the same photos, byte for byte",
    async () => {
      const [file, server] = [join(temporaryFolder(), "library.db"), postgres.newDatabase()];
      const summaries = [];
      for (const db of [file, server]) {
        const { seconds: _, ...summary } = await dupfindJson<ScanJson & { readonly seconds: number }>(["scan", EXAMPLES, "--db", db]);
        summaries.push(summary);
      }
      expect(summaries[1]).toEqual(summaries[0]);
      // Searches and neighbours are compared where a library was copied: what is equally similar comes as each scan happened to meet it.
      const answers = async (db: string) => {
        const asked = [
          ...["json", "csv", "html", "paths"].map((format) => ["report", "--format", format]),
          ["report", "--bursts", "--threshold", "0.5", "--format", "json"],
          ["map", "-o", join(temporaryFolder(), "map.html"), "--json"],
          ["status", "--left-out", "--json"],
          ["drift", "--json"],
          ["prune", "--dry-run", "--json"],
        ];
        const told = [];
        for (const args of asked) told.push([args.join(" "), (await dupfind([...args, "--db", db])).stdout]);
        return told.map(([args = "", text = ""]) => `${args.replaceAll(/\S*map.html/g, "")}\n${withoutPlace(text, db)}`);
      };
      const expected = await answers(file);
      expect(expected.every((answer) => answer.length > 60)).toBe(true);
      expect(await answers(server)).toEqual(expected);
      expect(await dupfindJson<ScanJson>(["scan", EXAMPLES, "--db", server])).toMatchObject({ found: 48, unchanged: 48, embedded: 0 });
    },
    SLOW_MS,
  );

  test(
    "knows filters, single photos, folders and news as a file does",
    async () => {
      const folder = temporaryFolder();
      const at = (path: string) => join(folder, path);
      mkdirSync(at("photos/phone"), { recursive: true });
      const files = {
        "photos/a.jpg": PHOTOS.landscape,
        "photos/phone/b.jpg": PHOTOS.landscape,
        "photos/c.jpg": PHOTOS.falcon,
        "alone.jpg": PHOTOS.flower,
      };
      for (const [path, photo] of Object.entries(files)) copyFileSync(photo, at(path));
      const run = (db: string, asked: readonly string[]) =>
        shell('"$@"', [...asked, "--db", db], { env: { ...process.env, XDG_DATA_HOME: at("data") } });
      const answers = (db: string) =>
        [
          ["scan", at("photos"), "--include", "a.*", "--json"],
          ["status", "--left-out", "--json"],
          ["scan", at("alone.jpg"), at("photos/phone"), "--json"],
          ["roots", "--json"],
          ["report", "--since", "last", "--json"],
          ["report", "--since", "last", "--json"],
          ["forget", at("alone.jpg"), "--json"],
          ["scan", at("photos"), "--no-look", "--json"],
          ["status", "--left-out", "--json"],
          ["roots"],
          ["report", "--since", "last", "--json"],
        ].map((asked) => {
          const { code, stdout, stderr } = run(db, asked);
          return { asked, code, stderr, told: withoutPlace(stdout, db) };
        });
      const [file, server] = [at("library.db"), postgres.newDatabase()];
      const expected = answers(file);
      expect(expected.map(({ code, stderr }) => [code, stderr])).toEqual(expected.map(() => [0, ""]));
      expect(expected.map(({ told }) => told).join("")).toContain("by-filter");
      expect(answers(server)).toEqual(expected);
      const doctor = JSON.parse(run(server, ["doctor", "--json"]).stdout) as { readonly checks: readonly { readonly name: string }[] };
      expect(doctor.checks.find(({ name }) => name === "library")).toMatchObject({
        outcome: "ok",
        found: `${placeOf(server).name}: photos: 3, folders: 1`,
      });
      const none = JSON.parse(run(postgres.newDatabase(), ["doctor", "--json"]).stdout) as typeof doctor;
      expect(none.checks.find(({ name }) => name === "library")).toMatchObject({
        outcome: "ok",
        found: expect.stringContaining("the first scan creates it"),
      });
    },
    SLOW_MS,
  );

  test(
    "is as whole as a file's after a kill and while its server is started anew",
    async () => {
      const folder = temporaryFolder();
      const photos = join(folder, "photos");
      mkdirSync(photos);
      await writeSmallPhotos(photos, 100);
      for (let i = 0; i < 100; i += 10)
        copyFileSync(join(photos, `photo-${String(i).padStart(5, "0")}.jpg`), join(photos, `copy-${i}.jpg`));
      const [file, server] = [join(folder, "library.db"), postgres.newDatabase()];
      await dupfindJson<ScanJson>(["scan", photos, "--db", file]);

      const killed = start("scan", photos, "--db", server, "--quiet");
      const killedEnd = ended(killed);
      await embedded(server, 20);
      killed.kill("SIGKILL");
      await killedEnd;
      const left = await dupfindJson<{ readonly finished: boolean }>(["status", "--db", server]);
      expect(left.finished).toBe(false);

      const second = start("scan", photos, "--db", server, "--quiet");
      const secondEnd = ended(second);
      await embedded(server, 50);
      postgres.stop();
      await wait(700);
      postgres.resume();
      expect(await secondEnd).toMatchObject({ code: 0, said: "" });
      const report = async (db: string) => (await dupfind(["report", "--format", "json", "--threshold", "0.4", "--db", db])).stdout;
      expect((JSON.parse(await report(server)) as ReportJson).sets.length).toBeGreaterThan(8);
      expect(await report(server)).toBe(await report(file));
    },
    SLOW_MS,
  );

  test("keeps what its user did and decided on this machine, and undoes it without a server too", async () => {
    const folder = temporaryFolder();
    const photos = join(folder, "photos");
    mkdirSync(photos);
    copyFileSync(PHOTOS.landscape, join(photos, "a.jpg"));
    copyFileSync(PHOTOS.landscape, join(photos, "b.jpg"));
    const db = postgres.newDatabase();
    const env = { ...process.env, XDG_DATA_HOME: join(folder, "data") };
    const run = (...args: readonly string[]) => shell('"$@"', [...args, "--db", db], { env });
    expect(run("scan", photos).code).toBe(0);
    const plan = join(folder, "plan.json");
    expect(run("report", "--plan", plan).code).toBe(0);
    expect(JSON.parse(readFileSync(plan, "utf8"))).toMatchObject({ library: placeOf(db).name });

    const other = postgres.newDatabase();
    expect(shell('"$@"', ["scan", photos, "--db", other], { env }).code).toBe(0);
    expect(shell('"$@"', ["apply", plan, "--db", other, "--yes"], { env }).stderr).toContain("is a plan for the library postgres://");

    const applied = run("apply", plan, "--yes", "--action", "move", "--to", join(folder, "moved"));
    expect(applied.stderr).toBe("");
    expect(applied.code).toBe(0);
    expect(readdirSync(photos)).toHaveLength(1);
    const [own] = readdirSync(join(folder, "data/dupfind/shared")).filter((name) => name.endsWith(".history.jsonl"));
    expect(own).toContain(db.replace(/.*\//, ""));
    postgres.stop();
    try {
      const history = JSON.parse(run("history", "--json").stdout);
      expect(history.runs).toHaveLength(1);
      const undone = run("undo");
      expect(undone.stderr).toBe("");
      expect(undone.code).toBe(0);
    } finally {
      postgres.resume();
    }
    expect(readdirSync(photos).sort()).toEqual(["a.jpg", "b.jpg"]);
    expect(run("report", "--fail-on-duplicates").code).toBe(0); // until the next scan meets the photo again
    expect(run("scan", photos).code).toBe(0);
    expect(run("report", "--fail-on-duplicates").code).toBe(1);
    expect(existsSync(join(folder, "data/dupfind/library.db"))).toBe(false);
  });

  test("tells in a sentence that its server is not there, and never a password", async () => {
    const db = postgres.newDatabase();
    const photos = temporaryFolder();
    copyFileSync(PHOTOS.landscape, join(photos, "a.jpg"));
    await dupfindJson<ScanJson>(["scan", photos, "--db", db]);
    const secret = db.replace("@", ":hush@");
    const said: string[] = [];
    const run = async (...args: readonly string[]) => {
      const answer = await dupfind([...args, "--db", secret]);
      said.push(answer.stdout, answer.stderr);
      return answer;
    };
    expect((await run("status", "--json")).code).toBe(0);
    await run("report");
    await run("status");
    await run("report", "-o", "/dev/full");
    postgres.stop();
    try {
      const lost = await run("status", "--json");
      expect(lost.code).toBe(2);
      expect(JSON.parse(lost.stdout).error).toMatchObject({ code: "server-unreachable", exitCode: 2 });
      expect((await run("scan", photos)).stderr).toMatch(/^dupfind: The library's server does not answer \(postgres:.*\)\.\nCheck /);
    } finally {
      postgres.resume();
    }
    await run("status", "--db", secret.replace("postgres@", "nobody@"));
    expect(said.join("")).not.toContain("hush");
  });

  test(
    "is scanned by three processes as by one, though one is killed and the server is started anew",
    async () => {
      const folder = temporaryFolder();
      const photos = join(folder, "photos");
      mkdirSync(photos);
      await writeSmallPhotos(photos, 120);
      for (let i = 0; i < 120; i += 10)
        copyFileSync(join(photos, `photo-${String(i).padStart(5, "0")}.jpg`), join(photos, `copy-${i}.jpg`));
      const [file, server] = [join(folder, "library.db"), postgres.newDatabase()];
      await dupfindJson<ScanJson>(["scan", photos, "--db", file]);

      const scans = Array.from({ length: 3 }, () => start("scan", photos, "--db", server, "--threads", "1", "--json"));
      const ends = scans.map(ended);
      const [killed] = scans as [ChildProcess];
      await embedded(server, 15);
      killed.kill("SIGKILL");
      await embedded(server, 50);
      postgres.stop();
      await wait(500);
      postgres.resume();
      const [, ...others] = await Promise.all(ends);
      expect(others.map(({ code, said }) => ({ code, said }))).toEqual([
        { code: 0, said: "" },
        { code: 0, said: "" },
      ]);
      const results = others.map(({ answer }) => JSON.parse(answer) as ScanJson);
      for (const result of results) expect(result).toMatchObject({ found: 132, missing: 0, unsure: 0, finished: true, compared: true });
      // Each has read some, and together little more than there is: of what was under way when the server went, some is read again.
      const read = results.map(({ embedded, known }) => embedded + known);
      expect(Math.min(...read)).toBeGreaterThan(5);
      expect(read.reduce((sum, count) => sum + count)).toBeLessThan(200);

      const status = await dupfindJson<Record<string, unknown>>(["status", "--db", server]);
      expect(status).toMatchObject({ photos: 132, contents: 120, pending: 0, unwalked: [], finished: true });
      const report = async (db: string) => (await dupfind(["report", "--format", "json", "--threshold", "0.4", "--db", db])).stdout;
      expect(await report(server)).toBe(await report(file));
    },
    SLOW_MS,
  );

  test("is changed by one at a time, and not while it is scanned", async () => {
    const folder = temporaryFolder();
    await writeSmallPhotos(folder, 60);
    const db = postgres.newDatabase();
    const scan = start("scan", folder, "--db", db, "--quiet");
    const end = ended(scan);
    await embedded(db, 5);
    const pruning = await dupfind(["prune", "--db", db]);
    expect(pruning.stderr).toContain("Another dupfind is working on postgres://");
    expect(pruning.code).toBe(4);
    expect((await dupfind(["status", "--db", db])).code).toBe(0);
    expect(await end).toMatchObject({ code: 0 });
  });
});

/** What names the library, and the moment. */
function withoutPlace(text: string, db: string): string {
  return text
    .replaceAll(db.startsWith("postgres:") ? placeOf(db).name : db, "<library>")
    .replaceAll(/"output": ".*"/g, "<output>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<moment>")
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "<moment>")
    .replaceAll(/"(?:photosPerSecond|seconds|bytes)": ?[\d.]+/g, "<measured>");
}
