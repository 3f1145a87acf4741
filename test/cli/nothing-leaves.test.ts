/**
 * Nothing leaves the machine, nothing is left behind on it, and no photo is changed: every command of the program as it is
 * installed, watched by strace, in a home and with a folder for temporary files that nobody else uses.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROGRAM } from "../built-program.ts";
import { commandNames } from "../commands.ts";
import { FAMILIES, fixtureFolder, installFamilies } from "../models.ts";
import { EXAMPLES } from "../photos.ts";
import { describeTraced, UNDER_STRACE } from "../strace.ts";
import { lastingFolder } from "../temporary-folder.ts";

/** What reaches another machine, and the files that are read before one is asked for a name and to tell this one apart. */
const CALLS = "connect,sendto,sendmsg,sendmmsg,openat";
const FAMILY = FAMILIES.find(({ family }) => family === "dinov2") as (typeof FAMILIES)[number];
const REACHES_OUT = /sa_family=AF_INET6?|(?:nscd|systemd\/resolve)|"\/etc\/(?:hosts|machine-id)"/;

/** One encoder goes the way of all, and sooner. */
const OWN_ENCODER_ALONE = { DUPFIND_MODELS: "/nowhere", DUPFIND_LOCK: "" };

interface Command {
  readonly name: string;
  readonly args: readonly string[];
  /** File that the command is asked to write. */
  readonly output?: string;
  /** 0 where nothing is said. */
  readonly code?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

describeTraced(UNDER_STRACE, () => {
  const folder = lastingFolder();
  const place = (name: string) => join(folder, name);
  const db = place("work/library.db");
  const environment = {
    PATH: process.env["PATH"],
    HOME: place("home"),
    TMPDIR: place("temporary"),
    XDG_CACHE_HOME: place("home/cache"),
    XDG_CONFIG_HOME: place("home/config"),
    XDG_DATA_HOME: place("home/data"),
    XDG_STATE_HOME: place("home/state"),
    DUPFIND_MODELS: place("models"),
    DUPFIND_LOCK: place("models/lock.json"),
    // Calls handed over through a ring would not be seen.
    UV_USE_IO_URING: "0",
  };
  const photos = place("photos");
  const falcon = join(photos, "originals/prairie_falcon.jpg");
  const filesIn = (name: string) => readdirSync(place(name), { recursive: true, encoding: "utf8" }).sort();
  let modelFiles: readonly string[];
  let photosBefore: ReturnType<typeof photosNow>;

  beforeAll(() => {
    for (const name of ["home", "temporary", "work"]) mkdirSync(place(name));
    cpSync(EXAMPLES, photos, { recursive: true, preserveTimestamps: true });
    chmodSync(falcon, 0o640);
    installFamilies(place("models"));
    modelFiles = filesIn("models");
    writeFileSync(place("labels.csv"), labelsOf(photos));
    photosBefore = photosNow();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Bytes, times, rights and place of every photo and folder, to the nanosecond. */
  function photosNow() {
    return filesIn("photos").map((name) => {
      const path = join(photos, name);
      const { mode, size, ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
      const sha256 = lstatSync(path).isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : null;
      return { name, mode, size, ino, mtimeNs, ctimeNs, sha256 };
    });
  }

  interface Traced {
    readonly code: number | null;
    readonly reachedOut: readonly string[];
    readonly stderr: string;
  }

  const watched = new Set<string>();

  /** @param meanwhile what is done while the program runs; gets what it says on standard error so far */
  async function traced(
    args: readonly string[],
    meanwhile: (child: ChildProcess, said: () => string) => unknown = () => {},
    added: NodeJS.ProcessEnv = {},
  ): Promise<Traced> {
    watched.add(args.slice(0, ["models", "decisions"].includes(args[0] ?? "") ? 2 : 1).join(" "));
    const trace = place("trace");
    const strace = ["-f", "-qq", "-s", "200", "-e", `trace=${CALLS}`, "-o", trace, process.execPath, PROGRAM, ...args];
    const child = spawn("strace", strace, { env: { ...environment, ...added }, cwd: place("work"), stdio: "pipe" });
    let stderr = "";
    child.stdout.resume();
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const closed = once(child, "close");
    await meanwhile(child, () => stderr);
    child.stdin.end();
    const [code] = await closed;
    const calls = readFileSync(trace, "utf8").split("\n");
    // What it opened shows that the trace saw it.
    expect(calls.some((call) => call.includes("bin.js"))).toBe(true);
    return { code, reachedOut: calls.filter((call) => REACHES_OUT.test(call)), stderr };
  }

  const commands: readonly Command[] = [
    { name: "scan", args: ["scan", photos] },
    { name: "report", args: ["report", "--json"] },
    { name: "report at another threshold", args: ["report", "--threshold", "0.5", "-o", "report.txt"], output: "report.txt" },
    { name: "report with a plan", args: ["report", "--plan", "plan.json"], output: "plan.json" },
    { name: "apply without --yes", args: ["apply", "plan.json"] },
    { name: "history", args: ["history"] },
    { name: "decisions export", args: ["decisions", "export", "-o", "decisions.csv"], output: "decisions.csv" },
    { name: "report as a page", args: ["report", "-o", "report.html"], output: "report.html" },
    { name: "search by a photo", args: ["search", falcon] },
    { name: "map", args: ["map", "-o", "map.html"], output: "map.html" },
    { name: "calibrate from edits", args: ["calibrate", "--synthetic", "-o", "curve.html"], output: "curve.html" },
    { name: "calibrate from labels", args: ["calibrate", "--pairs", place("labels.csv"), "--precision", "0.5"] },
    { name: "neighbours", args: ["neighbours"] },
    { name: "drift", args: ["drift"] },
    { name: "reindex --rebuild", args: ["reindex", "--model", "dupfind-lite", "--rebuild"] },
    { name: "models compare", args: ["models", "compare", "--synthetic", "30"], environment: OWN_ENCODER_ALONE },
    { name: "reindex", args: ["reindex", "--model", "clip-vit-base-patch32"] },
    { name: "search by words", args: ["search", "a falcon", "--model", "clip-vit-base-patch32"] },
    { name: "adapt", args: ["adapt", "--pairs", place("labels.csv"), "--model", "dupfind-lite"], code: 1 },
    { name: "models list", args: ["models", "list"] },
    { name: "models verify", args: ["models", "verify"] },
    { name: "prune", args: ["prune"] },
    { name: "status", args: ["status"] },
    { name: "roots", args: ["roots"] },
    { name: "config", args: ["config"] },
    { name: "doctor", args: ["doctor"] },
    { name: "copy-library", args: ["copy-library", db, place("work/library.db-copied.db")] },
  ];
  const written = new Set<string>(["library.db", "library.db.lock"]);

  function expectNothingLeftOrChanged(): void {
    expect({ home: filesIn("home"), temporary: filesIn("temporary"), models: filesIn("models") }).toEqual({
      home: [],
      temporary: [],
      models: modelFiles,
    });
    expect(filesIn("work").filter((name) => !written.has(name) && !name.startsWith("library.db"))).toEqual([]);
    expect(photosNow()).toEqual(photosBefore);
  }

  test.each(commands)(
    "$name reaches nobody, leaves no file but its own, and changes no photo",
    async ({ args, output, code = 0, environment: added }) => {
      if (output !== undefined) written.add(output);
      const run = await traced([...args, "--db", db], () => {}, added);
      expect({ code: run.code, reachedOut: run.reachedOut }, run.stderr).toEqual({ code, reachedOut: [] });
      expectNothingLeftOrChanged();
    },
  );

  test("embed reaches nobody, and leaves no file", async () => {
    const { code, reachedOut, stderr } = await traced(["embed", falcon, join(photos, "originals/IMG_2682.heic")]);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeftOrChanged();
  });

  test("apply and undo reach nobody, leave the journal and the trash alone, and bring every photo back", async () => {
    const [twins, other] = [place("twins"), place("work/library.db-of-twins.db")];
    mkdirSync(twins);
    for (const name of ["a.jpg", "b.jpg"]) cpSync(falcon, join(twins, name));
    const names = () => readdirSync(twins).sort();
    const steps: readonly (readonly string[])[] = [
      ["scan", twins],
      ["report", "--plan", place("twins.json")],
      ["apply", place("twins.json"), "--yes"],
      ["decisions", "import", place("no-labels.csv")],
      ["undo"],
    ];
    writeFileSync(place("no-labels.csv"), "a,b,same\n");
    for (const args of steps) {
      const { code, reachedOut, stderr } = await traced([...args, "--db", other]);
      expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
      if (args[0] === "apply") {
        expect(names()).toEqual(["a.jpg"]);
        expect(filesIn("home")).toEqual([
          "data",
          "data/Trash",
          "data/Trash/files",
          "data/Trash/files/b.jpg",
          "data/Trash/info",
          "data/Trash/info/b.jpg.trashinfo",
        ]);
      }
    }
    expect(names()).toEqual(["a.jpg", "b.jpg"]);
    expect(filesIn("home")).toEqual(["data", "data/Trash", "data/Trash/files", "data/Trash/info"]);
    rmSync(place("home/data"), { recursive: true });
    expectNothingLeftOrChanged();
  });

  test("models remove and import reach nobody, and leave no file but the model's", async () => {
    const { id } = FAMILY;
    const others = modelFiles.filter((name) => !name.startsWith(id));
    for (const args of [
      ["models", "remove", id],
      ["models", "import", fixtureFolder(FAMILY)],
    ]) {
      const { code, reachedOut, stderr } = await traced(args);
      expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    }
    modelFiles = filesIn("models");
    expect(modelFiles).toContain(`${id}/onnx/model.onnx`);
    expect(modelFiles.filter((name) => !name.startsWith(id) && name !== "pull.lock")).toEqual(others);
    expectNothingLeftOrChanged();
  });

  test("label on the terminal reaches nobody, and leaves the answers", async () => {
    written.add("terminal.csv");
    const { code, reachedOut, stderr } = await traced(["label", "--db", db, "-o", "terminal.csv"], (child) => child.stdin?.write("sq"));
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeftOrChanged();
  });

  test("label on a page answers this machine and reaches nobody", async () => {
    written.add("page.csv");
    const answer = async (child: ChildProcess, said: () => string) => {
      const url = await until(child, () => /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.exec(said())?.[0]);
      const { origin } = new URL(url);
      expect(await (await fetch(url)).text()).toContain("<script");
      const reply = (turn: number, name: string) =>
        fetch(`${url}reply`, { method: "POST", headers: { origin }, body: JSON.stringify({ turn, reply: name }) });
      const { turn } = (await (await fetch(`${url}state`)).json()) as { readonly turn: number };
      const next = (await (await reply(turn, "same")).json()) as { readonly turn: number };
      await reply(next.turn, "quit");
    };
    const { code, reachedOut, stderr } = await traced(["label", "--page", "--db", db, "-o", "page.csv"], answer);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeftOrChanged();
  });

  test("review answers this machine and reaches nobody, and leaves the plan", async () => {
    written.add("reviewed.json");
    const review = async (child: ChildProcess, said: () => string) => {
      const url = await until(child, () => /http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.exec(said())?.[0]);
      const { origin } = new URL(url);
      const post = (name: string, question: object) =>
        fetch(url + name, { method: "POST", headers: { origin }, body: JSON.stringify(question) }).then((answer) => answer.json());
      const { progress } = (await (await fetch(`${url}sets`)).json()) as { readonly progress: { readonly total: number } };
      expect((await fetch(`${url}picture/0/1/screen`)).status).toBe(200);
      for (let set = 0; set < progress.total; set++)
        expect(await post("choose", { ask: "choose", set, choice: "extras-go", keeper: 0 })).toMatchObject({ fault: null });
      expect(await post("plan", {})).toMatchObject({ fault: null });
    };
    const { code, reachedOut, stderr } = await traced(["review", "--plan", "reviewed.json", "--db", db], review);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeftOrChanged();
  });

  test("forget reaches nobody, and leaves no file", async () => {
    const { code, reachedOut, stderr } = await traced(["forget", photos, "--db", db]);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeftOrChanged();
  });

  test("no command was left out but models pull, which fetches, completion, which prints a constant, and watch, which is scan again", () => {
    expect(
      commandNames()
        .filter((name) => !watched.has(name))
        .sort(),
    ).toEqual(["completion", "models pull", "watch"]);
  });
});

/** A CSV of judged pairs: all versions of one photo are the same, and the originals are different. */
function labelsOf(folder: string): string {
  const made = JSON.parse(readFileSync(join(EXAMPLES, "../duplicates.json"), "utf8")) as readonly { copy: string; original: string }[];
  const originals = [...new Set(made.map(({ original }) => original))];
  const same = originals.flatMap((original) =>
    pairsOf([original, ...made.filter((one) => one.original === original).map(({ copy }) => copy)]),
  );
  const rows = [...same.map((pair) => [...pair, 1]), ...pairsOf(originals).map((pair) => [...pair, 0])];
  return ["a,b,same", ...rows.map(([a, b, label]) => `"${join(folder, `${a}`)}","${join(folder, `${b}`)}",${label}`)].join("\n");
}

function pairsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((one, index) => names.slice(0, index).map((other) => [one, other] as const));
}

async function until<Value>(child: ChildProcess, look: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}`);
    await wait(10);
  }
}
