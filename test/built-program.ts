/**
 * The built program as a user's shell runs it: for what only a process of its own has, its streams, signals and descriptors.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const PROGRAM = fileURLToPath(new URL("../dist/dupfind.cjs", import.meta.url));

export interface ShellRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param script for bash, in which "$@" begins with the program and ends with `args` */
export function shell(
  script: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): ShellRun {
  const command = ["-c", script, "bash", process.execPath, PROGRAM, ...args];
  const run = spawnSync("bash", command, { encoding: "utf8", timeout: 240_000, ...options });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}
