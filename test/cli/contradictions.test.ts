/**
 * A command line whose parts say different things is refused, not half obeyed; and what is advised instead is obeyed.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command, Option } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { type AnswerForms, answerForm } from "../../src/cli/answer-form.ts";
import { createProgram } from "../../src/cli.ts";
import type { Host } from "../../src/commands/host.ts";
import { EXAMPLES, PHOTOS } from "../photos.ts";
import { dupfind } from "../program.ts";
import { lastingFolder } from "../temporary-folder.ts";

const folder = lastingFolder();
const at = (name: string) => join(folder, name);
const environment = { DUPFIND_DB: at("library.db"), DUPFIND_MODELS: at("models") };
const run = (...args: readonly string[]) => dupfind(args, { environment });

beforeAll(async () => {
  const before = process.cwd();
  process.chdir(folder); // what is no wrong name for -o becomes a file
  mkdirSync(at("models"));
  await run("scan", EXAMPLES);
  return () => process.chdir(before);
});

describe("the form of an answer", () => {
  type Form = "text" | "json" | "csv" | "paths" | "nul-paths";
  const FORMS: AnswerForms<Form> = { formats: ["text", "json", "csv", "paths"], json: "json", nul: "nul-paths" };

  test.each<readonly [Parameters<typeof answerForm>[0], Form]>([
    [{}, "text"],
    [{ json: true }, "json"],
    [{ format: "csv" }, "csv"],
    [{ format: "json", json: true }, "json"],
    [{ format: "paths" }, "paths"],
    [{ null: true }, "nul-paths"],
    [{ null: true, format: "paths" }, "nul-paths"],
    [{ output: "a.csv" }, "csv"],
    [{ output: "A.JSON" }, "json"],
    [{ output: "a.txt" }, "text"],
    [{ output: "a" }, "text"],
    [{ output: "/dev/stdout" }, "text"],
    [{ output: "a.log", json: true }, "json"],
    [{ output: "a.txt", format: "paths" }, "paths"],
    [{ output: "a.csv", format: "csv" }, "csv"],
  ])("of %j is %s", (options, form) => expect(answerForm(options, FORMS)).toBe(form));

  test.each([
    [{ json: true, format: "csv" }, "--format csv and --json contradict each other"],
    [{ json: true, format: "paths" }, "--format paths and --json"],
    [{ json: true, format: "text" }, "--format text and --json"],
    [{ null: true, json: true }, "-0 and --json"],
    [{ null: true, format: "text" }, "-0 and --format text"],
    [{ json: true, output: "a.csv" }, "--json and -o a.csv"],
    [{ null: true, output: "a.json" }, "-0 and -o a.json"],
    [{ format: "text", output: "a.csv" }, "--format text and -o a.csv"],
    [{ output: "a.html" }, "-o a.html asks for html, which is no form of this answer"],
    [{ json: true, output: "a.html" }, "-o a.html asks for html"],
  ])("is refused for %j", (options, message) => expect(() => answerForm(options, FORMS)).toThrow(message));
});

describe("every command", () => {
  test.each([
    [["report", "--json", "--format", "csv"], "contradict"],
    [["report", "-0", "--json"], "contradict"],
    [["report", "--threshold", "0.9", "--precision", "0.99"], "cannot be used with"],
    [["search", PHOTOS.landscape, "-0", "--format", "html"], "contradict"],
    [["neighbours", "--json", "-o", at("a.txt.csv")], "no form of this answer"],
    [["embed", PHOTOS.landscape, "--json", "--format", "npy"], "contradict"],
    [["map", "-o", at("map.json")], "Name a file that ends in .html, .htm"],
    [["calibrate", "--synthetic", "-o", at("curve.csv")], "Name a file that ends in .html"],
    [["label", "-o", at("answers.json")], "Name a file that ends in .csv"],
    [["models", "compare", "--synthetic", "--pairs", at("labels.csv")], "only one of --pairs <file> and --synthetic"],
  ])("%j is a mistake, said before anything is done", async (args, message) => {
    const { code, stderr } = await run(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(existsSync(at("a.txt.csv"))).toBe(false);
  });

  test("writes what the output's name asks for, and paths by lines or ended by NUL", async () => {
    const text = (await run("report")).stdout;
    const written = async (name: string, ...args: readonly string[]) => {
      expect(await run("report", "-o", at(name), ...args)).toMatchObject({ code: 0, stdout: "" });
      return readFileSync(at(name), "utf8");
    };
    expect(await written("r.txt")).toBe(text);
    expect(await written("r.csv")).toMatch(/^set,kind,role,path,/);
    expect(JSON.parse(await written("r.json"))).toMatchObject({ command: "report" });
    const paths = (await run("report", "-0")).stdout;
    expect(paths).toMatch(/\0$/);
    expect((await run("report", "--format", "paths")).stdout).toBe(paths.replaceAll("\0", "\n"));
    expect((await run("search", PHOTOS.landscape, "--format", "paths")).stdout).toMatch(/^\/.*\n$/s);
  });

  test("lists no path by lines that lines would tear apart", async () => {
    const [photos, evil] = [at("evil"), join(at("evil"), "a (1)\n.jpg")];
    mkdirSync(photos);
    for (const path of [join(photos, "a.jpg"), evil]) copyFileSync(PHOTOS.landscape, path);
    const db = ["--db", at("evil.db")];
    await run("scan", photos, ...db);
    expect((await run("report", "-0", ...db)).stdout).toBe(`${evil}\0`);
    const { code, stdout, stderr } = await run("report", "--format", "paths", ...db);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain('a (1)\\n.jpg" holds a line break, so lines cannot list it.\nUse -0.\n');
  });
});

describe("advice", () => {
  /** Arguments that each command cannot do without, and those that make it quick. */
  const ASKED: Readonly<Record<string, readonly string[]>> = {
    scan: [EXAMPLES],
    forget: [EXAMPLES, "--dry-run"],
    prune: ["--dry-run"],
    reindex: ["--model", "dupfind-lite"],
    embed: [PHOTOS.landscape],
    search: [PHOTOS.landscape],
    map: ["-o", at("map.html")],
    calibrate: ["--synthetic", "30", "--dry-run"],
    adapt: ["--pairs", at("none.csv"), "--dry-run"],
    label: ["-o", at("answers.csv"), "--opener", "none"],
    review: ["--plan", at("plan.json"), "--protect", EXAMPLES], // nothing is left to show, and it ends
    "models pull": ["dupfind-lite"],
    "models import": [at("models")],
    "models remove": ["dupfind-lite"],
    "models compare": ["--synthetic", "30"],
  };

  function optionsOf(command: Command, above = ""): readonly (readonly [name: string, option: Option])[] {
    return command.commands.flatMap((one) => {
      const name = `${above}${one.name()}`;
      return one.commands.length > 0 ? optionsOf(one, `${name} `) : one.options.map((option) => [name, option] as const);
    });
  }
  const withValue = optionsOf(createProgram("0", {} as Host, () => {})).filter(([, { required, long }]) => required && long !== "--db");

  test.each(withValue.map(([name, { long }]) => ({ name, long: long as string })))(
    "for a wrong $long of $name is not refused itself",
    async ({ name, long }) => {
      const asked = (ASKED[name] ?? []).filter((_, i, all) => all[i] !== long && all[i - 1] !== long);
      const line = (value: readonly string[]) => [...name.split(" "), ...asked, ...value];
      const wrong = await run(...line([long, "\u0001"]));
      const advice = /For example (--\S+) (\S+)\.\n/.exec(wrong.stderr);
      if (advice === null) return; // any text may be its value, or what to do is said in other words
      expect(wrong.code).toBe(2);
      expect(advice[1]).toBe(long);
      const { stderr } = await run(...line([long, advice[2] as string]));
      expect(stderr).not.toContain(long);
      expect(stderr).not.toMatch(/below|above|takes|no folder/);
    },
  );

  test("is given for numbers, choices and rules", async () => {
    for (const args of [
      ["report", "--threshold", "x"],
      ["report", "--linkage", "x"],
      ["report", "--keep", "x"],
      ["scan", EXAMPLES, "--threads", "x"],
    ])
      expect((await run(...args)).stderr).toMatch(/For example --\S+ \S+\.\n/);
  });
});
