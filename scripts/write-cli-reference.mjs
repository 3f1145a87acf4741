/**
 * Writes docs/reference/cli.md and docs/reference/config.schema.json from the program that `npm run build` made; with --check tells whether
 * they are those of today.
 *
 *     node scripts/write-cli-reference.mjs [--check]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createProgram } from "../dist/cli.js";
import { configSchema } from "./config-schema.mjs";

const RULE = "| --- | --- | --- |";

/** What would run a command: none is run here. */
const program = createProgram("", { write: () => {}, writeError: () => {} }, () => {});
const commands = leavesOf(program);
/** `completion` takes none at all. */
const withOptions = commands.filter(({ options }) => options.length > 0);
const everywhere = commands[0].options.filter(
  (option) => !option.hidden && withOptions.every((command) => optionOf(command, option) !== undefined),
);

const page = [
  "# Commands",
  "Written from the program by `node scripts/write-cli-reference.mjs`; the [guide](../guide) says what each command is for.",
  ...commands.map(describe),
  "## Options of every command",
  table(everywhere),
  "",
].join("\n\n");

const written = {
  "docs/reference/cli.md": page.replace(/\n+$/, "\n"),
  "docs/reference/config.schema.json": `${JSON.stringify(configSchema(program), null, 1)}\n`,
};
for (const [path, text] of Object.entries(written)) {
  const file = new URL(`../${path}`, import.meta.url);
  if (!process.argv.includes("--check")) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(`${path} is not that of today's program: run node scripts/write-cli-reference.mjs`);
    process.exitCode = 1;
  }
}

/** Commands that do something, in the order of the help; `models` only holds others. */
function leavesOf(command) {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function optionOf(command, { flags, description }) {
  return command.options.find((option) => option.flags === flags && option.description === description);
}

function describe(command) {
  const own = command.options.filter((option) => !option.hidden && !everywhere.some(({ flags }) => flags === option.flags));
  const heading = `## ${nameOf(command)}`;
  const usage = [nameOf(command), ...command.registeredArguments.map(argumentOf)].join(" ");
  const lines = [heading, `\`${usage}\`: ${command.description()}.`];
  return [...lines, ...(own.length === 0 ? [] : [table(own)])].join("\n\n");
}

function nameOf(command) {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function argumentOf(argument) {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

function table(options) {
  return ["| option | what it does | default |", RULE, ...options.map(rowOf)].join("\n");
}

function rowOf({ flags, description, defaultValue, mandatory }) {
  const isEmpty = defaultValue === undefined || defaultValue === "" || defaultValue === true || defaultValue?.length === 0;
  return `| \`${flags}\` | ${cell(description)} | ${mandatory ? "required" : isEmpty ? "" : `\`${cell(String(defaultValue))}\``} |`;
}

function cell(text) {
  return text.replaceAll("|", "\\|").replace(/[<>]/g, (bracket) => (bracket === "<" ? "&lt;" : "&gt;"));
}
