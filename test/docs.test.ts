/**
 * The documents against the program and the tree: every command line that they show parses, every file, constant, decision and test
 * that they name is there, and what is written down of the code is that of today.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { withLongNot } from "../src/cli/search-commands.ts";
import { isTopic } from "../src/commands/topic-names.ts";
import { EXIT } from "../src/core/errors.ts";
import { Database } from "../src/io/library/better-sqlite3.ts";
import { SCHEMA_STEPS } from "../src/io/library/schema.ts";
import { idleProgram, leavesOf } from "./commands.ts";
import { commandsIn, type ShownCommand } from "./shell-words.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const filesBelow = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));

const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...["bench", "examples", "tools", "tools/parity", "test/fixtures", "test/contracts"].map((folder) => `${folder}/README.md`),
  "models/dupfind-lite/MODEL_CARD.md",
  ...filesBelow("docs").filter((file) => file.endsWith(".md")),
];
/** Written by the program itself. */
const GENERATED = "docs/reference/cli.md";

interface Page {
  readonly page: string;
  readonly text: string;
}

const pages: readonly Page[] = PAGES.map((page) => ({ page, text: read(page) }));

/** Code spans outside of code blocks. */
function spansOf({ text }: Page): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);
}

/** Lines of code blocks. */
function shownIn({ text }: Page): readonly ShownCommand[] {
  return [...text.matchAll(/^```(?:sh)?\n([\s\S]*?)^```/gm)].flatMap(([, block]) => (block as string).split("\n").flatMap(commandsIn));
}

/** In running text, where a command may stand for itself, without what it asks for. */
function mentionedIn(page: Page): readonly ShownCommand[] {
  return page.page === GENERATED
    ? []
    : spansOf(page)
        .filter((span) => span.startsWith("dupfind "))
        .flatMap(commandsIn);
}

/** What the parser has against the arguments; null for nothing. */
async function faultOf(args: readonly string[]): Promise<string | null> {
  if (args[0] === "help" && isTopic(args[1] ?? "")) return null;
  let said = "";
  try {
    await idleProgram((text) => {
      said += text;
    }).parseAsync(withLongNot(args), { from: "user" });
    return null;
  } catch (error) {
    return (error as { readonly exitCode?: number }).exitCode === 0 ? null : said || String(error);
  }
}

async function refusedOf(commands: readonly (ShownCommand & { readonly page: string })[], counts: (fault: string) => boolean) {
  const faults = await Promise.all(commands.map(async ({ page, line, args }) => ({ page, line, fault: await faultOf(args) })));
  return faults.filter(({ fault }) => fault !== null && counts(fault));
}

describe("command lines in the documents", () => {
  test("are understood by the program", async () => {
    const shown = pages.flatMap((page) => shownIn(page).map((command) => ({ page: page.page, ...command })));
    expect(shown.length).toBeGreaterThan(50);
    expect(await refusedOf(shown, () => true)).toEqual([]);
  });

  test("that running text names are understood but for what they lack", async () => {
    const mentioned = pages.flatMap((page) => mentionedIn(page).map((command) => ({ page: page.page, ...command })));
    expect(mentioned.length).toBeGreaterThan(20);
    expect(await refusedOf(mentioned, (fault) => !/argument missing|missing required argument|required option/.test(fault))).toEqual([]);
  });

  test("that are understood are told from those that are not", async () => {
    const faults = await Promise.all([["forget"], ["scan", ".", "--fast"], ["skan", "."]].map(faultOf));
    expect(faults.map((fault) => /missing required|unknown option|unknown command/.test(fault ?? ""))).toEqual([true, true, true]);
    expect(await faultOf(["scan", "."])).toBeNull();
  });

  test("have no option in their text that no command has", () => {
    const known = new Set(
      leavesOf(idleProgram()).flatMap(({ options }) => options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? [])),
    );
    const unknown = pages
      .filter(({ page }) => /^(README|docs\/(guide|reference))/.test(page))
      .flatMap((page) =>
        spansOf(page).flatMap((span) =>
          [...span.matchAll(/(?:^| )(--[a-z][a-z-]+)/g)].map(([, flag]) => ({ page: page.page, span, flag: flag as string })),
        ),
      )
      .filter(({ span, flag }) => !known.has(flag) && !/^(npm|node|pip|firefox) /.test(span) && !OTHERS.has(flag));
    expect(unknown).toEqual([]);
  });
});

/** Options of the program that are not commander's own, and of other programs where their name stands beside. */
const OTHERS: ReadonlySet<string> = new Set(["--help", "--version", "--new-window", "--all", "--few"]);

/** Folders a path in the documents may begin with: of the repository, or of its sources. */
const ROOTS = /^(?:src|test|docs|bench|scripts|tools|training|models|examples|bin|cli|commands|pipeline|io|render|page|core)\//;
const isPath = (span: string) => ROOTS.test(span) && !/[\s<>*{}…:]/.test(span);

describe("files in the documents", () => {
  test("that are linked to are there, and so are the headings", () => {
    const broken = pages.flatMap(({ page, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
        .map(([, target]) => target as string)
        .filter((target) => !linkLeads(page, target))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test("that are named are there", () => {
    const named = pages.flatMap((page) =>
      spansOf(page)
        .filter(isPath)
        .map((path) => ({ page: page.page, path })),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(
      named.filter(({ page, path }) => ![path, `src/${path}`, join(dirname(page), path)].some((place) => existsSync(join(ROOT, place)))),
    ).toEqual([]);
  });

  test("that tests and sources name below docs are there", () => {
    const sources = ["src", "test", "bench", "scripts"].flatMap(filesBelow).filter((file) => /\.(?:m?[jt]s)$/.test(file));
    const named = sources.flatMap((file) =>
      [...read(file).matchAll(/\bdocs\/[\w/-]+\.(?:md|schema\.json)\b/g)].map(([path]) => ({ file, path })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

function linkLeads(page: string, target: string): boolean {
  const [path = "", heading] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, file))) return false;
  if (heading === undefined) return true;
  const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    (text as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return headings.includes(heading);
}

describe("the documents of the code", () => {
  test("name only constants that are in the sources", () => {
    const sources =
      filesBelow("src")
        .filter((file) => /\.c?ts$/.test(file))
        .map(read)
        .join("\n") + read("scripts/before-install.mjs");
    const named = pages.flatMap((page) => spansOf(page).filter((span) => /^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(span)));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !sources.includes(name) && !FROM_OUTSIDE.has(name))).toEqual([]);
  });

  test("have each decision under one id, with its date and whether it holds, and name no other", () => {
    const rows = filesBelow("docs/decisions").flatMap((file) =>
      read(file)
        .split("\n")
        .filter((line) => /^\| [A-Z]{3}-\d/.test(line)),
    );
    const ids = rows.map((row) => row.split(" | ")[0]?.slice(2) as string);
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
    for (const row of rows)
      expect(row).toMatch(/^\| [A-Z]{3}-\d+ \| \d{4}-\d\d-\d\d \| .+ \| .+ \| (?:holds|rejected|superseded by [A-Z]{3}-\d+) \|$/);
    const named = pages.flatMap(({ text }) => text.match(/\b(?:LIB|PHO|DUP|ENC|CAL|DRI|MAP|ADA|INS|COD|CLN)-\d+\b/g) ?? []);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("name for each invariant a test that is there", () => {
    const rows = read("docs/internals/invariants.md")
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (?:-|promise|invariant)/.test(line));
    expect(rows.length).toBeGreaterThan(25);
    let file = "";
    for (const row of rows) {
      const holders = (row.split(" | ")[1] as string).replace(/ \|$/, "").split("; ");
      for (const holder of holders) {
        const [, named, title] = /^(?:`(test\/[\w/.-]+)`|the same)(?:: "([^"]+)")?$/.exec(holder) ?? [];
        file = named ?? file;
        expect(title !== undefined || holder === "the same", row).toBe(true);
        if (title !== undefined) expect(read(file).includes(`"${title}`), `${file}: ${title}`).toBe(true);
      }
    }
  });

  test("name every room of the tree, and no other", () => {
    const rooms = new Set(
      filesBelow("src")
        .map((file) => relative("src", file).split("/"))
        .filter(([floor, , name]) => name !== undefined && floor !== "page")
        .map(([, room]) => room as string),
    );
    const table = read("docs/internals/architecture.md").split("| room | holds |")[1]?.split("\n\n")[0] ?? "";
    const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell]) =>
      [...(cell as string).matchAll(/`([\w-]+)`/g)].map(([, room]) => room as string),
    );
    expect(named.sort()).toEqual([...rooms].sort());
  });
});

/** Variables of npm and of the web, which the sources leave to packages. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "CHROMIUM_PATH"]);

describe("the reference", () => {
  test("of commands is that of today's program", () => {
    const run = spawnSync(process.execPath, [join(ROOT, "scripts/write-cli-reference.mjs"), "--check"], { encoding: "utf8" });
    expect(run.status, run.stderr).toBe(0);
  });

  test("of exit codes has all of them", () => {
    const codes = [...read("docs/reference/exit-codes.md").matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, cell]) =>
      (cell as string).split(", ").map(Number),
    );
    expect(codes).toEqual([...new Set(Object.values(EXIT))].sort((one, other) => one - other));
  });

  test("of the environment has every variable that the sources read", () => {
    const sources = filesBelow("src")
      .filter((file) => /\.c?ts$/.test(file))
      .map(read)
      .join("\n");
    const used = new Set(sources.match(/\b(?:DUPFIND|ORT_DISABLE)_[A-Z]+\b/g));
    const page = read("docs/reference/environment.md");
    expect([...used].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("of the library's file has every table and column of today's, and no other", () => {
    const db = new Database(":memory:");
    for (const step of SCHEMA_STEPS) db.exec(step);
    const columns = db
      .prepare<[], string>(
        "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all();
    db.close();
    const rows = [...read("docs/reference/library-file.md").matchAll(/^\| (?:`(\w+)`)? ?\| (`.+?) \| .+ \|$/gm)];
    let table = "";
    const named = rows.flatMap(([, name, cell]) => {
      table = name ?? table;
      return [...(cell as string).matchAll(/`(\w+)`/g)].map(([, column]) => `${table}.${column}`);
    });
    expect(named.sort()).toEqual(columns.sort());
    expect(read("docs/reference/library-file.md")).toContain(`the version of the tables, ${SCHEMA_STEPS.length} today`);
  });
});
