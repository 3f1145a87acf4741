/**
 * Where the configuration lies, and its text.
 */
import { lstat, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { reasonOf } from "../io/system-errors.ts";
import { usageFault } from "./faults.ts";
import type { Host } from "./host.ts";
import { configFolder, expandHome } from "./machine.ts";

export const CONFIGURATION_FILE = "dupfind.config.json";

export interface ConfigurationFile {
  readonly path: string;
  readonly text: string;
  /** What a path in it means: from the folder that it lies in, or from the home folder. */
  readonly absolute: (path: string) => string;
}

/**
 * @param named by the user; null for the one in their folder for configuration, which need not be there
 * @throws {UserError} where one that is named, or is there, cannot be read
 */
export async function readConfigurationFile(
  named: string | null,
  { workingFolder }: Pick<Host, "workingFolder">,
): Promise<ConfigurationFile | null> {
  const path = named === null ? await usualPath() : resolve(workingFolder, expandHome(named));
  if (path === null) return null;
  try {
    return { path, text: await readFile(path, "utf8"), absolute: (inside) => resolve(dirname(path), expandHome(inside)) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === null && (code === "ENOENT" || code === "ENOTDIR" || !(await mayBeThere(path)))) return null;
    throw usageFault(
      `The configuration ${path} cannot be read (${reasonOf(error)})`,
      "Check its name and its permissions, or name another with --config",
    );
  }
}

/** Whether this user may look: a job of another user is often left with the home of the one who started it. */
async function mayBeThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error) => (error as NodeJS.ErrnoException).code !== "EACCES",
  );
}

/** Null for a user without a home folder: whoever needs one says so. */
export async function usualPath(): Promise<string | null> {
  try {
    return join(await configFolder(), CONFIGURATION_FILE);
  } catch {
    return null;
  }
}
