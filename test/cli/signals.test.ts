/**
 * Signals, as the system, a shell, nohup and a terminal that is closed send them.
 */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Database } from "../../src/io/library/better-sqlite3.ts";
import { PROGRAM, shell } from "../built-program.ts";
import { PHOTOS, writeSmallPhotos } from "../photos.ts";
import { dupfind, dupfindJson } from "../program.ts";
import { lastingFolder, temporaryFolder } from "../temporary-folder.ts";

const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let folder: string;
let photos: string;
beforeAll(async () => {
  folder = lastingFolder();
  photos = join(folder, "photos");
  mkdirSync(photos);
  await writeSmallPhotos(photos, 120, 3);
  return () => rmSync(folder, { recursive: true, force: true });
});

interface Scanning {
  readonly child: ChildProcess;
  readonly stderr: () => string;
  readonly stdout: () => string;
  /** As a shell tells it: 128 and the signal's number for a process that the system ended. */
  readonly code: Promise<number | null>;
}

/** A scan that has begun to embed. */
async function scanning(stdio: StdioOptions = ["ignore", "pipe", "pipe"]): Promise<Scanning> {
  const db = join(temporaryFolder(), "library.db");
  const child = spawn(process.execPath, [PROGRAM, "scan", photos, "--db", db], { stdio });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stderr = "";
  let stdout = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  child.stdout?.on("data", (text) => {
    stdout += text;
  });
  const code = once(child, "close").then(([own, signal]) => (signal === null ? own : CODES[signal as keyof typeof CODES]));
  await embedding(db);
  return { child, stderr: () => stderr, stdout: () => stdout, code };
}

async function embedding(db: string): Promise<void> {
  for (;;) {
    await wait(20);
    try {
      const library = new Database(db, { readonly: true, fileMustExist: true });
      const found = library.prepare("SELECT 1 FROM embedding").get();
      library.close();
      if (found !== undefined) return;
    } catch {
      // not there yet
    }
  }
}

test.each(["SIGINT", "SIGTERM"] as const)("%s once more ends a scan at once, with the same code and without an abort", async (signal) => {
  for (const pause of [0, 30]) {
    const { child, stderr, code } = await scanning();
    child.kill(signal);
    while (!stderr().includes("finishing")) await wait(1);
    await wait(pause);
    child.kill(signal);
    expect(await code).toBe(CODES[signal]);
    expect(stderr()).toBe("dupfind: finishing the current work; send the same signal again to stop at once.\n");
  }
});

describe("SIGHUP once more", () => {
  test.each([0, 30])("after %i ms is the same terminal that is closed: the scan finishes what is under way", async (pause) => {
    const { child, stderr, stdout, code } = await scanning();
    child.kill("SIGHUP");
    while (!stderr().includes("finishing")) await wait(1);
    await wait(pause);
    child.kill("SIGHUP");
    expect(await code).toBe(CODES.SIGHUP);
    expect(stdout()).toContain("Stopped early");
  });

  test("leaves SIGTERM to end the scan at once", async () => {
    const { child, stderr, code } = await scanning();
    child.kill("SIGHUP");
    while (!stderr().includes("finishing")) await wait(1);
    child.kill("SIGHUP");
    // As a person presses again: what comes while the first is being taken may be heard by nobody.
    const again = setInterval(() => child.kill("SIGTERM"), 20);
    onTestFinished(() => clearInterval(again));
    expect(await code).toBe(CODES.SIGTERM);
    expect(stderr()).toBe("dupfind: finishing the current work; send SIGTERM to stop at once.\n");
  });
});

describe.each(SIGNALS)("%s", (signal) => {
  test("ends a scan with its code though nobody reads standard error", async () => {
    const { child, code } = await scanning();
    child.stderr?.destroy();
    child.stdout?.destroy();
    child.kill(signal);
    expect(await code).toBe(CODES[signal]);
  });

  test("ends a scan with its code though standard error is full", async () => {
    const full = openSync("/dev/full", "w");
    const { child, code } = await scanning(["ignore", full, full]);
    child.kill(signal);
    expect(await code).toBe(CODES[signal]);
  });
});

test("a signal that follows another at the same moment ends a scan at once", async () => {
  const { child, code } = await scanning();
  child.kill("SIGTERM");
  child.kill("SIGINT");
  expect([130, 143]).toContain(await code);
});

describe("a signal", () => {
  const COMMANDS: readonly (readonly string[])[] = [
    ["scan", PHOTOS.heic.slice(0, PHOTOS.heic.lastIndexOf("/"))],
    ["report", "--fail-on-duplicates"],
    ["status"],
    ["prune"],
    ["reindex", "--model", "dupfind-lite"],
    ["search", PHOTOS.falcon],
    ["neighbours"],
    ["map", "-o", "/dev/null"],
    ["calibrate", "--synthetic", "--dry-run"],
    ["label", "-o", "labeled.csv"],
    ["drift"],
    ["embed", PHOTOS.falcon],
    ["models", "list"],
    ["models", "verify"],
    ["models", "compare", "--synthetic"],
  ];
  let db: string;
  beforeAll(async () => {
    db = join(folder, "library.db");
    await dupfindJson(["scan", photos, "--db", db]);
  });

  test.each(COMMANDS)("is told by the exit code of %s %s %s", async (...command) => {
    const own = temporaryFolder();
    const args = command.map((arg) => (arg === "labeled.csv" ? join(own, arg) : arg));
    for (const signal of SIGNALS) {
      const run = await dupfind([...args, "--db", db], { stop: AbortSignal.abort(signal) });
      expect({ signal, code: run.code, stderr: run.stderr }).toMatchObject({ signal, code: CODES[signal] });
    }
  });
});

describe("SIGHUP that was ignored from the start", () => {
  /** A scan in the background of a shell, which is sent SIGHUP when it has begun; its exit code. */
  function hungUp(start: string, env: NodeJS.ProcessEnv = {}) {
    const db = join(temporaryFolder(), "library.db");
    const isScanning = `until [ -s '${db}' ]; do kill -0 $scan || exit 1; sleep 0.05; done`;
    const script = `${start} & scan=$!; ${isScanning}; kill -HUP $scan; wait $scan`;
    return shell(script, ["scan", photos, "--db", db, "--threads", "1"], { env: { ...process.env, ...env } });
  }

  test("by nohup of a shell stays ignored", () => {
    const { code, stdout, stderr } = hungUp('nohup "$@"');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining("finishing") });
    expect(stdout).toContain("120 photos found");
  });

  test("by a shell that ignores it stays ignored", () => {
    expect(hungUp(`trap '' HUP; "$@"`).code).toBe(0);
  });

  test("by nothing ends the scan", () => {
    expect(hungUp('"$@"').code).toBe(129);
    expect(hungUp('"$@"', { _: "/usr/bin/env" }).code).toBe(129);
  });
});

describe("a terminal that is closed", () => {
  /** Scans on a terminal of its own, which is closed when the scan has begun; the exit code and what the scan printed. */
  async function scanOnTerminal(command: (scan: string) => string) {
    const own = temporaryFolder();
    const db = join(own, "library.db");
    const scan = `'${process.execPath}' '${PROGRAM}' scan '${photos}' --db '${db}' --threads 1`;
    // The system tells the shell alone, which hands it on; dash names nothing of what it starts.
    const start = `exec 3<&0; trap 'kill -HUP $scan' HUP; ${command(scan)} <&3 & scan=$!`;
    // A signal ends the shell's wait, not the scan; a shell that the terminal started is told twice.
    const end = "while kill -0 $scan 2>/dev/null; do wait $scan; code=$?; done";
    writeFileSync(join(own, "start.sh"), `unset _; ${start}; ${end}; echo $code > code.part; mv code.part code\n`);
    const terminal = spawn("script", ["-qec", "sh start.sh", "/dev/null"], {
      cwd: own,
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    onTestFinished(() => void terminal.kill("SIGKILL"));
    await embedding(db);
    terminal.kill("SIGKILL"); // it held the terminal's other end: the session is hung up
    for (let i = 0; i < 600 && !existsSync(join(own, "code")); i++) await wait(50);
    const printed = ["log", "nohup.out"].map((name) => join(own, name)).filter((path) => existsSync(path));
    return { code: Number(readFileSync(join(own, "code"), "utf8")), printed: printed.map((path) => readFileSync(path, "utf8")).join("") };
  }

  test("ends a scan with 129, and without an abort", async () => {
    const { code, printed } = await scanOnTerminal((scan) => `${scan} > log 2>&1`);
    expect(code).toBe(129);
    expect(printed).toMatch(/finishing[^\n]*\n120 photos found[^\n]*\n(?:.*\n)*\d+ photos? not read yet\.\nStopped early[^\n]*\n$/);
  });

  test("ends a scan with 129 though its words are lost with the terminal", async () => {
    expect((await scanOnTerminal((scan) => scan)).code).toBe(129);
  });

  test("does not end a scan under nohup", async () => {
    const { code, printed } = await scanOnTerminal((scan) => `nohup ${scan}`);
    expect(code).toBe(0);
    expect(printed).toContain("120 photos found: 120 new");
  });

  test("does not end a scan whose shell ignores it, nor change its exit code", async () => {
    const { code, printed } = await scanOnTerminal((scan) => `(trap '' HUP; ${scan} > log 2>&1; exit $?)`);
    expect(code).toBe(0);
    expect(printed).toContain("120 photos found: 120 new");
  });
});
