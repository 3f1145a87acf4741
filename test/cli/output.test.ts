/**
 * Where answers go: files, links, pipes, devices, readers that leave and disks that are full.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { PROGRAM, shell } from "../built-program.ts";
import { PHOTOS } from "../photos.ts";
import { dupfind, dupfindJson } from "../program.ts";
import { lastingFolder, temporaryFolder } from "../temporary-folder.ts";

let folder: string;
let db: string;
let report: string;
beforeAll(async () => {
  folder = lastingFolder();
  db = join(folder, "library.db");
  const photos = join(folder, "photos");
  mkdirSync(photos);
  copyFileSync(PHOTOS.landscape, join(photos, "a.jpg"));
  copyFileSync(PHOTOS.landscape, join(photos, "b.jpg"));
  copyFileSync(PHOTOS.falcon, join(photos, "c.jpg"));
  copyFileSync(PHOTOS.falcon, join(photos, "c.xmp"));
  await dupfindJson(["scan", photos, "--db", db]);
  report = (await dupfind(["report", "--db", db], { workingFolder: folder })).stdout;
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Every command that writes to a place of the user's; label adds to a file and has tests of its own below. */
const WRITERS: readonly (readonly string[])[] = [
  ["report"],
  ["search", PHOTOS.landscape],
  ["neighbours"],
  ["map"],
  ["calibrate", "--synthetic", "--dry-run"],
];

describe("a report to", () => {
  const to = (place: string, script = '"$@"') => shell(script, ["report", "--db", db, "-o", place], { cwd: folder });

  test("a link replaces what the link leads to, and keeps its rights", () => {
    const own = temporaryFolder();
    const [target, link] = [join(own, "target.txt"), join(own, "link.txt")];
    writeFileSync(target, "before");
    chmodSync(target, 0o640);
    symlinkSync("target.txt", link);
    expect(to(link).code).toBe(0);
    expect(readlinkSync(link)).toBe("target.txt");
    expect(readFileSync(target, "utf8")).toBe(report);
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(own).sort()).toEqual(["link.txt", "target.txt"]);
  });

  test("a link that leads nowhere yet makes the file it names, seen from where the link really lies", () => {
    const own = temporaryFolder();
    mkdirSync(join(own, "deep/inside"), { recursive: true });
    symlinkSync("deep/inside", join(own, "short"));
    symlinkSync("../made.txt", join(own, "deep/inside/link.txt"));
    expect(to(join(own, "short/link.txt")).code).toBe(0);
    expect(readFileSync(join(own, "deep/made.txt"), "utf8")).toBe(report);
    expect(existsSync(join(own, "made.txt"))).toBe(false);
  });

  test("links in a circle is refused", () => {
    const own = temporaryFolder();
    symlinkSync("b", join(own, "a"));
    symlinkSync("a", join(own, "b"));
    const run = to(join(own, "a"));
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("cannot be written (ELOOP)");
  });

  test("a pipe waits for a reader, and the pipe stays one", async () => {
    const pipe = join(temporaryFolder(), "pipe");
    spawnSync("mkfifo", [pipe]);
    const program = spawn(process.execPath, [PROGRAM, "report", "--db", db, "-o", pipe], { cwd: folder });
    const ended = once(program, "exit");
    await wait(1500);
    expect(program.exitCode).toBeNull();
    expect(spawnSync("cat", [pipe], { encoding: "utf8" }).stdout).toBe(report);
    expect((await ended)[0]).toBe(0);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  test("a pipe that no one reads can be stopped", async () => {
    const pipe = join(temporaryFolder(), "pipe");
    spawnSync("mkfifo", [pipe]);
    const program = spawn(process.execPath, [PROGRAM, "report", "--db", db, "-o", pipe]);
    const ended = once(program, "exit");
    await wait(1500);
    program.kill("SIGTERM");
    expect((await ended)[0]).toBe(143);
  });

  test.each([
    ["/dev/stdout", '"$@" | cat'],
    ["/dev/stderr", '"$@" 2>&1 | cat'],
    ["/dev/fd/1", '"$@" | cat'],
    ["/dev/fd/5", '"$@" 5>&1 | cat'],
  ])("%s is written to", (place, script) => {
    expect(to(place, script)).toEqual({ code: 0, stdout: report, stderr: "" });
  });

  test("standard output adds to the file that it was sent to", () => {
    const log = join(temporaryFolder(), "log");
    expect(to("/dev/stdout", `echo before > '${log}'; "$@" >> '${log}'; echo after >> '${log}'`).code).toBe(0);
    expect(readFileSync(log, "utf8")).toBe(`before\n${report}after\n`);
  });

  test("a descriptor that was not opened for the program is refused, Node's own among them", () => {
    for (const descriptor of [3, 7, 9, 11, 60]) {
      const run = to(`/dev/fd/${descriptor}`);
      expect({ descriptor, ...run }).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("cannot be written (EBADF)") });
    }
  });

  test("/dev/null leaves the device as it is", () => {
    const before = lstatSync("/dev/null");
    expect(to("/dev/null").code).toBe(0);
    expect(lstatSync("/dev/null").ino).toBe(before.ino);
  });

  test("a file on a read-only place, or with a folder's name, is refused before any work", () => {
    expect(to(join(folder, "photos")).stderr).toContain("cannot be written (EISDIR)");
    expect(to(join(folder, "new/")).stderr).toContain("cannot be written (EISDIR)");
    expect(to(join(folder, "none/report.txt")).stderr).toContain("cannot be written (ENOENT)");
  });
});

describe.each(WRITERS)("%s", (...command) => {
  const to = (place: string) => shell('"$@"', [...command, "--db", db, "-o", place], { cwd: folder });

  test("refuses the library, by whatever name, and what belongs to it", () => {
    const own = temporaryFolder();
    linkSync(db, join(own, "hard.db"));
    symlinkSync(db, join(own, "soft.db"));
    const before = readFileSync(db);
    for (const place of [
      db,
      join(own, "hard.db"),
      join(own, "soft.db"),
      `${db}-wal`,
      `${db}-shm`,
      `${db}.lock`,
      `${db}-vectors-0123abcd`,
      ...["history", "decisions", "review", "reported"].map((name) => `${db}.${name}.jsonl`),
    ]) {
      const run = to(place);
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(`${place} is part of the library itself`)]);
    }
    expect(readFileSync(db).equals(before)).toBe(true);
  });

  test("refuses a photo of the library and its sidecar, by whatever name", () => {
    const own = temporaryFolder();
    const photo = join(folder, "photos/a.jpg");
    linkSync(photo, join(own, "hard"));
    symlinkSync(photo, join(own, "soft"));
    for (const place of [photo, join(own, "hard"), join(own, "soft"), join(folder, "photos/c.xmp")]) {
      const run = to(place);
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(`${place} is a scanned photo`)]);
    }
    expect(readFileSync(photo).equals(readFileSync(PHOTOS.landscape))).toBe(true);
  });
});

/** As `-o`, for what a plan or decisions are written to; the library is the one above. */
const PLANNERS: readonly (readonly string[])[] = [
  ["report", "--plan"],
  ["review", "--opener", "none", "--plan"],
  ["decisions", "export", "-o"],
  ["report", "-o"],
];

describe.each(PLANNERS)("%s %s %s %s", (...command) => {
  test("writes over no picture that was never scanned, no database, and nothing that was decided in any library", () => {
    const own = temporaryFolder();
    const [picture, database] = [join(own, "unscanned"), join(own, "other")];
    const decisions = join(own, "other.db.decisions.jsonl");
    copyFileSync(PHOTOS.heic, picture);
    copyFileSync(db, database);
    writeFileSync(decisions, "{}\n");
    for (const place of [picture, database, decisions, db, `${db}.decisions.jsonl`, `${db}.history.jsonl`, join(folder, "photos/a.jpg")]) {
      const before = existsSync(place) ? readFileSync(place) : null;
      const run = shell('"$@"', [...command, place, "--db", db], { cwd: folder });
      expect([run.code, run.stderr], place).toEqual([
        2,
        expect.stringMatching(/ is (?:a picture|a database|a file of a library|part of the library|a scanned photo)/),
      ]);
      expect(existsSync(place) ? readFileSync(place) : null).toEqual(before);
    }
  });
});

test("a report and its plan go to two files, by whatever names these have", () => {
  const own = temporaryFolder();
  symlinkSync(join(own, "plan.json"), join(own, "link.json"));
  for (const output of ["plan.json", "./plan.json", "link.json"]) {
    const run = shell('"$@"', ["report", "--db", db, "-o", output, "--plan", "plan.json"], { cwd: own });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("The plan and the report cannot both be plan.json")]);
  }
});

describe("what a command reads is never what it writes over:", () => {
  const own = lastingFolder();
  const at = (name: string) => join(own, name);
  const CONFIGURATION = '{ "quiet": false }';
  beforeAll(() => {
    writeFileSync(at("settings.json"), CONFIGURATION);
    writeFileSync(at("pairs.csv"), "a,b,label\n");
    symlinkSync("settings.json", at("linked.json"));
    linkSync(at("pairs.csv"), at("second-name.csv"));
  });
  const config = ["--config", "settings.json"];

  test.each<readonly [read: string, ...args: readonly string[]]>([
    ["the configuration", "report", "-o", "settings.json", ...config],
    ["the configuration", "report", "-o", "linked.json", ...config],
    ["the configuration", "report", "--plan", "./settings.json", ...config],
    ["the configuration", "review", "--opener", "none", "--plan", "settings.json", ...config],
    ["the configuration", "decisions", "export", "-o", "settings.json", ...config],
    ["the configuration", "map", "-o", "settings.json", ...config],
    ["the configuration", "label", "--opener", "none", "-o", "settings.json", ...config],
    ["the configuration", "neighbours", "-o", "settings.json", ...config],
    ["the configuration", "search", PHOTOS.landscape, "-o", "settings.json", ...config],
    ["what --pairs reads", "calibrate", "--pairs", "pairs.csv", "-o", "pairs.csv"],
    ["what --pairs reads", "calibrate", "--pairs", "pairs.csv", "-o", "second-name.csv"],
  ])("%s, by dupfind %s %s %s %s", (read, ...args) => {
    const run = shell('"$@"', [...args, "--db", db], { cwd: own });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(`is ${read}, which is not written over.`)]);
    expect(readFileSync(at("settings.json"), "utf8")).toBe(CONFIGURATION);
    expect(readFileSync(at("pairs.csv"), "utf8")).toBe("a,b,label\n");
  });

  test("nor where the configuration is named by the environment, or lies where it is looked for", () => {
    const home = temporaryFolder();
    mkdirSync(join(home, "dupfind"));
    const usual = join(home, "dupfind/dupfind.config.json");
    copyFileSync(at("settings.json"), usual);
    const ways = [
      { file: at("settings.json"), env: { DUPFIND_CONFIG: at("settings.json") } },
      { file: usual, env: { XDG_CONFIG_HOME: home } },
    ];
    for (const { file, env } of ways) {
      const run = shell('"$@"', ["report", "-o", file, "--db", db], { cwd: own, env: { ...process.env, ...env } });
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("is the configuration, which is not written over.")]);
      expect(readFileSync(file, "utf8")).toBe(CONFIGURATION);
    }
  });

  test("but a device may be both, and so may a file be written that lies beside", () => {
    expect(shell('"$@"', ["report", "-o", "beside.json", "--db", db, ...config], { cwd: own }).code).toBe(0);
    writeFileSync(at("empty.json"), "{}");
    expect(shell('"$@"', ["report", "-o", "/dev/null", "--db", db, "--config", "empty.json"], { cwd: own }).code).toBe(0);
  });
});

/** Mounts need rights that a user has in a namespace of their own, where the system allows it. */
const canMount = spawnSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

test.skipIf(!canMount).each([
  ["report", "-o", "answer.html"],
  ["report", "-o", "answer.json"],
  ["report", "--plan", "answer.json"],
  ["map", "-o", "answer.html"],
  ["search", PHOTOS.landscape, "-o", "answer.html"],
  ["neighbours", "-o", "answer.json"],
])("%s %s %s %s on a disk that fills up leaves the file that stood there, and no half one", (...command) => {
  const full = join(temporaryFolder(), "full");
  mkdirSync(full);
  const answer = command.at(-1) as string;
  // What is left is less than any answer takes.
  const script = `mount -t tmpfs -o size=16k tmpfs "${full}" && cd "${full}" && echo before > ${answer} && head -c 11900 /dev/zero > filler
    "$@" > /dev/null; code=$?; cat ${answer}; ls -A; exit $code`;
  const args = ["-rm", "sh", "-c", script, "sh", process.execPath, PROGRAM, ...command, "--db", db];
  const run = spawnSync("unshare", args, { cwd: folder, encoding: "utf8" });
  expect([run.status, run.stderr, run.stdout]).toEqual([
    2,
    expect.stringContaining("(ENOSPC)"),
    `before\n${[answer, "filler"].sort().join("\n")}\n`,
  ]);
});

// calibrate asks for more photos than there are here.
test.each(WRITERS.slice(0, -1))("%s to a device that is full ends with a sentence and 2", (...command) => {
  const run = shell('"$@"', [...command, "--db", db, "-o", "/dev/full"], { cwd: folder });
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("/dev/full cannot be written (ENOSPC).\nThe disk is full")]);
});

test("a library that is named by a link is refused by its real name too", () => {
  const link = join(temporaryFolder(), "link.db");
  symlinkSync(db, link);
  const run = shell('"$@"', ["report", "--db", link, "-o", db]);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("is part of the library itself")]);
});

test("a file whose number on the disk a photo had before it was deleted is no photo", async () => {
  const own = temporaryFolder();
  const [photos, library, place] = [join(own, "photos"), join(own, "library.db"), join(own, "report.txt")];
  mkdirSync(photos);
  copyFileSync(PHOTOS.landscape, join(photos, "a.jpg"));
  copyFileSync(PHOTOS.falcon, join(photos, "b.jpg"));
  await dupfindJson(["scan", photos, "--db", library]);
  linkSync(join(photos, "a.jpg"), place); // what a file system does that gives numbers again
  rmSync(join(photos, "a.jpg"));
  writeFileSync(place, "an earlier report");
  expect((await dupfind(["report", "--db", library, "-o", place])).code).toBe(0);
  expect(readFileSync(place, "utf8")).toContain("No duplicates");
});

test("answers of label go to no photo, no library and no pipe", async () => {
  const pipe = join(temporaryFolder(), "pipe");
  spawnSync("mkfifo", [pipe]);
  for (const [place, words] of [
    [db, "is part of the library itself"],
    [join(folder, "photos/a.jpg"), "is a scanned photo"],
    [pipe, "is a pipe or a device"],
    ["/dev/null", "is a pipe or a device"],
  ] as const) {
    const run = await dupfind(["label", "--db", db, "-o", place]);
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(`${place} ${words}`)]);
  }
});

describe("standard output", () => {
  const TELLERS: readonly (readonly string[])[] = [
    ["report", "--fail-on-duplicates"],
    ["report", "--json"],
    ["report", "-0"],
    ["search", PHOTOS.landscape],
    ["neighbours"],
    ["status"],
    ["prune"],
    ["drift"],
    ["models", "list"],
    ["models", "verify"],
    ["scan", "photos"],
    ["embed", "photos/a.jpg"],
    ["embed", "photos/a.jpg", "--format", "npy"],
    ["--help"],
    ["--version"],
  ];
  const withLibrary = (command: readonly string[]) => (command[0]?.startsWith("-") ? command : [...command, "--db", db]);

  test.each(TELLERS)("that is full ends %s %s %s %s with a sentence and 2", (...command) => {
    const run = shell('"$@" > /dev/full', withLibrary(command), { cwd: folder });
    expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^dupfind: Standard output cannot be written \(ENOSPC\)\.\n.+\.\n$/)]);
  });

  test("that nobody reads is no fault, and the exit code is that of the answer", () => {
    const unread = (args: readonly string[]) => shell('"$@" | true; exit $PIPESTATUS', args, { cwd: folder });
    expect(unread(["report", "--fail-on-duplicates", "--db", db])).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(unread(["report", "--db", db])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(unread(["report", "--db", join(folder, "none.db")]).code).toBe(2);
    expect(unread(["--help"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("that is closed early ends the reading of further photos", () => {
    const photos = Array.from({ length: 200 }, () => "photos/c.jpg");
    const begun = performance.now();
    const run = shell('"$@" | head -1; exit $PIPESTATUS', ["embed", ...photos], { cwd: folder });
    const few = performance.now() - begun;
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.split("\n")).toHaveLength(2);
    const again = performance.now();
    shell('"$@" > /dev/null', ["embed", ...photos], { cwd: folder });
    expect(few).toBeLessThan((performance.now() - again) * 0.8);
  });

  test("and the answer there are the same when standard error has no reader or no room", () => {
    const expected = shell('"$@"', ["report", "--db", db], { cwd: folder }).stdout;
    expect(shell('"$@" 2> >(true)', ["report", "--db", db], { cwd: folder })).toEqual({ code: 0, stdout: expected, stderr: "" });
    expect(shell('"$@" 2> >(true)', ["report", "--db", join(folder, "none.db")]).code).toBe(2);
    expect(shell('"$@" 2> /dev/full', ["report", "--db", join(folder, "none.db")]).code).toBe(2);
    expect(shell('"$@" 2> /dev/full', ["embed", "photos/none.jpg", "photos/c.jpg"], { cwd: folder }).code).toBe(2);
  });
});

describe("names from outside", () => {
  const EVIL = "\u001b[31m\u202egpj.\u200bexe\u009b.jpg";
  const SHOWN = "\\u001b[31m\\u202egpj.\\u200bexe\\u009b.jpg";

  test("reach a terminal escaped, and a program byte for byte", async () => {
    const own = temporaryFolder();
    const [photos, library] = [join(own, "photos"), join(own, "library.db")];
    mkdirSync(photos);
    for (const name of [EVIL, `2${EVIL}`]) copyFileSync(PHOTOS.landscape, join(photos, name));
    await dupfindJson(["scan", photos, "--db", library]);
    const run = (...args: string[]) => dupfind([...args, "--db", library], { workingFolder: own });
    const text = await run("report");
    expect(text.stdout).toContain(`photos/${SHOWN}`);
    const json = (await run("report", "--json")).stdout;
    expect(json).toContain(SHOWN);
    expect(json).not.toContain("\u202e");
    expect(JSON.parse(json).sets[0].keeper.path).toContain(EVIL);
    expect((await run("report", "-0")).stdout).toBe(`${join(photos, `2${EVIL}`)}\0`);
    expect((await run("report", "--format", "csv")).stdout).toContain(join(photos, EVIL));
    expect((await run("search", PHOTOS.falcon, "-0")).stdout).toContain(`${join(photos, EVIL)}\0`);
    expect((await run("search", PHOTOS.falcon, "--format", "html")).stdout).toContain(SHOWN);

    for (const form of [["-0"], ["--format", "csv"], ["--format", "paths"]]) {
      const { stdout } = await dupfind(["report", ...form, "--db", library], { isOutputTerminal: true });
      expect(stdout).toContain(`2${SHOWN}`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
    }
  });

  test.each([
    [["scan", EVIL]],
    [["report", `--${EVIL}`]],
    [["report", "--model", EVIL]],
    [["report", "-o", `none/${EVIL}`]],
    [["status", "--db", EVIL]],
    [["embed", EVIL]],
    [[EVIL]],
  ])("are escaped in what is said of a mistake: %j", async (args) => {
    const { stderr } = await dupfind(args, { environment: { DUPFIND_DB: db } });
    expect(stderr).toMatch(/u202egpj/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
  });
});

describe("a home folder", () => {
  const scan = (env: NodeJS.ProcessEnv) => shell('"$@"', ["scan", join(folder, "photos")], { env: { PATH: process.env["PATH"], ...env } });

  test.each([
    ["is a file", PHOTOS.falcon, "ENOTDIR|EEXIST"],
    ["is a device", "/dev/null", "ENOTDIR|EEXIST"],
    ["takes no folder", "/proc", "ENOENT|EACCES"],
    ["takes no folder for its data", "/sys", "EPERM|EACCES|EROFS"],
  ])("that %s is told in a sentence", (_what, home, code) => {
    const run = scan({ HOME: home });
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`[Tt]he (models )?folder ${home}/.* cannot be (made|listed) \\(([a-z -]+: )?(${code})\\)`)),
    ]);
  });

  test("for data alone that takes no folder is told in a sentence", () => {
    const run = scan({ HOME: folder, XDG_DATA_HOME: "/proc" });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("The folder /proc/dupfind cannot be made")]);
  });

  test("that has no name is none, and nothing is written into the working folder", () => {
    const own = temporaryFolder();
    const run = shell('"$@"', ["scan", join(folder, "photos")], { cwd: own, env: { PATH: process.env["PATH"], HOME: "" } });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("There is no home folder")]);
    expect(readdirSync(own)).toEqual([]);
  });

  test("is not needed by whoever names the library and the models", () => {
    const own = temporaryFolder();
    const env = { HOME: "", DUPFIND_DB: join(own, "library.db"), DUPFIND_MODELS: join(own, "models") };
    expect(scan(env).code).toBe(0);
  });
});

test("a working folder that was removed is told in a sentence", () => {
  const own = temporaryFolder();
  const run = shell(`mkdir '${own}/gone' && cd '${own}/gone' && rmdir '${own}/gone' && "$@"`, ["status"]);
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("The working folder no longer exists")]);
});
