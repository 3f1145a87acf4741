import { describe, expect, test } from "vitest";
import { parseChoice, parseKeeperRules, parseNumber } from "../../src/cli/parse.ts";
import { REPORT_FORMATS } from "../../src/commands/duplicates/settings.ts";
import { exitCodeOf } from "../../src/commands/faults.ts";
import { hintOf } from "../../src/commands/hints.ts";
import { DEFAULT_RULES } from "../../src/core/duplicates/keeper.ts";
import { EXIT, UserError } from "../../src/core/errors.ts";

function faultOf(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("Expected a user's fault");
}

describe("a number", () => {
  test.each([
    ["0.65", 0.65],
    ["-1", -1],
    ["1", 1],
    ["1e-3", 0.001],
  ])("%s is read", (text, value) => {
    expect(parseNumber("--threshold", text, -1, 1)).toBe(value);
  });

  test.each(["", " ", "1.01", "-2", "high", "0,65", "NaN", "Infinity"])("%j is refused, naming the option and its bounds", (text) => {
    const fault = faultOf(() => parseNumber("--threshold", text, -1, 1));
    expect(fault.message).toBe(`--threshold takes a number from -1 to 1, got ${JSON.stringify(text)}`);
    expect(exitCodeOf(fault)).toBe(EXIT.usage);
  });
});

describe("a choice", () => {
  test("is one of the words", () => {
    expect(REPORT_FORMATS.map((format) => parseChoice("--format", format, REPORT_FORMATS))).toEqual(REPORT_FORMATS);
  });

  test.each(["", "JSON", "json ", "xml"])("is not %j, and the words are named", (text) => {
    const fault = faultOf(() => parseChoice("--format", text, REPORT_FORMATS));
    expect(fault.message).toBe(`--format takes text, json, csv, html, paths, got ${JSON.stringify(text)}`);
    expect(hintOf(fault)).toBe("For example --format text");
  });
});

describe("keeper rules", () => {
  const parse = (text: string) => parseKeeperRules(text, (folder) => `/work/${folder}`);

  test("are the default ones where none is given", () => {
    expect(parse("")).toEqual(DEFAULT_RULES);
  });

  test("stand in the order given, the default ones that were not named behind them", () => {
    expect(parse("age, folder:originals,bytes").map((rule) => Object.values(rule).join(" "))).toEqual([
      "age",
      "folder /work/originals",
      "bytes",
      "companions",
      "exif",
      "format",
      "depth",
      "name",
      "untouched",
      "view",
      "resolution",
      "record",
    ]);
  });

  test("take several folders, and a folder with a colon", () => {
    expect(parse("folder:a,folder:b:c").slice(0, 2)).toEqual([
      { rule: "folder", folder: "/work/a" },
      { rule: "folder", folder: "/work/b:c" },
    ]);
  });

  test.each(["newest", "folder", "folder:", "age,", "age,,bytes", "age:old"])("are not %j", (text) => {
    expect(faultOf(() => parse(text)).message).toMatch(
      /^--keep takes folder:<path>, companions, exif, .*bytes, record, age, in the order you want/,
    );
  });

  test("say of a mistake that a folder can be named too", () => {
    expect(faultOf(() => parse("folder")).message).toContain("folder:");
  });
});
