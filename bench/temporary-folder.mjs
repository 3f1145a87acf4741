/**
 * A folder for one run, gone with the process however it ends.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @returns {string} real path of an empty folder */
export function makeTemporaryFolder() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "dupfind-bench-")));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  // Without a listener a signal would end the process past its "exit" event.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])
    process.once(signal, () => process.exit(code));
  return folder;
}
