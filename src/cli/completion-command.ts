/**
 * `completion`: what makes a shell complete dupfind's command lines, and the answers that it asks for while somebody types.
 */
import { Argument, type Command } from "commander";
import type { Host } from "../commands/host.ts";
import { EXIT } from "../core/errors.ts";
import { complete } from "./complete.ts";
import { COMPLETION_SCRIPTS, SHELLS } from "./completion-scripts.ts";
import { parseChoice } from "./parse.ts";
import type { Finish } from "./shared-options.ts";

export function addCompletionCommand(program: Command, host: Host, finish: Finish): void {
  const shell = new Argument("<shell>", SHELLS.join(", "));
  shell.argChoices = [...SHELLS];
  program
    .command("completion")
    .addArgument(shell)
    .description("print a script that lets a shell complete commands, options, encoders and folders")
    .action((name: string) => {
      host.writeExact(COMPLETION_SCRIPTS[parseChoice("completion", name, SHELLS)]);
      finish(EXIT.ok);
    });
}

/**
 * Answers a shell that asks what may stand next.
 * @param words behind the program's name, the last one as far as it is typed
 */
export async function answerShell(program: Command, words: readonly string[], host: Host): Promise<void> {
  const { encoderNames } = await import("../commands/encoders/names.ts");
  const { candidates, disk } = complete(program, joined(words), { encoders: await encoderNames(host) });
  host.writeExact([disk ?? "words", ...candidates.map(({ word, description }) => `${word}\t${description}`), ""].join("\n"));
}

/** bash parts words at "=": "--sort", "=" and "si" are an option and its value. */
function joined(words: readonly string[]): readonly string[] {
  const apart = words.filter((word, at) => !(word === "=" && at < words.length - 1));
  return apart.map((word, at) => (word === "=" && at === apart.length - 1 ? "" : word));
}
