/**
 * Shows a page with the program that the system, or the user, opens pages with.
 */
import { spawn } from "node:child_process";
import { platform } from "node:os";

/**
 * Does not wait for the program.
 * @param command as typed into a shell, or null for the system's own
 * @param page URL that needs no quoting in a shell: letters, digits and `:/.-_?=&%`
 * @param onFailure called once when it could not be started
 */
export function openPage(command: string | null, page: string, onFailure: () => void): void {
  const child = spawn(`${command ?? systemOpener()} "${page}"`, { shell: true, detached: true, stdio: "ignore" });
  child.on("error", onFailure);
  child.on("exit", (code) => {
    if (code !== 0) onFailure();
  });
  child.unref();
}

function systemOpener(): string {
  if (platform() === "darwin") return "open";
  return platform() === "win32" ? 'start ""' : "xdg-open";
}
