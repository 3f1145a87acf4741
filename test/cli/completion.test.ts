/**
 * The scripts of completion in the shells that are here: what a person gets who presses Tab.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROGRAM } from "../built-program.ts";
import { lastingFolder } from "../temporary-folder.ts";

/** Null where the shell is not on this machine: Debian's package of its name brings it. */
const has = (shell: string) => spawnSync(shell, ["--version"]).status === 0;

const folder = lastingFolder();
const env = { ...process.env, PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"]}`, HOME: folder, ZDOTDIR: folder };

function run(shell: string, args: readonly string[], input?: string): string {
  const { stdout, stderr, status } = spawnSync(shell, args, {
    encoding: "utf8",
    env,
    cwd: join(folder, "work"),
    ...(input === undefined ? {} : { input }),
  });
  if (status !== 0) throw new Error(`${shell} ended with ${status}: ${stderr}`);
  return stdout;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => {
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "work/Photos 2024"), { recursive: true });
  writeFileSync(join(folder, "work/plan.json"), "{}");
  writeFileSync(join(folder, "bin/dupfind"), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(folder, "bin/dupfind"), 0o755);
});

const CASES: readonly (readonly [line: string, words: readonly string[]])[] = [
  ["dupfind undo", ["undo"]],
  ["dupfind models ver", ["verify"]],
  ["dupfind report --sort si", ["size", "similarity"]],
  ["dupfind scan --model dupfind-l", ["dupfind-lite"]],
  ["dupfind report Ph", ["Photos 2024"]],
  ["dupfind apply pl", ["plan.json"]],
  ["dupfind help exit", ["exit-codes"]],
];

describe("bash", () => {
  const complete = (line: string) => {
    const words = line.split(" ");
    const script = `source <(dupfind completion bash); compopt() { :; }
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dupfind; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run("bash", ["-c", script, "bash", ...words])
      .split("\n")
      .filter((word) => word !== "");
  };

  test.each(CASES)("%s", (line, words) => {
    expect(complete(line)).toEqual(words);
  });

  test("of an option and its value that bash has parted at the equals sign", () => {
    expect(complete("dupfind report --sort = si")).toEqual(["size", "similarity"]);
    expect(complete("dupfind report --sort =")).toEqual(["size", "similarity", "date", "folder"]);
  });
});

describe.skipIf(!has("fish"))("fish, where it is installed", () => {
  test.each(CASES)("%s", (line, words) => {
    const script = `dupfind completion fish | source; complete -C '${line}'`;
    const found = run("fish", ["--no-config", "-c", script])
      .split("\n")
      .filter((word) => word !== "");
    expect(found.map((word) => (word.split("\t")[0] as string).replace(/\/$/, "").replaceAll("\\", "")).sort()).toEqual([...words].sort());
  });

  test.each([
    ["dupfind scan ~/wo", "~/work/"],
    ["dupfind report --protect=Ph", "--protect=Photos 2024/"],
  ])("the home folder and a value behind an equals sign: %s", (line, word) => {
    const script = `dupfind completion fish | source; complete -C '${line}'`;
    expect(run("fish", ["--no-config", "-c", script]).split(/[\t\n]/)[0]).toBe(word);
  });
});

describe.skipIf(!has("zsh"))("zsh, where it is installed", () => {
  /** A terminal of its own, in which Tab lists what may stand there. */
  const listed = (line: string) => {
    const script = `zmodload zsh/zpty; zpty z 'zsh -f -i'
      zpty -w z 'PS1=; autoload -U compinit; compinit -u -D; source <(dupfind completion zsh); zstyle ":completion:*" list-prompt ""; LISTMAX=1000; bindkey "^I" complete-word; echo RE""ADY'
      zpty -r z seen '*READY*'; zpty -w -n z $'${line}\\t'; sleep 2; while zpty -r -t z more; do print -rn -- $more; done; zpty -d z`;
    return run("zsh", ["-f", "-c", script]);
  };

  test("completes a word that only one fits, and lists several", () => {
    expect(listed("dupfind und")).toContain("undo");
    const several = listed("dupfind report --sort si");
    expect(several).toContain("size");
    expect(several).toContain("similarity");
    expect(listed("dupfind report Ph")).toContain("Photos\\ 2024");
    expect(listed("dupfind report --protect=Ph")).toContain("--protect=Photos\\ 2024");
  });
});

test("PowerShell's script asks the program, as the others do", () => {
  expect(run("dupfind", ["completion", "powershell"])).toMatch(/Register-ArgumentCompleter[\s\S]*dupfind __complete/);
});

test("an unknown shell is refused", () => {
  expect(() => run("dupfind", ["completion", "tcsh"])).toThrow(/completion takes bash, zsh, fish, powershell, got "tcsh"/);
});
