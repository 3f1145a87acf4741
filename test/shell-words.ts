/**
 * Commands of dupfind in a line of shell, as documents show them.
 */

export interface ShownCommand {
  readonly line: string;
  /** Behind the program's name. */
  readonly args: readonly string[];
}

/** Between which one command ends and another begins, or a file's name follows. */
const OPERATORS = /^(?:\|\|?|&&|;|>>?|2>|<)$/;
const WORD = /"[^"]*"|'[^']*'|<[a-z][\w.]*>|\[[a-z][\w.]*\]|&&|\|\|?|[;>]|#.*|[^\s"'|;&>#]+/g;

/** Those that the line runs; `<photo>` and `[folder...]` stand for one word each, and `[--model id]` for two. */
export function commandsIn(line: string): readonly ShownCommand[] {
  const commands: string[][] = [[]];
  for (const [word] of line.replace(/\[(--[^\]]+)\]/g, "$1").matchAll(WORD)) {
    if (word.startsWith("#")) break;
    if (OPERATORS.test(word)) commands.push([]);
    else commands.at(-1)?.push(word.replace(/^(["'])(.*)\1$/, "$2").replace(/^[<[]([a-z]\w*)(?:\.{3})?[>\]]$/, "$1"));
  }
  return commands.filter(([program]) => program === "dupfind").map(([, ...args]) => ({ line, args }));
}
