/**
 * The command line: arguments in, complete settings out, one command run. Has no effect on import; commands load when
 * they are asked for, so that help needs no decoder and no database.
 */

import { Command, CommanderError } from "commander";
import { addAdaptCommand, addCalibrationCommands } from "./cli/calibration-commands.ts";
import { addCleanupCommands } from "./cli/cleanup-commands.ts";
import { addCompletionCommand, answerShell } from "./cli/completion-command.ts";
import { ASKED_BY_SHELL } from "./cli/completion-scripts.ts";
import { addConfigCommand, addDoctorCommand } from "./cli/config-command.ts";
import { addDriftCommands } from "./cli/drift-and-label-commands.ts";
import { addEncoderCommands } from "./cli/encoder-commands.ts";
import { withHelp } from "./cli/help.ts";
import { addLibraryCommands } from "./cli/library-commands.ts";
import { addMapCommands } from "./cli/map-commands.ts";
import { addSearchCommands, withLongNot } from "./cli/search-commands.ts";
import { applySettings, type Origin } from "./cli/settings-in-force.ts";
import type { Finish } from "./cli/shared-options.ts";
import { addWatchCommand } from "./cli/watch-command.ts";
import { type ErrorAnswer, renderJsonError } from "./commands/error-answer.ts";
import { exitCodeOf, faultText, usageFault } from "./commands/faults.ts";
import { hintOf } from "./commands/hints.ts";
import { type Host, wantsColour } from "./commands/host.ts";
import { stopCode } from "./commands/stop-code.ts";
import { TOPIC_NAMES } from "./commands/topic-names.ts";
import { EXIT, type ExitCode, UserError } from "./core/errors.ts";
import { plainText } from "./core/text/plain-text.ts";
import { styledText } from "./core/text/styled-text.ts";

/**
 * Runs one command line.
 * @param args what stands behind the program's name
 * @returns the exit code; every known fault has been told on standard error by then
 */
export async function main(args: readonly string[], outside: Host): Promise<ExitCode> {
  const host = withPlainText(outside);
  const code = await run(args, host);
  return afterDelivery(code, host);
}

/** The one gate through which text for people leaves: names of files, models and options come from outside. */
function withPlainText(host: Host): Host {
  return {
    ...host,
    write: (text) => host.write(wantsColour(host) ? styledText(text) : plainText(text)),
    writeError: (text) => host.writeError(plainText(text)),
  };
}

async function run(args: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const finish = (result: ExitCode) => {
    code = result;
  };
  const { packageVersion } = await import("./commands/version.ts");
  const program = createProgram(packageVersion(), host, finish);
  let origins: ReadonlyMap<string, Origin> = new Map();
  let isJson = asksForJson(args);
  program.hook("preAction", async (_program, command) => {
    origins = await applySettings(command, host);
    isJson ||= command.opts()["json"] === true;
  });
  try {
    if (args[0] === ASKED_BY_SHELL) await answerShell(program, args.slice(1), host);
    else if (!(await toldTopic(args, host))) await program.parseAsync(withShortVersion(withLongNot(args)), { from: "user" });
    return code;
  } catch (thrown) {
    const error = withOrigin(thrown, origins);
    const answer = errorAnswer(error);
    if (answer !== null && isJson) host.write(renderJsonError(commandName(program, args), answer));
    return explain(error, host);
  }
}

/** `dupfind help classes`: what is no command is a page of the guide. */
async function toldTopic([first, name, ...rest]: readonly string[], host: Host): Promise<boolean> {
  if (first !== "help" || name === undefined || rest.length > 0) return false;
  const { isTopic, topicText } = await import("./commands/help-topics.ts");
  if (!isTopic(name)) return false;
  host.write(await topicText(name));
  return true;
}

/** `-V` was the only short form once. */
function withShortVersion(args: readonly string[]): readonly string[] {
  return args.length === 1 && args[0] === "-V" ? ["--version"] : args;
}

/** A value that was not typed is looked for where it stands. */
function withOrigin(error: unknown, origins: ReadonlyMap<string, Origin>): unknown {
  if (!(error instanceof UserError) || error.fault.code !== "usage") return error;
  const name = /^--([a-z-]+) takes/.exec(error.message)?.[1];
  const from = name === undefined ? undefined : origins.get(name);
  return from === undefined ? error : usageFault(`${error.message}, as ${from.name} says`, hintOf(error));
}

/** What a program is told of an error; null where the command line was answered with its help or its version. */
function errorAnswer(error: unknown): ErrorAnswer | null {
  if (error instanceof UserError)
    return { code: error.fault.code, message: error.message, hint: hintOf(error), exitCode: exitCodeOf(error) };
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, "");
    const hint = "Run dupfind --help for the commands and options";
    return error.exitCode === 0 ? null : { code: "usage", message, hint, exitCode: EXIT.usage };
  }
  return { code: "bug", message: error instanceof Error ? error.message : String(error), hint: BUG_HINT, exitCode: EXIT.bug };
}

/** Read from the line itself: one that cannot be parsed is answered too. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args.slice(0, end < 0 ? args.length : end).includes("--json");
}

/** "models list"; null where the line begins with no command that there is. */
function commandName(program: Command, args: readonly string[]): string | null {
  const command = program.commands.find((one) => one.name() === args[0]);
  if (command === undefined) return null;
  const inner = command.commands.find((one) => one.name() === args[1]);
  return inner === undefined ? command.name() : `${command.name()} ${inner.name()}`;
}

/** Codes that stand for an answer: without it they would say what nobody was told. */
const ANSWERS: readonly ExitCode[] = [EXIT.ok, EXIT.duplicatesFound, EXIT.photosNotCompared];

/**
 * A signal is told by the exit code whatever the command made of it. A reader that has seen enough, such as head, is no fault; a
 * disk that has no room for the answer is.
 */
async function afterDelivery(code: ExitCode, host: Host): Promise<ExitCode> {
  const output = await host.settle("output");
  if (output.kind === "refused") explain(outputRefused(output.code), host);
  const errors = await host.settle("errors");
  if (code === EXIT.bug) return code;
  if (host.stop.aborted) return stopCode(host.stop);
  return ANSWERS.includes(code) && [output, errors].some(({ kind }) => kind === "refused") ? EXIT.usage : code;
}

function outputRefused(code: string): UserError {
  return usageFault(
    `Standard output cannot be written (${code})`,
    "Check where it goes, and that there is room, then run the command again",
  );
}

const BUG_HINT = "This is a bug. Please report it with the lines on standard error and the command you ran";

function explain(error: unknown, host: Host): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UserError) {
    host.writeError(faultText(error));
    return exitCodeOf(error);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.writeError(`${stack}\ndupfind: this is a bug. Please report it with the lines above and the command you ran.\n`);
  return EXIT.bug;
}

/** All commands with their options: run by {@link main}, written down by `scripts/write-cli-reference.mjs`. */
export function createProgram(version: string, host: Host, finish: Finish): Command {
  const program = new Command("dupfind")
    .description("Finds duplicate photos: identical files by hash, identical pictures by an image encoder that runs on this machine.")
    .exitOverride()
    .configureOutput({
      writeOut: host.write,
      writeErr: host.writeError,
      outputError: (text, write) => write(text.replace(/^error: /, "dupfind: ")),
    })
    .showHelpAfterError("Run dupfind --help for the commands and options.")
    .version(version, "-v, --version", "print the version");

  addLibraryCommands(program, host, finish);
  addWatchCommand(program, host, finish);
  addCleanupCommands(program, host, finish);
  addEncoderCommands(program, host, finish);
  addCalibrationCommands(program, host, finish);
  addAdaptCommand(program, host, finish);
  addSearchCommands(program, host, finish);
  addDriftCommands(program, host, finish);
  addMapCommands(program, host, finish);
  addConfigCommand(program, host, finish);
  addDoctorCommand(program, host, finish);
  addCompletionCommand(program, host, finish);
  withHelp(program, TOPIC_NAMES);
  return program;
}
