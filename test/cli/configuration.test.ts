/**
 * What is set beforehand: in a file, for a library by its name, and by variables.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { settingForms, variableOf } from "../../src/cli/setting-forms.ts";
import { idleProgram } from "../commands.ts";
import { dupfind, type Run } from "../program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

interface ConfigJson {
  readonly settings: readonly {
    readonly name: string;
    readonly command: string | null;
    readonly value: unknown;
    readonly origin: object;
  }[];
}

function place(document: unknown) {
  const folder = temporaryFolder();
  const file = join(folder, "dupfind.config.json");
  writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    dupfind([...args, "--config", file], { environment, workingFolder: folder });
  const held = async (args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) => {
    const { stdout, stderr } = await run(["config", "--json", ...args], environment);
    if (stderr !== "") throw new Error(stderr);
    return (JSON.parse(stdout) as ConfigJson).settings;
  };
  return { folder, file, run, held };
}

const HINT_OF_MISSING = "there is no such file";
const libraryOf = ({ stderr }: Run) => /cannot be opened \((.*?): /.exec(stderr)?.[1];

describe("the library that a command opens", () => {
  const DOCUMENT = { db: "file.db", libraries: { photos: { db: "/profile.db" } } };

  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["by the file, beside which a path lies that is not absolute", [], {}, "FOLDER/file.db"],
    ["by a library's profile before that", ["--library", "photos"], {}, "/profile.db"],
    ["by the profile that a variable names", [], { DUPFIND_LIBRARY: "photos" }, "/profile.db"],
    ["by its own variable before both", ["--library", "photos"], { DUPFIND_DB: "/variable.db" }, "/variable.db"],
    ["by the command line before all", ["--library", "photos", "--db", "/typed.db"], { DUPFIND_DB: "/variable.db" }, "/typed.db"],
    ["by the file where the variable is empty", [], { DUPFIND_DB: "" }, "FOLDER/file.db"],
  ])("is chosen %s", async (_title, args, environment, library) => {
    const { folder, run } = place(DOCUMENT);
    const answer = await run(["status", ...args], environment);
    expect(answer.stderr).toContain(HINT_OF_MISSING);
    expect(libraryOf(answer)).toBe(library.replace("FOLDER", folder));
  });
});

describe("config", () => {
  test("shows what holds, for which command, and where it comes from", async () => {
    const { file, held } = place({ threads: 4, quiet: true, libraries: { usb: { threads: 2, scan: { exclude: "drafts", threads: 1 } } } });
    const library = { kind: "library", name: "usb" };
    expect(await held(["--library", "usb"], { DUPFIND_EXT: '["jpg","heic"]' })).toEqual([
      { name: "exclude", command: "scan", value: ["drafts"], origin: library },
      { name: "ext", command: null, value: ["jpg", "heic"], origin: { kind: "environment", name: "DUPFIND_EXT" } },
      { name: "quiet", command: null, value: true, origin: { kind: "file", name: file } },
      { name: "threads", command: null, value: "2", origin: library },
      { name: "threads", command: "scan", value: "1", origin: library },
    ]);
  });

  test("shows the same in words", async () => {
    const { file, run } = place({ report: { keep: "exif,format" } });
    const { code, stdout } = await run(["config"], { DUPFIND_THREADS: "3" });
    expect(code).toBe(0);
    expect(stdout).toContain(`Configuration ${file}\n`);
    expect(stdout).toMatch(/ {2}report: keep {2}exif,format {2}the file\n/);
    expect(stdout).toMatch(/ {2}threads +3 +DUPFIND_THREADS\n/);
  });

  test("takes the address of a library as it stands, and shows no password", async () => {
    const { held, run } = place({ db: "postgres://ann:hush@host/photos" });
    const address = (await held()).map(({ value }) => value);
    expect(address).toEqual(["postgres://ann@host/photos"]);
    const { stdout } = await run(["config"], { DUPFIND_DB: "postgres://ann:hush@other/photos" });
    expect(stdout).toContain("postgres://ann@other/photos");
    expect(stdout).not.toContain("hush");
  });

  test("has a file in the user's own folder, or none", async () => {
    const { code, stdout } = await dupfind(["config"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^No configuration file; it would be .*dupfind\.config\.json\n/)]);
  });
});

describe("what is set beforehand", () => {
  test("gives way to what the command line says of the same: a form of the answer, or a threshold", async () => {
    const { folder, run } = place({ format: "csv", precision: 0.9 });
    const { stdout, stderr } = await run(["report", "--json", "--threshold", "0.95", "--db", join(folder, "library.db")]);
    expect(stderr).toContain(HINT_OF_MISSING);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "library-missing" } });
  });

  test("is checked as what is typed is, and looked for where it stands", async () => {
    const { file, run } = place({ threads: "many" });
    expect((await run(["scan", "."])).stderr).toContain(`--threads takes a number from 1 to 256, got "many", as ${file} says`);
    const { stderr } = await run(["scan", ".", "--threads", "1"], { DUPFIND_MAX_MEGAPIXELS: "0" });
    expect(stderr).toContain('--max-megapixels takes a number from 1 to 100000, got "0", as DUPFIND_MAX_MEGAPIXELS says');
  });

  test("may ask for JSON, and gets errors in it too", async () => {
    const { stdout } = await dupfind(["status", "--db", "/no/such/library.db"], { environment: { DUPFIND_JSON: "1" } });
    expect(JSON.parse(stdout)).toMatchObject({ command: "status", error: { code: "library-missing" } });
  });

  test("is never a consent: nothing is done, forced or replaced by it", () => {
    const names = settingForms(idleProgram()).map(({ name }) => name);
    for (const name of ["yes", "force", "rebuild", "class"]) expect(names).not.toContain(name);
  });
});

describe("a configuration that cannot be", () => {
  test.each<[string, unknown, string]>([
    ["a misspelt setting", { thread: 4 }, '"thread" in FILE is no setting.\nDid you mean "threads"?'],
    ["a misspelt command", { raport: { keep: "exif" } }, 'Did you mean "report"?'],
    ["a setting of another command", { scan: { keep: "exif" } }, '"keep" in "scan" of FILE is no setting'],
    ["a consent", { yes: true }, '"yes" in FILE is no setting'],
    ["a flag that is a number", { strict: 1 }, '"strict" in FILE takes true or false, got 1'],
    ["a list with a number in it", { exclude: ["a", 1] }, '"exclude" in FILE takes a text or a list of texts'],
    ["no object", [], "FILE is no object in braces"],
    ["no JSON", "{", "FILE is no JSON"],
    [
      "a misspelt setting of a library that is not used",
      { libraries: { usb: { dbb: "x" } } },
      '"dbb" in the library "usb" in FILE is no setting',
    ],
  ])("is refused by every command: %s", async (_title, document, fault) => {
    const { file, run } = place(document);
    const { code, stderr } = await run(["status"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(fault.replaceAll("FILE", file))]);
  });

  test("names the library that was meant, and a file that is not there", async () => {
    const { run } = place({ libraries: { photos: {} } });
    expect((await run(["status", "--library", "photo"])).stderr).toContain("Did you mean --library photos?");
    const { code, stderr } = await dupfind(["status", "--config", "/no/such/file"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("The configuration /no/such/file cannot be read (no such file or folder: ENOENT)"),
    ]);
  });

  test("is a variable that a flag does not take", async () => {
    const { stderr } = await dupfind(["status"], { environment: { DUPFIND_STRICT: "often" } });
    expect(stderr).toContain('DUPFIND_STRICT takes true or false, got "often"');
  });
});

describe("the schema of the file", () => {
  const schema = JSON.parse(readFileSync(new URL("../../docs/reference/config.schema.json", import.meta.url), "utf8")) as object;
  const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  test("takes what the program takes, and refuses what it refuses", () => {
    const whole = {
      $schema: "x",
      threads: 4,
      exclude: ["a"],
      "models pull": { timeout: 60 },
      libraries: { usb: { db: "u.db", scan: { ext: "jpg" } } },
    };
    expect(isValid(whole)).toBe(true);
    for (const wrong of [{ thread: 4 }, { yes: true }, { strict: 1 }, { scan: { keep: "exif" } }, { libraries: { usb: { dbb: "x" } } }])
      expect(isValid(wrong)).toBe(false);
  });

  test("no setting is called like a command, nor two by one variable", () => {
    const forms = settingForms(idleProgram());
    const commands = new Set(forms.flatMap((form) => form.commands));
    expect(forms.filter(({ name }) => commands.has(name) || name === "libraries")).toEqual([]);
    expect(new Set(forms.map(({ name }) => variableOf(name))).size).toBe(forms.length);
  });
});
