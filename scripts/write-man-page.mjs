/**
 * Writes dist/man/dupfind.1 from the program that was built before: the same commands, options and examples as `--help`. The manifest
 * names it, so that npm shows it to `man`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { EXAMPLES } from "../dist/cli/help.js";
import { commandName, leavesOf } from "../dist/cli/setting-forms.js";
import { createProgram } from "../dist/cli.js";

const FOLDER = new URL("../dist/man/", import.meta.url);
const EXIT_CODES = new URL("../docs/reference/exit-codes.md", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** None of the commands is run here. */
const program = createProgram(version, { write: () => {}, writeError: () => {} }, () => {});

const page = [
  `.TH DUPFIND 1 "" "dupfind ${version}" "User Commands"`,
  ".SH NAME",
  "dupfind \\- find duplicate photos",
  ".SH SYNOPSIS",
  ".B dupfind",
  ".I command",
  "[options] [arguments]",
  ".SH DESCRIPTION",
  roff(program.description()),
  ".SH COMMANDS",
  ...leavesOf(program).flatMap(commandSection),
  ".SH EXIT STATUS",
  ...exitCodes(),
  ".SH SEE ALSO",
  "dupfind help configuration, dupfind help environment, and the pages of the guide beside the program.",
  "",
].join("\n");

mkdirSync(FOLDER, { recursive: true });
writeFileSync(new URL("dupfind.1", FOLDER), page);

function commandSection(command) {
  const name = commandName(command);
  const usage = command.registeredArguments.map((argument) => {
    const inner = argument.name() + (argument.variadic ? "..." : "");
    return argument.required ? `<${inner}>` : `[${inner}]`;
  });
  return [
    `.SS dupfind ${roff([name, ...usage].join(" "))}`,
    sentence(command.description()),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .flatMap((option) => {
        const told = command.createHelp().optionDescription(option);
        return [".TP", `.B ${roff(option.flags)}`, sentence(told)];
      }),
    ...(EXAMPLES[name] ?? []).flatMap(([line, purpose]) => [".PP", `${sentence(purpose)}`, ".RS", ".nf", roff(line), ".fi", ".RE"]),
  ];
}

/** The table of the reference. */
function exitCodes() {
  const rows = [...readFileSync(EXIT_CODES, "utf8").matchAll(/^\| (\d[\d, ]*) \| (.+) \|$/gm)];
  return rows.flatMap(([, code, meaning]) => [".TP", `.B ${code}`, sentence(meaning.replaceAll("`", ""))]);
}

function sentence(text) {
  return roff(`${text[0].toUpperCase()}${text.slice(1)}.`);
}

/** Text as roff takes it: hyphens that are typed, and no line that begins like a request. */
function roff(text) {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^([.'])/gm, "\\&$1");
}
