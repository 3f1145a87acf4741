/**
 * What programs read: the real program's answer to every command with `--json`, and its errors, by their published schemas.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli.ts";
import type { Host } from "../../src/commands/host.ts";
import { answerSchema, SCHEMA_NAMES } from "../answer-schemas.ts";
import { PROGRAM, type ShellRun } from "../built-program.ts";
import { writeBenchmark, writeLabels } from "../edited-photos.ts";
import { FAMILIES, fixtureFolder, writeTinyLock } from "../models.ts";
import { EXAMPLES, PHOTOS } from "../photos.ts";
import { lastingFolder } from "../temporary-folder.ts";

const folder = lastingFolder();
const at = (name: string) => join(folder, name);
const [tiny] = FAMILIES as [(typeof FAMILIES)[0]];

/** Arguments of each command, in an order in which they work, and what is typed while it runs. */
const COMMANDS: readonly { readonly name: string; readonly args: readonly string[]; readonly input?: string }[] = [
  { name: "scan", args: ["scan", EXAMPLES, at("parts")] },
  { name: "report", args: ["report", "--bursts", "--keep", `folder:${EXAMPLES}`] },
  { name: "status", args: ["status"] },
  { name: "status", args: ["status", "--left-out"] },
  { name: "scan", args: ["scan", at("twins"), "--db", at("twins.db")] },
  { name: "report", args: ["report", "--plan", at("plan.json"), "--db", at("twins.db")] },
  { name: "scan", args: ["scan", at("single"), "--db", at("single.db")] },
  { name: "review", args: ["review", "--db", at("single.db")] }, // has nothing to show, and ends
  { name: "apply", args: ["apply", at("plan.json"), "--db", at("twins.db")] },
  { name: "apply", args: ["apply", at("plan.json"), "--action", "move", "--to", at("moved"), "--yes", "--db", at("twins.db")] },
  { name: "history", args: ["history", "--db", at("twins.db")] },
  { name: "undo", args: ["undo", "--db", at("twins.db")] },
  { name: "decisions import", args: ["decisions", "import", at("decided.csv"), "--db", at("twins.db")] },
  { name: "decisions export", args: ["decisions", "export", "-o", at("decisions.csv"), "--db", at("twins.db")] },
  { name: "search", args: ["search", PHOTOS.landscape] },
  { name: "neighbours", args: ["neighbours"] },
  { name: "map", args: ["map", "-o", at("map.html")] },
  { name: "label", args: ["label", "-o", at("answers.csv"), "--count", "2"], input: "sd" },
  { name: "calibrate", args: ["calibrate", "--synthetic", "40", "--precision", "0.7"] },
  { name: "report", args: ["report"] }, // by the calibrated threshold
  { name: "calibrate", args: ["calibrate", "--pairs", at("labels.csv")] },
  { name: "adapt", args: ["adapt", "--pairs", at("labels.csv"), "--dry-run"] },
  { name: "drift", args: ["drift"] },
  { name: "reindex", args: ["reindex", "--model", "dupfind-lite"] },
  { name: "roots", args: ["roots"] },
  { name: "config", args: ["config"] },
  { name: "doctor", args: ["doctor"] },
  { name: "prune", args: ["prune"] },
  { name: "forget", args: ["forget", at("parts"), "--dry-run"] },
  { name: "copy-library", args: ["copy-library", at("twins.db"), at("copy.db")] },
  { name: "embed", args: ["embed", PHOTOS.landscape, PHOTOS.falcon] },
  { name: "models list", args: ["models", "list"] },
  { name: "models pull", args: ["models", "pull", "dupfind-lite"] },
  { name: "models import", args: ["models", "import", fixtureFolder(tiny)] },
  { name: "models verify", args: ["models", "verify"] },
  { name: "models compare", args: ["models", "compare", "--synthetic", "30"] },
  { name: "models remove", args: ["models", "remove", tiny.id] },
];

/** Whose answer is one line for each record; every other is indented by two spaces. */
const LINES: readonly string[] = ["scan", "reindex", "prune", "forget", "embed"];

function dupfind(args: readonly string[], input = ""): ShellRun {
  const env = { ...process.env, DUPFIND_DB: at("library.db"), DUPFIND_MODELS: at("models"), DUPFIND_LOCK: at("lock.json") };
  const run = spawnSync(process.execPath, [PROGRAM, ...args], { encoding: "utf8", input, env, cwd: folder });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

/** Every command that does something, by its whole name. */
function commandNames(command: Command, above = ""): readonly string[] {
  return command.commands.flatMap((one) => (one.commands.length > 0 ? commandNames(one, `${one.name()} `) : [`${above}${one.name()}`]));
}

beforeAll(async () => {
  writeTinyLock(at("lock.json"));
  mkdirSync(at("twins"));
  for (const name of ["a.jpg", "b.jpg"]) copyFileSync(PHOTOS.falcon, at(`twins/${name}`));
  mkdirSync(at("single"));
  copyFileSync(PHOTOS.falcon, at("single/a.jpg"));
  writeFileSync(at("decided.csv"), `a,b,same\n${PHOTOS.falcon},${PHOTOS.flower},0\n`);
  writeLabels(at("labels.csv"), await writeBenchmark(folder));
  return () => rmSync(folder, { recursive: true });
});

describe("the answer in JSON", () => {
  test("is known of every command, and every schema is of one", () => {
    const program = createProgram("0", {} as Host, () => {});
    // `completion` prints a script for a shell, and takes no --json.
    const answering = [...commandNames(program)].filter((name) => name !== "completion").sort();
    expect([...new Set(COMMANDS.map(({ name }) => name))].sort()).toEqual(answering);
    expect([...SCHEMA_NAMES].sort()).toEqual([...answering, "error"].sort());
  });

  test.each(COMMANDS)("of $name keeps to its schema ($#)", ({ name, args, input }) => {
    const { code, stdout, stderr } = dupfind([...args, "--json"], input);
    // These two end with 1 where they kept nothing.
    expect(code === 0 || (["adapt", "calibrate"].includes(name) && code === 1), stderr).toBe(true);
    const lines = stdout.trimEnd().split("\n");
    const answers: readonly object[] = LINES.includes(name) ? lines.map((line) => JSON.parse(line)) : [JSON.parse(stdout)];
    const validate = answerSchema(name);
    for (const answer of answers) {
      validate(answer);
      expect(validate.errors).toBeNull();
      expect(Object.keys(answer).slice(0, 2)).toEqual(["schemaVersion", "command"]);
      expect(answer).toMatchObject({ command: name });
    }
    const written = LINES.includes(name)
      ? answers.map((answer) => JSON.stringify(answer))
      : answers.map((answer) => JSON.stringify(answer, null, 2));
    expect(stdout).toBe(`${written.join("\n")}\n`);
  });
});

interface Expected {
  readonly command: string | null;
  readonly code: string;
  readonly exitCode: number;
  readonly says: string;
}

describe("an error in JSON", () => {
  test.each<readonly [string, readonly string[], Expected]>([
    [
      "of a library that is not there",
      ["report", "--db", "none.db"],
      { command: "report", code: "library-missing", exitCode: 2, says: "cannot be opened" },
    ],
    [
      "of one line, where answers are",
      ["scan", "/nowhere/at/all"],
      { command: "scan", code: "folder-unlisted", exitCode: 2, says: "/nowhere/at/all" },
    ],
    [
      "of a command of two words",
      ["models", "verify", "none"],
      { command: "models verify", code: "encoder-unknown", exitCode: 2, says: "none" },
    ],
    ["of an option that there is not", ["status", "--nothing"], { command: "status", code: "usage", exitCode: 2, says: "--nothing" }],
    ["of a command that there is not", ["nothing"], { command: null, code: "usage", exitCode: 2, says: "nothing" }],
  ])("%s keeps to its schema, and is told on standard error too", (_, args, { command, code, exitCode, says }) => {
    const { code: exit, stdout, stderr } = dupfind([...args, "--json"]);
    expect(exit).toBe(exitCode);
    const answer = JSON.parse(stdout);
    const validate = answerSchema("error");
    validate(answer);
    expect(validate.errors).toBeNull();
    expect(answer).toMatchObject({ command, error: { code, exitCode } });
    expect(answer.error.message).toContain(says);
    expect(stderr).toContain(says);
    expect(stdout.trimEnd().includes("\n")).toBe(!LINES.includes(args[0] as string));
  });

  test("is none where JSON is not asked for, and none is made of --json behind --", () => {
    expect(dupfind(["report", "--db", "none.db"]).stdout).toBe("");
    expect(dupfind(["search", "--db", "none.db", "--", "--json"]).stdout).toBe("");
  });

  test("takes the place of an answer after which nothing else comes", () => {
    writeFileSync(at("broken.csv"), "a,b\n");
    const { stdout } = dupfind(["calibrate", "--pairs", "broken.csv", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ command: "calibrate", error: { exitCode: 2 } });
  });
});
