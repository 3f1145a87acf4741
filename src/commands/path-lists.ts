/**
 * Paths for programs: nothing but names, byte by byte.
 */
import { usageFault } from "./faults.ts";

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
