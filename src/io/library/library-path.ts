/**
 * Where the library, the models and the configuration lie when the user names no other place.
 */
import { isAbsolute } from "node:path";
import { UserError } from "../../core/errors.ts";

/**
 * The system's folder for a program's data, e.g. ~/.local/share/dupfind.
 * @throws {UserError} when the user has no home folder
 */
export function dataFolder(): Promise<string> {
  return userFolder("data");
}

/**
 * The system's folder for a program's configuration, e.g. ~/.config/dupfind.
 * @throws {UserError} when the user has no home folder
 */
export function configFolder(): Promise<string> {
  return userFolder("config");
}

async function userFolder(kind: "data" | "config"): Promise<string> {
  try {
    // Looks for the home folder as soon as it is loaded, and fails where there is none.
    const { default: envPaths } = await import("env-paths");
    return requireHome(envPaths("dupfind", { suffix: "" })[kind]);
  } catch (error) {
    throw error instanceof UserError ? error : noHome("the system names none", error);
  }
}

/** With a home folder of no name, one's data would be written wherever the program is run. */
function requireHome(folder: string): string {
  if (isAbsolute(folder)) return folder;
  throw noHome(`${JSON.stringify(folder)} is not an absolute path`);
}

function noHome(reason: string, cause?: unknown): UserError {
  return new UserError("no-home-folder", `There is no home folder for the library and the models (${reason})`, { cause });
}
