/**
 * Where the library and the models lie when the user names no other place.
 */
import envPaths from "env-paths";

/** The system's folder for a program's data, e.g. ~/.local/share/dupfind. */
export function dataFolder(): string {
  return envPaths("dupfind", { suffix: "" }).data;
}
