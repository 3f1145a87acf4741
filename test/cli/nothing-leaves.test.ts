/**
 * Nothing leaves the machine, and nothing is left behind on it: the program as it is installed, watched by strace, in a home
 * and with a folder for temporary files that nobody else uses.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installFamilies } from "../models.ts";
import { EXAMPLES, PHOTOS } from "../photos.ts";
import { lastingFolder } from "../temporary-folder.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));
/** What reaches another machine, and the files that are read before one is asked for a name and to tell this one apart. */
const CALLS = "connect,sendto,sendmsg,sendmmsg,openat";
const REACHES_OUT = /sa_family=AF_INET6?|(?:nscd|systemd\/resolve)|"\/etc\/(?:hosts|machine-id)"/;

const HAS_STRACE = spawnSync("strace", ["-V"], { stdio: "ignore" }).error === undefined;
/** Without strace there is nothing to look at; where CI runs, it has to be there. */
const describeTraced = HAS_STRACE || process.env["CI"] === "true" ? describe : describe.skip;

describeTraced(`under strace${HAS_STRACE ? "" : ", which is not here"}`, () => {
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
  const filesIn = (name: string) => readdirSync(place(name), { recursive: true, encoding: "utf8" }).sort();
  let modelFiles: readonly string[];

  beforeAll(() => {
    for (const name of ["home", "temporary", "work"]) mkdirSync(place(name));
    installFamilies(place("models"));
    modelFiles = filesIn("models");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  interface Traced {
    readonly code: number | null;
    readonly reachedOut: readonly string[];
    readonly stderr: string;
  }

  /** @param meanwhile what is done while the program runs; gets what it says on standard error so far */
  async function traced(
    args: readonly string[],
    meanwhile: (child: ChildProcess, said: () => string) => unknown = () => {},
  ): Promise<Traced> {
    const trace = place("trace");
    const strace = ["-f", "-qq", "-s", "200", "-e", `trace=${CALLS}`, "-o", trace, process.execPath, PROGRAM, ...args];
    const child = spawn("strace", strace, { env: environment, cwd: place("work"), stdio: "pipe" });
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

  const commands: readonly { readonly name: string; readonly args: readonly string[]; readonly output?: string }[] = [
    { name: "scan", args: ["scan", EXAMPLES] },
    { name: "report", args: ["report", "--json"] },
    { name: "report at another threshold", args: ["report", "--threshold", "0.5", "-o", "report.txt"], output: "report.txt" },
    { name: "search by a photo", args: ["search", PHOTOS.falcon] },
    { name: "map", args: ["map", "-o", "map.html"], output: "map.html" },
    { name: "calibrate", args: ["calibrate", "--synthetic", "-o", "curve.html"], output: "curve.html" },
    { name: "neighbours", args: ["neighbours"] },
    { name: "drift", args: ["drift"] },
    { name: "reindex --rebuild", args: ["reindex", "--model", "dupfind-lite", "--rebuild"] },
    { name: "reindex", args: ["reindex", "--model", "clip-vit-base-patch32"] },
    { name: "search by words", args: ["search", "a falcon", "--model", "clip-vit-base-patch32"] },
    { name: "status", args: ["status"] },
  ];
  const written = new Set<string>(["library.db", "library.db.lock"]);

  function expectNothingLeft(): void {
    expect({ home: filesIn("home"), temporary: filesIn("temporary"), models: filesIn("models") }).toEqual({
      home: [],
      temporary: [],
      models: modelFiles,
    });
    expect(filesIn("work").filter((name) => !written.has(name) && !name.startsWith("library.db"))).toEqual([]);
  }

  test.each(commands)("$name reaches nobody, and leaves no file but its own", async ({ args, output }) => {
    if (output !== undefined) written.add(output);
    const { code, reachedOut, stderr } = await traced([...args, "--db", db]);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeft();
  });

  test("embed reaches nobody, and leaves no file", async () => {
    const { code, reachedOut, stderr } = await traced(["embed", PHOTOS.falcon, PHOTOS.heic]);
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeft();
  });

  test("label on the terminal reaches nobody, and leaves the answers", async () => {
    written.add("terminal.csv");
    const { code, reachedOut, stderr } = await traced(["label", "--db", db, "-o", "terminal.csv"], (child) => child.stdin?.write("sq"));
    expect({ code, reachedOut }, stderr).toEqual({ code: 0, reachedOut: [] });
    expectNothingLeft();
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
    expectNothingLeft();
  });
});

async function until<Value>(child: ChildProcess, look: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}`);
    await wait(10);
  }
}
