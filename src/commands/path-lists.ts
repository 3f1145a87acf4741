/**
 * Paths for programs and from them: nothing but names, byte by byte.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { usageFault } from "./faults.ts";
import type { Host } from "./host.ts";
import { expandHome } from "./machine.ts";

/** What `xargs -0` takes. */
export function nulEnded(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join("");
}

/**
 * One a line.
 * @throws {UserError} where a name holds a line break: whoever reads lines would take it for two other files
 */
export function pathLines(paths: readonly string[]): string {
  const broken = paths.find((path) => /[\n\r]/.test(path));
  if (broken !== undefined) throw usageFault(`The name ${JSON.stringify(broken)} holds a line break, so lines cannot list it`, "Use -0");
  return paths.map((path) => `${path}\n`).join("");
}

/**
 * Paths that each end with NUL, as `find -print0` writes them; the last may lack it.
 * @param file "-" for standard input
 * @throws {UserError} where it cannot be read, or holds lines
 */
export async function readPathList(
  file: string,
  { workingFolder, readInput }: Pick<Host, "workingFolder" | "readInput">,
): Promise<readonly string[]> {
  const named = file === "-" ? "Standard input" : file;
  const text = await (file === "-" ? readInput() : readFile(resolve(workingFolder, expandHome(file)), "utf8")).catch((error: Error) => {
    throw usageFault(`${named} cannot be read (${error.message})`, "Check the name that --files0-from gives");
  });
  if (text.includes("\n") && !text.includes("\0"))
    throw usageFault(`${named} holds lines, and no path ends with NUL`, "Write the list with find -print0, or the like");
  return text.split("\0").filter((path) => path !== "");
}
