/**
 * Builds before the first test, whatever was built before: tests that spawn the program or start a worker never meet an older one.
 */
import { execFileSync } from "node:child_process";

export function setup(): void {
  try {
    execFileSync("npm", ["run", "build", "--silent"], { encoding: "utf8", stdio: "pipe", shell: process.platform === "win32" });
  } catch (error) {
    throw new Error(`The build failed:\n${(error as { readonly stdout?: string }).stdout ?? error}`);
  }
}
