/**
 * Help: as options say it, with examples, and on topics.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { EXAMPLES } from "../../src/cli/help.ts";
import { commandName } from "../../src/cli/setting-forms.ts";
import { TOPIC_NAMES } from "../../src/commands/topic-names.ts";
import { idleProgram, leavesOf } from "../commands.ts";
import { dupfind } from "../program.ts";
import { commandsIn } from "../shell-words.ts";

const leaves = leavesOf(idleProgram()).map((command) => [commandName(command), command] as const);

describe("the help of", () => {
  test.each(leaves)("%s ends with examples that the program understands", async (name) => {
    const { code, stdout } = await dupfind([...name.split(" "), "--help"]);
    expect(code).toBe(0);
    const lines = (EXAMPLES[name] ?? []).map(([line]) => line);
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(stdout.split("\n").map((line) => line.trim())).toEqual(expect.arrayContaining(lines));
    for (const { args } of lines.flatMap(commandsIn)) {
      expect(args.join(" ").startsWith(name)).toBe(true);
      await idleProgram().parseAsync([...args], { from: "user" });
    }
    expect(stdout).not.toMatch(/default: (?:\[\]|"|true|false)/);
  });

  test("no command that is not there", () => {
    const names = new Set(leaves.map(([name]) => name));
    expect(Object.keys(EXAMPLES).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe("help", () => {
  test.each(TOPIC_NAMES)("%s is a page of the guide, or its section", async (topic) => {
    const { code, stdout } = await dupfind(["help", topic]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^##? \S/);
    expect(stdout.length).toBeGreaterThan(300);
    expect(stdout).not.toMatch(/\]\(/);
  });

  test("on a command is that command's, and on nothing known a mistake", async () => {
    expect((await dupfind(["help", "scan"])).stdout).toContain("Usage: dupfind scan");
    expect((await dupfind(["help"])).stdout).toMatch(/help for a command,\s+or on classes/);
    expect((await dupfind(["help", "klasses"])).code).not.toBe(70);
  });
});

test("-v, -V and --version print the version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { readonly version: string };
  for (const flag of ["-v", "-V", "--version"]) expect(await dupfind([flag])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test("the manual page has every command and option that help has", () => {
  const page = readFileSync(new URL("../../dist/man/dupfind.1", import.meta.url), "utf8").replaceAll("\\-", "-");
  for (const [name, command] of leaves) {
    expect(page).toContain(`.SS dupfind ${name}`);
    for (const { flags, hidden } of command.options) if (!hidden) expect(page).toContain(`.B ${flags}`);
  }
});
