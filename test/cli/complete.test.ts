/**
 * What may stand next on a command line.
 */
import { describe, expect, test } from "vitest";
import { complete } from "../../src/cli/complete.ts";
import { idleProgram } from "../commands.ts";

const KNOWN = { encoders: ["dupfind-lite", "sscd"] };

/** @param line what is typed, the last word being under way */
function next(line: string) {
  const { candidates, disk } = complete(idleProgram(), line.split(" "), KNOWN);
  return { words: candidates.map(({ word }) => word), disk };
}

describe("what may stand next", () => {
  test.each<[string, readonly string[]]>([
    ["re", ["report", "reindex", "review"]],
    ["models p", ["pull"]],
    ["report --so", ["--sort"]],
    ["report --sort s", ["size", "similarity"]],
    ["report --sort=s", ["--sort=size", "--sort=similarity"]],
    ["report --only und", ["undecided"]],
    ["scan --model d", ["dupfind-lite"]],
    ["scan ~/Photos --model ", ["dupfind-lite", "sscd"]],
    ["models verify s", ["sscd"]],
    ["completion z", ["zsh"]],
    ["hel", ["help"]],
    ["help ex", ["exit-codes"]],
    ["help models p", ["pull"]],
    ["help exit-codes ", []],
    ["help scan --mo", []],
    ["completion zsh ", []],
    ["embed --format ", ["jsonl", "npy"]],
    ["scan -- --so", []],
    ["nonsense --", ["--version", "--help"]],
  ])("dupfind %s", (line, words) => {
    expect(next(line).words).toEqual(words);
  });

  test.each<[string, "files" | "folders" | null]>([
    ["report ", "folders"],
    ["report a --protect ", "folders"],
    ["scan ", "files"],
    ["apply ", "files"],
    ["apply plan.json ", null],
    ["report -o ", "files"],
    ["report --limit ", null],
    ["undo ", null],
  ])("dupfind %s has %s of the disk", (line, disk) => {
    expect(next(line)).toEqual({ words: [], disk });
  });

  test("every option that is shown in the help is offered, and no hidden one", () => {
    const { words } = next("scan --");
    expect(words).toContain("--files0-from");
    expect(words).not.toContain("--models");
  });
});
