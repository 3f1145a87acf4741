/**
 * Folders that are gone after the test, or with `persistent` when the caller removes them.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export function temporaryFolder(): string {
  const folder = lastingFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** For a whole file of tests; the caller removes it. */
export function lastingFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "dupfind-test-")));
}
