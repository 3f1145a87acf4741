/**
 * What may stand next on a command line, read off the program's own commands and options.
 */
import type { Argument, Command, Option } from "commander";
import { TOPIC_NAMES } from "../commands/topic-names.ts";

export interface Candidate {
  readonly word: string;
  readonly description: string;
}

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** What of the disk may stand there beside them. */
  readonly disk: "files" | "folders" | null;
}

/** Values that are known by their names alone. */
export interface KnownValues {
  /** Names of encoders. */
  readonly encoders: readonly string[];
}

/** How a value is called in the help, and what is of that name. */
const FOLDERS = new Set(["folder"]);
const FILES = new Set(["file", "path", "library", "photo", "plan", "csv", "query"]);
const ENCODERS = new Set(["id"]);

/**
 * @param words behind the program's name; the last is the one that is being typed, empty where it begins
 */
export function complete(program: Command, words: readonly string[], known: KnownValues): Completion {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? "";
  if (before[0] === HELP.word) return fitting(typed, { candidates: helped(program, before.slice(1)), disk: null });
  const [command, options] = commandOf(program, before);
  const end = before.indexOf("--") >= 0;
  const asked = end ? undefined : options.at(-1);
  if (asked !== undefined) return fitting(typed, valuesOf(asked.argChoices, valueName(asked.flags), known));
  const [, flag, value] = /^(--[a-z0-9-]+)=(.*)$/.exec(typed) ?? [];
  const named = end ? undefined : command.options.find(({ long }) => long === flag);
  if (named !== undefined && value !== undefined) {
    const { candidates, disk } = fitting(value, valuesOf(named.argChoices, valueName(named.flags), known));
    return { candidates: candidates.map(({ word, description }) => ({ word: `${flag}=${word}`, description })), disk };
  }
  if (typed.startsWith("-") && !end) return fitting(typed, { candidates: optionsOf(command), disk: null });
  const commands = commandsBelow(command);
  const help = command === program ? [HELP] : [];
  if (commands.length > 0) return fitting(typed, { candidates: [...commands, ...help], disk: null });
  const argument = command.registeredArguments.find(({ variadic }, at) => variadic || at === positionals(command, before));
  return fitting(typed, argument === undefined ? NOTHING : argumentValues(argument, known));
}

/** Commander adds this command by itself and does not list it. */
const HELP: Candidate = { word: "help", description: "help for a command or on a topic" };

/** @param words behind "help" */
function helped(program: Command, words: readonly string[]): readonly Candidate[] {
  const [command] = commandOf(program, words);
  if (words.length > 0) return command === program ? [] : commandsBelow(command);
  return [...commandsBelow(program), ...TOPIC_NAMES.map((word) => ({ word, description: "" }))];
}

function commandsBelow(command: Command): readonly Candidate[] {
  return command.commands.map((one) => ({ word: one.name(), description: one.description() }));
}

const NOTHING: Completion = { candidates: [], disk: null };

/** The command that the words lead to, and, where the last of them is an option that waits for its value, that option. */
function commandOf(program: Command, words: readonly string[]): readonly [Command, readonly Option[]] {
  let command = program;
  let waiting: Option | undefined;
  for (const word of words) {
    if (waiting !== undefined) waiting = undefined;
    else if (word.startsWith("-"))
      waiting = command.options.find((option) => option.required && (option.long === word || option.short === word));
    else command = command.commands.find((one) => one.name() === word) ?? command;
  }
  return [command, waiting === undefined ? [] : [waiting]];
}

/** Arguments that stand before the one that is typed. */
function positionals(command: Command, words: readonly string[]): number {
  const own = words.slice(words.indexOf(command.name()) + 1);
  return own.filter((word, at) => {
    const takesIt = command.options.some((option) => option.required && [option.long, option.short].includes(own[at - 1] ?? ""));
    return !word.startsWith("-") && !takesIt;
  }).length;
}

function optionsOf(command: Command): readonly Candidate[] {
  const own = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ word: long ?? short ?? "", description }));
  return [...own, { word: "--help", description: "what the command does, and its options" }];
}

function argumentValues(argument: Argument, known: KnownValues): Completion {
  return valuesOf(argument.argChoices, argument.name(), known);
}

function valuesOf(choices: readonly string[] | undefined, name: string, { encoders }: KnownValues): Completion {
  const words = choices ?? (ENCODERS.has(name) ? encoders : []);
  return {
    candidates: words.map((word) => ({ word, description: "" })),
    disk: FOLDERS.has(name) ? "folders" : FILES.has(name) ? "files" : null,
  };
}

function valueName(flags: string): string {
  return /[<[]([^>\].]+)/.exec(flags)?.[1] ?? "";
}

function fitting(typed: string, { candidates, disk }: Completion): Completion {
  return { candidates: candidates.filter(({ word }) => word.startsWith(typed)), disk };
}
