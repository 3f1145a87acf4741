/**
 * The program's commands, to be looked at and not to be run.
 */
import type { Command } from "commander";
import { createProgram } from "../src/cli.ts";
import type { Host } from "../src/commands/host.ts";

/** The real program, none of whose commands does anything. */
export function idleProgram(said: (text: string) => void = () => {}): Command {
  // Parsing writes, and asks the host for nothing else.
  const host: Pick<Host, "write" | "writeError"> = { write: () => {}, writeError: said };
  const program = createProgram("0", host as Host, () => {});
  for (const command of leavesOf(program)) command.action(() => {});
  return program;
}

/** Commands that do something: `models` only holds others. */
export function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** As they are typed: "scan", "models list". */
export function commandNames(): readonly string[] {
  return leavesOf(idleProgram()).map((command) => (command.parent?.parent ? `${command.parent.name()} ${command.name()}` : command.name()));
}
